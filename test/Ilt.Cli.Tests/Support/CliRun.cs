namespace Ilt.Cli.Tests.Support;

/// <summary>One run of the program, through its real entry point, in this process.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public static CliRun Of(params string[] args) => Of(CancellationToken.None, args);

    public static CliRun Of(CancellationToken cancellation, params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = CliApplication.Run(args, output, error, interactive: false, cancellation);
        return new CliRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs what must succeed; its output if it does.</summary>
    public static string Done(params string[] args)
    {
        var run = Of(args);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")), run.Out);
        return run.Out;
    }

    /// <summary>Runs what must be refused; the one line on standard error.</summary>
    public static string Refused(params string[] args)
    {
        var run = Of(args);
        Assert.That(run.ExitCode, Is.EqualTo(1), run.Out);
        Assert.That(run.Error, Does.StartWith("ilt: ").And.EndsWith(Environment.NewLine));
        Assert.That(run.Error.TrimEnd(), Does.Not.Contain("\n"), "one line");
        Assert.That(run.Error, Does.Not.Contain("   at "), "no stack trace");
        return run.Error.Trim();
    }
}
