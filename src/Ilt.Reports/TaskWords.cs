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
            return "It cannot be told how many labels are wrong." + (task.CannotTell is { } reason ? " " + escape(reason) : "");
        var text = $"{PlainText.Percent(share, 1)} of {PlainText.Count(task.Labelled)} labels are wrong, by estimate: about {Rows(share)}";
        if (task.ShareLow is { } low && task.ShareHigh is { } high)
            text += $"; between {PlainText.Percent(low, 1)} and {PlainText.Percent(high, 1)} (95 % interval): {Rows(low)} to {Rows(high)} rows";
        return text + ".";

        string Rows(double part) => PlainText.Count((int)Math.Round(part * task.Labelled));
    }

    /// <summary>What a row's label should be, as a text; may be empty.</summary>
    public static string Suggestion(ReportRow row) =>
        row.Regions is { Count: > 0 } regions
            ? string.Join("; ", regions.GroupBy(region => (region.Given, region.Suggested))
                .Select(alike => $"{alike.Key.Given} → {alike.Key.Suggested}{(alike.Count() > 1 ? $" ({PlainText.Count(alike.Count())} regions)" : "")}"))
        : row.Suggested.Length > 0 ? row.Suggested : row.Predicted;
}
