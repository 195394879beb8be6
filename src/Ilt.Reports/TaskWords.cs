namespace Ilt.Reports;

/// <summary>What is said of a task and its rows in words, in every form of a report.</summary>
internal static class TaskWords
{
    /// <summary>How many labels are wrong, or why that cannot be told.</summary>
    /// <param name="task">The task.</param>
    /// <param name="escape">What makes a text of the data harmless where it is written.</param>
    public static string Estimate(ReportTask task, Func<string, string> escape)
    {
        if (task.Share is not { } share)
            return "It cannot be told how many labels are wrong" + (task.CannotTell is { } reason ? $": {escape(reason.TrimEnd('.'))}." : ".");
        var labels = $"{PlainText.Count(task.Open)} labels{(task.Open < task.Labelled ? " that were not reviewed" : "")}";
        var text = $"{PlainText.Percent(share, 1)} of {labels} are wrong, by estimate: about {Rows(share)}";
        if (task.ShareLow is { } low && task.ShareHigh is { } high)
            text += $"; between {PlainText.Percent(low, 1)} and {PlainText.Percent(high, 1)} (95 % interval): {Rows(low)} to {Rows(high)} rows";
        return text + ".";

        string Rows(double part) => PlainText.Count((int)Math.Round(part * task.Open));
    }

    /// <summary>What a row's label should be, as a text; may be empty.</summary>
    /// <param name="task">Its task.</param>
    /// <param name="row">The row.</param>
    public static string Suggestion(ReportTask task, ReportRow row) =>
        row.Regions is { Count: > 0 } regions
            ? string.Join("; ", regions.GroupBy(region => (region.Given, region.Suggested))
                .Select(alike => $"{alike.Key.Given} → {alike.Key.Suggested}{(alike.Count() > 1 ? $" ({PlainText.Count(alike.Count())} regions)" : "")}"))
        : Shown(task, row.Suggested.Length > 0 ? row.Suggested : row.Predicted);

    // Nine digits of a prediction say nothing; audit.json keeps them. A class may look like a number, and is none.
    private static string Shown(ReportTask task, string label) => task.Classes is null ? string.Join(';', label.Split(';').Select(PlainText.Rounded)) : label;
}
