namespace Ilt.Reports;

/// <summary>
/// The summary of a report: how much is wrong, task by task, without rows. A notebook shows it as HTML, anything else as text.
/// </summary>
/// <param name="Report">Whose.</param>
[TypeFormatterSource(typeof(ReportFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed record AuditSummary(AuditReport Report)
{
    /// <summary>A line per task.</summary>
    public override string ToString() =>
        string.Join("\n", Report.Tasks.Select(task => $"{PlainText.Visible(task.Name)}: {TaskWords.Estimate(task, PlainText.Visible)}"));
}
