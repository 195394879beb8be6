using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Reports;

namespace Ilt.Cli.Reports;

/// <summary>Makes the report of a run from its files and, where it is still there, its table.</summary>
internal static class ReportBuilder
{
    private const int MostCells = 1000, MostPictures = 200, FewestShown = 60;

    /// <summary>The report.</summary>
    /// <param name="folder">The results of the run.</param>
    /// <param name="record">Its record.</param>
    /// <param name="rows">Its scores, by task and rank.</param>
    /// <param name="data">Its table; null: rows are shown by their ids alone.</param>
    /// <param name="cancellation">Stops it.</param>
    public static AuditReport Build(string folder, RunRecord record, IReadOnlyList<ScoredRow> rows, ReportData? data, CancellationToken cancellation)
    {
        var byTask = rows.GroupBy(row => row.Task).ToDictionary(group => group.Key, group => group.ToArray());
        var pictures = record.Images is null || data is null ? null : new ReportPictures(folder, record, data);
        var shown = byTask.Values.SelectMany(task => Shown(task, pictures is null ? MostCells : MostPictures)).Distinct(StringComparer.Ordinal).ToArray();
        var images = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var id in pictures is null ? [] : shown)
        {
            cancellation.ThrowIfCancellationRequested();
            if (pictures!.Of(id) is { } picture) images[id] = picture;
        }
        // Before the notes, which count what could not be read.
        ReportTask[] tasks = [.. record.Tasks.Where(task => byTask.ContainsKey(task.Name)).Select(task => Task(task, byTask[task.Name], record, pictures))];
        return new AuditReport
        {
            Title = Path.GetFileName(record.Data.Path),
            Created = record.Started.AddSeconds(record.ElapsedSeconds),
            Tool = $"ilt {record.Versions.Ilt}",
            Data = Describe(record),
            Command = record.Command is { } command ? $"ilt {string.Join(' ', command.Arguments.Select(ShellWords.Quoted))}" : null,
            IsComplete = record.Complete,
            Notes = [.. record.Notes, .. record.Scoring.Notes, .. Lost(pictures)],
            Warnings = record.Warnings,
            Tasks = tasks,
            Findings = record.Findings ?? [],
            Cells = data is null || record.Images is not null ? null : ReportTableCells.Of(data, record, shown),
            Pictures = images,
        };
    }

    private static IEnumerable<string> Shown(ScoredRow[] rows, int most) =>
        rows.Where((row, i) => i < FewestShown || row.IsFlagged).Take(most).Select(row => row.Id);

    private static IEnumerable<string> Lost(ReportPictures? pictures)
    {
        if (pictures is { Unreadable: > 0 and var lost })
            yield return FormattableString.Invariant($"{lost:N0} {(lost == 1 ? "picture" : "pictures")} could not be read and are not shown");
        if (pictures is { UnreadableLabels: > 0 and var labels })
            yield return FormattableString.Invariant($"{labels:N0} {(labels == 1 ? "label image" : "label images")} could not be read and are not drawn");
    }

    private static string Describe(RunRecord record) => record.Images is { } images
        ? FormattableString.Invariant($"{record.Data.TrainingRows:N0} images of {images.Height} x {images.Width} pixels")
        : FormattableString.Invariant($"{record.Data.TrainingRows:N0} rows, {record.Features.Numbers.Count} numeric and {record.Features.Texts.Count} categorical features");

    private static ReportTask Task(RunTask task, ScoredRow[] rows, RunRecord record, ReportPictures? pictures)
    {
        var audit = record.Audit?.GetValueOrDefault(task.Name);
        ReportRow[] reported = [.. rows.Select((row, i) => Row(row, task, i < MostPictures, pictures))];
        var (key, note) = pictures?.Colours(task) ?? default; // of what the rows draw
        return new ReportTask
        {
            Name = task.Name,
            Kind = KindOf(task),
            Classes = task.Classes,
            Labelled = rows.Length,
            Share = audit?.Share,
            ShareLow = audit?.Share is null ? null : audit.Low,
            ShareHigh = audit?.Share is null ? null : audit.High,
            CannotTell = audit is null ? ReportSummary.NotEstimated : audit.CannotTell,
            Summary = ReportSummary.Beside(rows, audit),
            Rows = reported,
            Colours = key,
            ColourNote = note,
            Paths = Paths(task.Name, record, audit),
        };
    }

    // What the labels are, where the record says how they are learned.
    private static string KindOf(RunTask task) => task.Kind != "regression" ? task.Kind : task.Columns.Count == 1 ? "number" : "vector";

    private static ReportRow Row(ScoredRow row, RunTask task, bool isDrawn, ReportPictures? pictures) => new(
        row.Id, row.NoiseScore, row.LogVariance, row.Loss, Given(row.GivenLabel, task.Classes), row.PredictedLabel, row.SuggestedLabel, row.Confidence, row.ProbabilityWrong, row.IsFlagged, row.Difficulty, row.Reviewed)
    {
        Regions = pictures?.Regions(row.Task, row.Id),
        Overlay = isDrawn ? pictures?.Overlay(task, row.Id) : null,
    };

    // Blanks around a class are part of it only where spellings are kept apart: the page counts classes by their names.
    private static string Given(string label, IReadOnlyList<string>? classes) => classes is null || classes.Contains(label) ? label : label.Trim();

    private static ReportPaths? Paths(string task, RunRecord record, RunAudit? audit)
    {
        var quantiles = record.Epochs.Select(epoch => epoch.LogVariance?.GetValueOrDefault(task)).OfType<RunQuantiles>().ToArray();
        return audit?.Paths is null || quantiles.Length == 0 ? null
            : new ReportPaths([.. quantiles.Select(q => q.Median)], [.. quantiles.Select(q => q.P25)], [.. quantiles.Select(q => q.P75)], audit.Paths);
    }
}
