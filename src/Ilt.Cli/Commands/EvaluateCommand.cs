using System.CommandLine;
using System.Text.Json;
using Ilt.Cli.Output;
using Spectre.Console;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt evaluate</c>: compares noise scores with the rows known to be wrong.</summary>
internal static class EvaluateCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "evaluate";

    /// <summary>What it does, in one line.</summary>
    public const string Description = "Measure how well noise scores find rows known to be wrong";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The command with its options.</summary>
    public static Command Create(CliContext context)
    {
        var scores = OptionValues.Argument("SCORES", "A noise-scores.csv that ilt flag wrote");
        var truth = OptionValues.Texts("--truth", "Which rows are wrong, as ilt corrupt wrote it; may be given once per task", "FILE", required: true);
        var json = new Option<bool>("--json") { Description = "Print JSON and nothing else" };
        var command = new Command(Name, Description) { scores, truth, json };
        command.SetAction(parse => Run(context, parse.GetRequiredValue(scores), parse.GetRequiredValue(truth), parse.GetValue(json)));
        return command;
    }

    /// <summary>Runs the command.</summary>
    public static int Run(CliContext context, string scores, IReadOnlyList<string> truth, bool json)
    {
        var rows = NoiseScoresCsv.Read(scores);
        var results = DetectionEvaluation.Measure(rows, truth.SelectMany(TruthCsv.Read).ToArray());
        if (json)
            context.Out.Write(JsonSerializer.Serialize(new { tasks = results.Select(AsJson) }, Json) + Environment.NewLine);
        else
            Print(context, results, rows.Select(r => r.Task).Distinct().Except(results.Select(r => r.Task)).ToArray());
        return ExitCodes.Done;
    }

    private static object AsJson(TaskDetection result) => new
    {
        result.Task,
        result.Result.Rows,
        Corrupted = result.Result.Wrong,
        result.WithoutScore,
        PrecisionAtTrueCount = OrNull(result.Result.PrecisionAtTrueCount),
        AveragePrecision = OrNull(result.Result.AveragePrecision),
        RocAuc = OrNull(result.Result.RocAuc),
    };

    private static void Print(CliContext context, IReadOnlyList<TaskDetection> results, string[] unknown)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("task");
        foreach (var heading in new[] { "rows", "corrupted", "precision at true count", "average precision", "ROC AUC" })
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (var result in results)
        {
            table.AddRow(
                Markup.Escape(result.Task), FormattableString.Invariant($"{result.Result.Rows}"), FormattableString.Invariant($"{result.Result.Wrong}"),
                Shown(result.Result.PrecisionAtTrueCount), Shown(result.Result.AveragePrecision), Shown(result.Result.RocAuc));
        }

        context.Console.Write(table);
        foreach (var result in results.Where(r => r.WithoutScore > 0))
            context.Out.WriteLine(FormattableString.Invariant($"task {result.Task}: {result.WithoutScore} rows of --truth have no score and were left out"));
        if (unknown.Length > 0)
            context.Out.WriteLine($"nothing known of: {string.Join(", ", unknown)}");
    }

    private static string Shown(double value) => double.IsNaN(value) ? "-" : FormattableString.Invariant($"{value:F4}");

    private static double? OrNull(double value) => double.IsNaN(value) ? null : value;
}
