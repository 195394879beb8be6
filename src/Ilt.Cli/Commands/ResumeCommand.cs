using System.CommandLine;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt resume</c>: goes on with a run that was interrupted.</summary>
internal static class ResumeCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "resume";

    /// <summary>What it does, in one line.</summary>
    public const string Description = "Go on with a run of ilt flag that was cancelled or killed; its results are those of a run that never was";

    private const string Out = "--out";

    /// <summary>The command; <paramref name="invoke"/> runs a command line of this program.</summary>
    public static Command Create(CliContext context, Func<string[], int> invoke)
    {
        var run = OptionValues.Argument("RUN", "The --out folder of the run");
        var command = new Command(Name, Description) { run };
        command.SetAction(parse => Run(context, invoke, parse.GetRequiredValue(run)));
        return command;
    }

    private static int Run(CliContext context, Func<string[], int> invoke, string folder)
    {
        var recorded = new UnfinishedRun(folder).Read();
        var place = Path.GetFullPath(folder);
        if (!Directory.Exists(recorded.WorkingFolder))
            throw new UserErrorException($"{folder}: the run was started in {recorded.WorkingFolder}, which is not there; put the data back, or start the command again where they are now.");
        Environment.CurrentDirectory = recorded.WorkingFolder;
        string[] arguments = [.. WithOut(recorded.Arguments, place), CheckpointOptionSet.ResumeName];
        context.Out.WriteLine($"$ ilt {string.Join(' ', arguments.Select(ShellWords.Quoted))}");
        return invoke(arguments);
    }

    // The folder may have been moved since; where it was not, the command stays as it was given, and so does the record.
    private static IReadOnlyList<string> WithOut(IReadOnlyList<string> arguments, string place)
    {
        var at = arguments.ToList().IndexOf(Out);
        if (Path.GetFullPath(at < 0 ? FlagOptions.DefaultOut : arguments[at + 1]) == place) return arguments;
        return at < 0 ? [.. arguments, Out, place] : [.. arguments.Take(at + 1), place, .. arguments.Skip(at + 2)];
    }
}
