using Ilt.Reports.Tests.Samples;
using Microsoft.DotNet.Interactive.Formatting;

namespace Ilt.Reports.Tests;

/// <summary>What a notebook shows; its formatters are there in the tests only, the library follows their convention.</summary>
public class NotebookTests
{
    [Test]
    public void Report_InNotebook_IsSummaryAndFirstRows()
    {
        var html = AuditSample.Pairs().ToDisplayString("text/html");
        Assert.That(html, Does.StartWith("<div class=\"ilt-audit\"><h3>Label audit: pairs.csv</h3>"));
        Assert.That(html, Does.Contain("8.0 % of 1,000 labels are wrong").And.Contain("The first 10 of 1,000 rows."));
        Assert.That(System.Text.RegularExpressions.Regex.Count(html, "<tr><td>"), Is.EqualTo(20));
    }

    [Test]
    public void Report_InNotebook_IsHtmlUnlessAskedOtherwise() => Assert.That(Formatter.GetPreferredMimeTypesFor(typeof(AuditReport)), Does.Contain("text/html"));

    [Test]
    public void Summary_InNotebook_HasNoRows()
    {
        var html = AuditSample.Pairs().Summarize().ToDisplayString("text/html");
        Assert.That(html, Does.Contain("8.0 % of 1,000 labels are wrong").And.Not.Contain("<table"));
    }

    [Test]
    public void Report_OfHostileTexts_IsEncoded()
    {
        var html = HostileTexts.Report().ToDisplayString("text/html");
        Assert.That(html, Does.Not.Contain("<script").And.Not.Contain("<img").And.Not.Contain("<svg").And.Not.Contain("<b "));
        Assert.That(html.Where(char.IsControl), Is.Empty);
    }

    [Test]
    public void Summary_AsText_HasALinePerTask() =>
        Assert.That(AuditSample.Pairs().Summarize().ToString().Split('\n'), Has.Length.EqualTo(2).And.Some.StartsWith("shape: 8.0 % of 1,000 labels"));
}
