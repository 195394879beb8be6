using System.CommandLine;
using System.CommandLine.Invocation;
using Ilt.Cli.Commands;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Mpi;
using Ilt.Naming;

namespace Ilt.Cli;

/// <summary>The whole program, apart from the console it runs in.</summary>
internal static class CliApplication
{
    /// <summary>Runs the program.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error; gets one line when the exit code is 1.</param>
    /// <param name="interactive">Whether a person watches <paramref name="output"/>.</param>
    /// <param name="cancellation">Set on Ctrl-C.</param>
    /// <param name="launch">Which process of an mpirun this is; null: none started it.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, bool interactive, CancellationToken cancellation, MpiLaunch? launch = null)
    {
        var context = new CliContext(output, error, interactive, cancellation, launch);
        try
        {
            return Invoke(args, context);
        }
        catch (Exception e) when (e is UserErrorException or Experiments.ExperimentException or DllNotFoundException) // a missing library is said in words of ours
        {
            return Ranks.Fail(context, e.Message);
        }
        catch (OperationCanceledException)
        {
            context.Out.WriteLine("cancelled; nothing was written");
            return ExitCodes.Cancelled;
        }
        catch (Exception e)
        {
            // Whatever it is, a person gets one line; the type helps whoever is asked about it.
            return Ranks.Fail(context, SystemLimits.Explain(e) is { } limit ? limit : $"{e.Message} ({e.GetType().Name})");
        }
    }

    private static int Invoke(string[] args, CliContext context)
    {
        args = RenamedOptions.Replace(args, context.Error);
        var root = new RootCommand("Finds wrong labels in tables and images: one training run ranks the rows of every task by how likely their label is wrong.")
        {
            Command(args, GenerateCommand.Name, GenerateCommand.Description, () => GenerateCommand.Create(context)),
            Command(args, ListCommand.Name, ListCommand.Description, () => ListCommand.Create(context)),
            Command(args, AuditCommand.Name, AuditCommand.Description, () => AuditCommand.Create(context)),
            Command(args, FlagCommand.Name, FlagCommand.Description, () => FlagCommand.Create(context)),
            Command(args, ReportCommand.Name, ReportCommand.Description, () => ReportCommand.Create(context)),
            Command(args, ResumeCommand.Name, ResumeCommand.Description, () => ResumeCommand.Create(context, line => Invoke(line, context))),
            Command(args, CorruptCommand.Name, CorruptCommand.Description, () => CorruptCommand.Create(context)),
            Command(args, EvaluateCommand.Name, EvaluateCommand.Description, () => EvaluateCommand.Create(context)),
            Command(args, FixCommand.Name, FixCommand.Description, () => FixCommand.Create(context)),
            Command(args, PredictCommand.Name, PredictCommand.Description, () => PredictCommand.Create(context)),
            Command(args, ExportCommand.Name, ExportCommand.Description, () => ExportCommand.Create(context)),
            Command(args, ExperimentCommand.Name, ExperimentCommand.Description, () => ExperimentCommand.Create(context)),
            Command(args, DemoCommand.Name, DemoCommand.Description, () => DemoCommand.Create(context, line => Invoke(line, context))),
        };
        foreach (var version in root.Options.OfType<VersionOption>())
            version.Action = new PrintVersions(context);
        var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (args.Length == 0)
            throw new UserErrorException($"a command is missing; expected {string.Join(", ", root.Subcommands.Select(c => c.Name))} (ilt --help tells more).");
        RefuseUnknownWords(args, root, parse.CommandResult.Command);
        if (parse.Errors.Count > 0)
            throw new UserErrorException($"{parse.Errors[0].Message} ({HelpOf(parse.CommandResult.Command)} tells more)");
        Ranks.Check(context.Launch, parse.CommandResult.Command);

        return parse.Invoke(new InvocationConfiguration
        {
            Output = context.Out,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            // Ctrl-C is ours: what was learned so far is still to be written.
            ProcessTerminationTimeout = null,
        });
    }

    // Options take time to make, and their defaults load libraries: of a command that is not asked for, the line of the list is enough.
    private static Command Command(string[] args, string name, string description, Func<Command> create) => args.Contains(name) ? create() : new Command(name, description);

    /// <summary>The parser takes an unknown option for an argument and complains about what follows; this complains about the option.</summary>
    private static void RefuseUnknownWords(string[] args, RootCommand root, Command command)
    {
        var commands = root.Subcommands.Select(c => c.Name).ToArray();
        if (command is RootCommand && !args[0].StartsWith('-'))
            throw new UserErrorException($"there is no command '{args[0]}'; {NearestName.Advice(args[0], commands)} ({HelpOf(root)} tells more)");
        var options = command.Options.SelectMany(o => o.Aliases.Prepend(o.Name)).Append("--help").Where(n => n.StartsWith("--", StringComparison.Ordinal)).Distinct().ToArray();
        var unknown = args.TakeWhile(a => a != "--").FirstOrDefault(a => a.StartsWith("--", StringComparison.Ordinal) && !options.Contains(a.Split('=', ':')[0]));
        if (unknown is not null)
            throw new UserErrorException($"there is no option '{unknown}'; {NearestName.Advice(unknown, options)} ({HelpOf(command)} tells more)");
    }

    private static string HelpOf(Command command) => command is RootCommand ? "ilt --help" : $"ilt {command.Name} --help";

    private sealed class PrintVersions(CliContext context) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            foreach (var line in Versions.Lines())
                context.Out.WriteLine(line);
            return ExitCodes.Done;
        }
    }
}
