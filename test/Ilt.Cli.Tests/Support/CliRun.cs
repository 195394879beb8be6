namespace Ilt.Cli.Tests.Support;

/// <summary>One run of the program, through its real entry point, in this process.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public static CliRun Of(params string[] args) => Of(CancellationToken.None, args);

    public static CliRun Of(CancellationToken cancellation, params string[] args) => AsGiven(cancellation, Quick(args));

    /// <summary>One run with these arguments and no others.</summary>
    public static CliRun AsGiven(CancellationToken cancellation, params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = CliApplication.Run(args, output, error, interactive: false, cancellation);
        return new CliRun(code, output.ToString(), error.ToString());
    }

    // By what rows are ranked has tests of its own; in all others the 60 fits per task beside the network would take most of the time.
    private static string[] Quick(string[] args) => args is ["flag", ..] && !args.Contains("--score") && !args.Contains("--fast") ? [.. args, "--fast"] : args;

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
