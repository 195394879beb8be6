using System.Text.RegularExpressions;
using Ilt.Reports.Tests.Samples;

namespace Ilt.Reports.Tests;

public class AuditMarkdownTests
{
    [Test]
    public void Write_Pairs_HoldsSummaryRowsAndFindings()
    {
        var text = Written(AuditSample.Pairs());
        Assert.That(text, Does.StartWith("# Label audit: pairs\\.csv\n"));
        Assert.That(text, Does.Contain("**8.0 % of 1,000 labels are wrong, by estimate: about 80; between 6.4 % and 10.0 % (95 % interval): 64 to 100 rows.**"));
        Assert.That(text, Does.Contain("It cannot be told how many labels are wrong: On held\\-out rows"));
        Assert.That(Regex.Count(text, @"^\| \d+ \|", RegexOptions.Multiline), Is.EqualTo(40));
        Assert.That(text, Does.Contain("- pair\\-0040, pair\\-0840\n"));
        Assert.That(text, Does.Contain("## Before you trust it"));
    }

    [Test]
    public void Write_Reviewed_SharesAreOfTheOthers_AndNumbersAreRounded()
    {
        var report = AuditSample.Pairs();
        var task = report.Tasks[0];
        var rows = task.Rows.Select((row, i) => row with { Reviewed = i < 200 ? "right" : "", Suggested = i == 0 ? "1234.5678;0.98765432;x" : row.Suggested }).ToArray();
        var text = Written(report with { Tasks = [task with { Rows = rows, Labelled = rows.Length, Classes = null }] });
        Assert.That(text, Does.Match($@"\*\*8.0 % of {rows.Length - 200} labels that were not reviewed are wrong, by estimate: about {Math.Round((rows.Length - 200) * 0.08)};"));
        Assert.That(text, Does.Contain(@"1234\.6;0\.98765;x"));
    }

    [Test]
    public void Write_Incomplete_SaysSo() => Assert.That(Written(AuditSample.Masks()), Does.Contain("**Incomplete.**"));

    [Test]
    public void Write_HostileTexts_StayTextsOfOneLine()
    {
        var text = Written(HostileTexts.Report());
        Assert.That(text.Where(c => char.IsControl(c) && c != '\n'), Is.Empty);
        Assert.That(text, Does.Not.Contain("\u202e"));
        Assert.That(Regex.IsMatch(text, @"(?<!\\)[<`\[\]]"), Is.False, "no markup of the data is left without a backslash");
        foreach (var line in text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
            Assert.That(Regex.Count(line, @"(?<!\\)\|"), Is.EqualTo(9), line);
    }

    private static string Written(AuditReport report)
    {
        using var stream = new MemoryStream();
        AuditMarkdown.Write(report, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    [Test]
    public void Regions_OfTheSameClasses_AreCounted()
    {
        var report = AuditSample.Masks();
        ReportRow[] rows = [report.Tasks[0].Rows[0] with { Regions = [.. Enumerable.Range(0, 18).Select(i => new ReportRegion(i == 4 ? "sky" : "object", "ground", i, 0, 1, 1, 0.01))] }];
        using var text = new StringWriter();
        AuditMarkdown.Write(report with { Tasks = [report.Tasks[0] with { Rows = rows }] }, text);
        Assert.That(text.ToString(), Does.Contain("object → ground \\(17 regions\\); sky → ground |"));
    }
}
