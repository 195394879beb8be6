using System.Net;

namespace Ilt.Reports;

/// <summary>A report as a piece of HTML for a notebook: no scripts, no styles of its own, texts encoded.</summary>
internal static class NotebookHtml
{
    /// <summary>Rows of each task that are shown.</summary>
    public const int MostRows = 10;

    /// <summary>Writes it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="rows">How many rows of each task.</param>
    public static void Write(AuditReport report, TextWriter writer, int rows)
    {
        writer.Write($"<div class=\"ilt-audit\"><h3>Label audit: {Text(report.Title)}</h3><p>{Text(report.Data, 600)}</p>");
        if (!report.IsComplete) writer.Write("<p><strong>Incomplete.</strong> The run was stopped before its end.</p>");
        foreach (var warning in report.Warnings)
            writer.Write($"<p><strong>Before you trust it:</strong> {Text(warning, 1000)}</p>");
        foreach (var task in report.Tasks) Write(task, writer, rows);
        if (report.Findings.Count > 0)
            writer.Write($"<p>Findings: {string.Join("; ", report.Findings.Select(finding => Text(finding.Title, 200)))}.</p>");
        writer.Write("</div>");
    }

    private static void Write(ReportTask task, TextWriter writer, int rows)
    {
        var flagged = task.Rows.Count(row => row.IsFlagged);
        writer.Write($"<h4>{Text(task.Name)} ({Text(task.Kind)})</h4>");
        writer.Write($"<p>{TaskWords.Estimate(task, text => Text(text, 600))} {PlainText.Count(flagged)} flagged.</p>");
        if (rows == 0 || task.Rows.Count == 0) return;
        string[] columns = ["rank", "id", "given", "suggested", "likely wrong", "score"];
        writer.Write($"<table><thead>{Line("th", columns)}</thead><tbody>");
        for (var i = 0; i < Math.Min(rows, task.Rows.Count); i++)
        {
            var row = task.Rows[i];
            string[] cells =
            [
                PlainText.Count(i + 1), row.Id, row.Given, TaskWords.Suggestion(task, row), PlainText.Percent(row.ProbabilityWrong), PlainText.Number(row.Score),
            ];
            writer.Write(Line("td", cells));
        }

        writer.Write("</tbody></table>");
        if (task.Rows.Count > rows) writer.Write($"<p>The first {rows} of {PlainText.Count(task.Rows.Count)} rows.</p>");
    }

    private static string Line(string cell, string[] texts) =>
        $"<tr>{string.Concat(texts.Select(text => $"<{cell}>{Text(text)}</{cell}>"))}</tr>";

    private static string Text(string data, int most = 80) => WebUtility.HtmlEncode(PlainText.Visible(PlainText.Cut(data, most)));
}
