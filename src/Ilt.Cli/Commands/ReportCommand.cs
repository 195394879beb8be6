using System.CommandLine;
using Ilt.Cli.Output;
using Ilt.Cli.Reports;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt report</c>: the report of a finished run.</summary>
internal static class ReportCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "report";

    /// <summary>What it does, in one line.</summary>
    public static readonly string Description = $"Make the report of a finished run again: {string.Join(", ", ReportFiles.Names)} in its folder";

    /// <summary>The command with its options.</summary>
    public static Command Create(CliContext context)
    {
        var run = OptionValues.Argument("RUN", "The --out folder of ilt flag or ilt audit");
        var data = OptionValues.Text("--data", "The table of the run, where it has moved (default: where it was)", "FILE");
        var command = new Command(Name, Description) { run, data };
        command.SetAction(parse => Run(context, parse.GetRequiredValue(run), parse.GetValue(data)));
        return command;
    }

    private static int Run(CliContext context, string folder, string? path)
    {
        if (path is not null && !File.Exists(path))
            throw new UserErrorException($"--data {path}: is not there.");
        if (!ResultSet.Exists(folder))
            RunRecord.Read(folder); // says what is missing, before a lock makes the folder
        using var held = OutputLock.OfFolder(folder, "RUN");
        ResultSet.Settle(folder);
        var record = RunRecord.Read(folder);
        var rows = NoiseScoresCsv.Read(Path.Combine(folder, NoiseScoresCsv.FileName));
        var (data, problem) = ReportData.Find(record, path);
        if (problem is not null)
            context.Out.WriteLine($"note: {problem}");
        var report = ReportBuilder.Build(folder, record, rows, data, context.Cancellation);
        // Those of the run were said when it ended.
        foreach (var note in report.Notes.Skip(record.Notes.Count + record.Scoring.Notes.Count))
            context.Out.WriteLine($"note: {note}");
        ReportFiles.Write(report, folder);
        context.Out.WriteLine($"written: {string.Join(", ", ReportFiles.Names.Select(name => Path.Combine(folder, name)))}");
        return ExitCodes.Done;
    }
}
