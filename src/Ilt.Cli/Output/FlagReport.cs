using Ilt.Cli.Images;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Reports;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Detectors;
using Ilt.Torch;
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
        if (data.Images is { } images)
            output.WriteLine(FormattableString.Invariant($"{options.Data}: {data.TrainRows.Length} images{validation}, {images.Size} pixels (height x width)"));
        else
            output.WriteLine(FormattableString.Invariant(
                $"{options.Data}: {data.TrainRows.Length} rows{validation}, {data.Features.Numbers.Count} numeric and {data.Features.Texts.Count} categorical features"));
        foreach (var label in data.Labels)
            output.WriteLine($"task {label.Spec.Name}: {label.Spec.Syntax.Describe(label)}");
        if (data.Body is { Surface: var surface } body)
            output.WriteLine(FormattableString.Invariant($"body: {body.Path}, {surface.Model.VertexCount} vertices ({surface.Vertices.Count} of them computed), {surface.Model.JointCount} joints, {surface.Model.ShapeCount} shape coefficients"));
        foreach (var note in data.Notes)
            output.WriteLine($"note: {note}");
        if (options.Device.Note is { } where)
            output.WriteLine($"note: {where}");
        if (options.Replicas is { } ranks)
            output.WriteLine(FormattableString.Invariant($"ranks: {ranks.Count} processes train together, {ranks.CountHere} of them on this machine; the first one writes"));
        output.WriteLine(FormattableString.Invariant($"training: weighting {options.WeightingText}, seed {options.Seed}; rows are ranked by {(options.Detector ?? data.DefaultDetector(options.IsAudit)).Name}"));
    }

    /// <summary>The most suspicious rows per task, metrics, warnings, and where the files are.</summary>
    public static void End(CliContext context, FlagOptions options, FlagData data, FlagResult result, FlagFiles written)
    {
        foreach (var task in result.ReadRows(Shown).GroupBy(r => r.Task))
        {
            var isPerPixel = data.Labels.First(l => l.Spec.Name == task.Key).Spec.IsPerPixel;
            context.Console.Write(Suspects(task.Key, [.. task.Take(Shown)], isPerPixel ? written.Regions.Where(r => r.Task == task.Key && r.Region == 1).ToDictionary(r => r.Id) : null));
        }

        foreach (var task in written.Record.Audit is null && !options.IsAudit ? [] : result.Rows.GroupBy(row => row.Task))
        {
            var audit = written.Record.Audit?.GetValueOrDefault(task.Key);
            foreach (var sentence in audit is null && !options.IsAudit ? [] : ReportSummary.Of([.. task], audit))
                context.Out.WriteLine($"task {task.Key}: {sentence}");
        }
        foreach (var finding in result.Findings ?? [])
            context.Out.WriteLine($"{finding.Kind}{(finding.Task is { } about ? $", task {about}" : "")}: {finding.Title}");
        foreach (var (label, length) in data.Labels.Zip(result.Fitted.TaskLengths ?? []))
            context.Out.WriteLine($"task {label.Spec.Name}: {length.Reason}; --epochs sets another number");
        if (result.Fitted is { IsComplete: true, TaskLengths: null } && options.Epochs is null && data.Images is null)
            context.Out.WriteLine(FormattableString.Invariant(
                $"{result.Fitted.EffectiveOptions!.Epochs} epochs, by the number of rows: too few rows, or too few of a class, to hold some out; --epochs sets another number"));
        if (result.Fitted.Scoring is { Fits: > 0 } scoring)
            context.Out.WriteLine(FormattableString.Invariant($"scores: {scoring.Detector}, {scoring.Fits} fits beside the training, {scoring.Seconds:F1} s"));
        foreach (var note in result.Fitted.Scoring!.Notes)
            context.Out.WriteLine($"note: {note}");
        foreach (var metrics in result.Fitted.ValidationMetrics)
            context.Out.WriteLine($"validation, task {metrics.Task}: {Describe(metrics, data.Labels.First(l => l.Spec.Name == metrics.Task).Spec)}");
        if (data.Images is not null)
        {
            foreach (var note in LibTorch.Notes)
                context.Out.WriteLine($"note: {note}");
            context.Out.WriteLine(FormattableString.Invariant($"training waited for images for {RunRecords.WaitShare(result.Fitted):P1} of its time"));
        }
        foreach (var warning in Warnings(result, data))
            context.Out.WriteLine($"warning: {warning}");
        if (written.Problem is { } problem)
            context.Out.WriteLine($"warning: {problem}");
        if (!result.Fitted.IsComplete && result.Fitted.Failure is null)
            context.Out.WriteLine($"cancelled: what was learned so far is written and marked incomplete{(options.Checkpoint.IsOn ? $"; ilt resume {options.Out} goes on" : "")}");
        string[] files = [.. options.IsAudit ? ReportFiles.Names : [], NoiseScoresCsv.FileName, RunRecord.FileName, SavedModel.FileName, .. data.Labels.Any(l => l.Spec.IsPerPixel) ? new[] { RegionFiles.FileName, RegionFiles.FolderName } : [], .. written.Pictures > 0 ? new[] { BodyPictureFiles.FolderName } : []];
        context.Out.WriteLine($"written: {string.Join(", ", files.Select(name => Path.Combine(written.Folder, name)))}");
        if (written.Folder != options.Out)
            context.Out.WriteLine($"note: the complete result in {options.Out} stays as it is; when the run comes to its end, its result takes that place");
    }

    /// <summary>What the run cost, and what would make it faster.</summary>
    public static void Cost(CliContext context, RunCost cost, PhaseClock clock)
    {
        context.Out.WriteLine(cost.InWords(clock));
        foreach (var advice in cost.Faster)
            context.Out.WriteLine($"faster: {advice}");
    }

    /// <summary>The training's warnings, in terms of the user's table.</summary>
    public static IReadOnlyList<string> Warnings(FlagResult result, FlagData data) =>
        data.Images is null ? result.Fitted.Warnings : result.Fitted.Warnings.Select(new RowMessages(data).Explain).ToArray();

    /// <param name="task">The task.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="regions">For label images, the first region of each row that was looked into; null for other labels.</param>
    private static Spectre.Console.Table Suspects(string task, IReadOnlyList<ScoredRow> rows, Dictionary<string, RegionRow>? regions)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Simple)
            .Title(new TableTitle(Markup.Escape($"{task}: most suspicious rows")))
            .AddColumn(new Spectre.Console.TableColumn("rank").RightAligned()).AddColumn("id").AddColumn("given").AddColumn("predicted");
        if (regions is not null)
            table.AddColumn("where (top, left, height x width)").AddColumn(new Spectre.Console.TableColumn("share").RightAligned());
        var isAudited = rows.Any(row => !float.IsNaN(row.ProbabilityWrong));
        if (isAudited)
            table.AddColumn(new Spectre.Console.TableColumn("wrong").RightAligned());
        table.AddColumn(new Spectre.Console.TableColumn("noise score").RightAligned()).AddColumn(new Spectre.Console.TableColumn("log variance").RightAligned())
            .AddColumn(new Spectre.Console.TableColumn("loss").RightAligned());
        foreach (var row in rows)
        {
            var region = regions?.GetValueOrDefault(row.Id);
            string[] where = regions is null ? [] : region is null ? ["", ""]
                : [FormattableString.Invariant($"{region.Box.Top}, {region.Box.Left}, {region.Box.Height} x {region.Box.Width}"), FormattableString.Invariant($"{region.Share:P0}")];
            table.AddRow([
                FormattableString.Invariant($"{row.Rank}"), Markup.Escape(Short(row.Id)), Markup.Escape(Short(region is null ? row.GivenLabel : Rounded(region.Given))),
                Markup.Escape(Short(Rounded(region is null ? row.PredictedLabel : region.Suggested))), .. where,
                .. isAudited ? new[] { FormattableString.Invariant($"{row.ProbabilityWrong:P0}") } : [],
                FormattableString.Invariant($"{row.NoiseScore:F3}"), float.IsNaN(row.LogVariance) ? "" : FormattableString.Invariant($"{row.LogVariance:F3}"),
                float.IsNaN(row.Loss) ? "" : FormattableString.Invariant($"{row.Loss:G4}")]);
        }

        return table;
    }

    private static string Describe(TaskMetrics metrics, TaskSpec spec)
    {
        var shown = string.Join(", ", metrics.Metrics.Where(metric => metric.Caption is not null).Select(metric => $"{metric.Caption} {Describe(metric)}"));
        return FormattableString.Invariant($"{shown} ({metrics.Count} {(spec.IsPerPixel ? spec.KindName + "s" : "rows")})");
    }

    private static string Describe(Metric metric) => metric.Unit switch
    {
        "mm" => FormattableString.Invariant($"{metric.Value:F1} mm"),
        Metric.LabelUnit => FormattableString.Invariant($"{metric.Value:G4}"), // numbers of any size
        _ => FormattableString.Invariant($"{metric.Value:F4}"),
    };

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
