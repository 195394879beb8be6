using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Torch;
using Ilt.Weighting;
using Spectre.Console;

namespace Ilt.Cli.Output;

/// <summary>What <c>ilt flag</c> says before and after training.</summary>
internal static class FlagReport
{
    private const int Shown = 10;

    /// <summary>The data, the tasks, the options in effect, and the notes.</summary>
    public static void Begin(CliContext context, FlagOptions options, FlagData data)
    {
        var output = context.Out;
        var validation = data.ValidationRows.Length > 0 ? FormattableString.Invariant($", {data.ValidationRows.Length} validation rows") : "";
        output.WriteLine(FormattableString.Invariant(
            $"{options.Data}: {data.TrainRows.Length} rows{validation}, {data.Features.Numbers.Count} numeric and {data.Features.Texts.Count} categorical features"));
        foreach (var label in data.Labels)
            output.WriteLine($"task {label.Spec.Name}: {Describe(label)}");
        foreach (var note in data.Notes)
            output.WriteLine($"note: {note}");
        output.WriteLine(FormattableString.Invariant($"training: weighting {LossWeightings.ShortName(options.Weighting)}, seed {options.Seed}"));
    }

    /// <summary>The most suspicious rows per task, metrics, warnings, and where the files are.</summary>
    public static void End(CliContext context, FlagOptions options, FlagResult result)
    {
        foreach (var task in result.Rows.GroupBy(r => r.Task))
            context.Console.Write(Suspects(task.Key, task.Take(Shown)));
        foreach (var metrics in result.Fitted.ValidationMetrics)
            context.Out.WriteLine($"validation, task {metrics.Task}: {Describe(metrics)}");
        foreach (var warning in result.Fitted.Warnings)
            context.Out.WriteLine($"warning: {warning}");
        if (!result.Fitted.IsComplete)
            context.Out.WriteLine("cancelled: what was learned so far is written and marked incomplete");
        context.Out.WriteLine($"written: {string.Join(", ", new[] { NoiseScoresCsv.FileName, RunRecord.FileName, Commands.FlagCommand.ModelFileName }.Select(name => Path.Combine(options.Out, name)))}");
    }

    private static Spectre.Console.Table Suspects(string task, IEnumerable<ScoredRow> rows)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Simple)
            .Title(new TableTitle(Markup.Escape($"{task}: most suspicious rows")))
            .AddColumn(new Spectre.Console.TableColumn("rank").RightAligned()).AddColumn("id").AddColumn("given").AddColumn("predicted")
            .AddColumn(new Spectre.Console.TableColumn("noise score").RightAligned()).AddColumn(new Spectre.Console.TableColumn("log variance").RightAligned())
            .AddColumn(new Spectre.Console.TableColumn("loss").RightAligned());
        foreach (var row in rows)
        {
            table.AddRow(
                FormattableString.Invariant($"{row.Rank}"), Markup.Escape(Short(row.Id)), Markup.Escape(Short(row.GivenLabel)), Markup.Escape(Short(Rounded(row.PredictedLabel))),
                FormattableString.Invariant($"{row.NoiseScore:F3}"), float.IsNaN(row.LogVariance) ? "" : FormattableString.Invariant($"{row.LogVariance:F3}"),
                FormattableString.Invariant($"{row.Loss:G4}"));
        }

        return table;
    }

    private static string Describe(TaskLabel label) => label is ClassLabel classes
        ? FormattableString.Invariant($"class in column {classes.Columns[0].Name}, {classes.ClassNames.Count} classes")
        : $"regression of {string.Join(", ", label.Columns.Take(6).Select(c => c.Name))}{(label.Columns.Count > 6 ? ", ..." : "")}";

    private static string Describe(TaskMetrics metrics) => metrics.Accuracy is { } accuracy
        ? FormattableString.Invariant($"accuracy {accuracy:F4}, log loss {metrics.LogLoss:F4} ({metrics.Count} rows)")
        : FormattableString.Invariant($"mean absolute error {metrics.MeanAbsoluteError:G4}, root mean squared error {metrics.RootMeanSquaredError:G4}, R2 {metrics.RSquared:F4} ({metrics.Count} rows)");

    // Nine digits of a prediction say nothing; the file keeps them.
    private static string Rounded(string label) => string.Join(';', label.Split(';').Select(part =>
        part.Contains('.') && Numbers.TryParse(part, out var number) ? FormattableString.Invariant($"{number:G5}") : part));

    // One line of the table per row; the file keeps the text as it is.
    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length > 40 ? line[..37] + "..." : line;
    }
}
