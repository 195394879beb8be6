using System.Globalization;
using System.Text;

namespace Ilt.Reports;

/// <summary>
/// A report as Markdown (<c>audit.md</c>): the summary, the first rows of each task, the findings. Texts of the data cannot become markup.
/// </summary>
public static class AuditMarkdown
{
    private const int MostRows = 20;
    private const int MostGroups = 20;
    private const int MostCharacters = 80;
    private const string Markup = "!#$&()*+-.:<=>@[\\]^_`{|}~";

    /// <summary>Writes it, UTF-8 without a byte order mark.</summary>
    /// <param name="report">The report.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void Write(AuditReport report, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        Write(report, writer);
    }

    /// <summary>Writes it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="writer">Where to; it stays open.</param>
    public static void Write(AuditReport report, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(writer);
        var text = new StringBuilder();
        Line(text, $"# Label audit: {Escape(report.Title)}\n");
        Line(text, $"{Escape(report.Data, 600)}\n");
        var when = report.Created.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Line(text, $"{when} UTC, {Escape(report.Tool)}{(report.Command is { } command ? ": " + Escape(command, 400) : "")}\n");
        if (!report.IsComplete)
            Line(text, "**Incomplete.** The run was stopped before its end: scores and shares are those of what was learned so far.\n");
        List(text, "Before you trust it", report.Warnings);
        foreach (var task in report.Tasks) WriteTask(text, task);
        if (report.Findings.Count > 0) Line(text, "## Findings\n");
        foreach (var finding in report.Findings) WriteFinding(text, finding);
        List(text, "Notes", report.Notes);
        writer.Write(text.ToString().TrimEnd() + "\n");
        writer.Flush();
    }

    private static void WriteTask(StringBuilder text, ReportTask task)
    {
        Line(text, $"## {Escape(task.Name)} ({Escape(task.Kind)})\n");
        Line(text, $"**{TaskWords.Estimate(task, text => Escape(text, 600))}**\n");
        foreach (var sentence in task.Summary) Line(text, $"{Escape(sentence, 1000)}\n");
        if (task.Rows.Count == 0) return;
        Line(text, "| rank | id | given | suggested | likely wrong | score | difficulty | flagged |");
        Line(text, "| ---: | --- | --- | --- | ---: | ---: | ---: | --- |");
        for (var i = 0; i < Math.Min(MostRows, task.Rows.Count); i++)
        {
            var row = task.Rows[i];
            string[] cells =
            [
                PlainText.Count(i + 1), Escape(row.Id), Escape(row.Given), Escape(TaskWords.Suggestion(task, row)),
                PlainText.Percent(row.ProbabilityWrong), PlainText.Number(row.Score), PlainText.Number(row.Difficulty), row.IsFlagged ? "yes" : "",
            ];
            Line(text, $"| {string.Join(" | ", cells)} |");
        }

        Line(text, task.Rows.Count > MostRows ? $"\nThe first {MostRows} of {PlainText.Count(task.Rows.Count)} rows.\n" : "");
    }

    private static void WriteFinding(StringBuilder text, ReportFinding finding)
    {
        Line(text, $"### {Escape(finding.Title, 200)}{(finding.Task is { } task ? $" ({Escape(task)})" : "")}\n");
        Line(text, $"{Escape(finding.Text, 2000)}\n");
        foreach (var group in finding.Groups.Take(MostGroups))
        {
            var left = group.Length > MostGroups ? $" and {group.Length - MostGroups} more" : "";
            Line(text, $"- {string.Join(", ", group.Take(MostGroups).Select(id => Escape(id)))}{left}");
        }

        if (finding.Groups.Count > MostGroups) Line(text, $"- and {PlainText.Count(finding.Groups.Count - MostGroups)} more groups");
        if (finding.Groups.Count > 0) Line(text, "");
    }

    private static void List(StringBuilder text, string title, IReadOnlyList<string> sentences)
    {
        if (sentences.Count == 0) return;
        Line(text, $"## {title}\n");
        foreach (var sentence in sentences) Line(text, $"- {Escape(sentence, 1000)}");
        Line(text, "");
    }

    // Every sign that could begin markup gets a backslash, which CommonMark takes away again; control characters show their numbers.
    private static string Escape(string data, int most = MostCharacters)
    {
        var text = new StringBuilder();
        foreach (var c in PlainText.Visible(PlainText.Cut(data, most)))
        {
            if (Markup.Contains(c)) text.Append('\\');
            text.Append(c);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
