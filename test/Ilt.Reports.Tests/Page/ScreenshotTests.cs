using Ilt.Reports.Tests.Samples;
using Microsoft.Playwright;

namespace Ilt.Reports.Tests.Page;

/// <summary>Pictures of the page for people, into the folder ILT_REPORT_SHOTS.</summary>
[Explicit("Makes pictures and pages to look at, into the folders that ILT_REPORT_SHOTS and ILT_REPORT_HTML name")]
public sealed class ScreenshotTests
{
    private static readonly Dictionary<string, Func<AuditReport>> Samples = new()
    {
        ["pairs"] = AuditSample.Pairs, ["table"] = () => AuditSample.Table(), ["masks"] = AuditSample.Masks, ["edge"] = AuditSample.Edge, ["hostile"] = HostileTexts.Report, ["large"] = AuditSample.Large, ["wide"] = AuditSample.Wide,
    };

    private static IEnumerable<TestCaseData> Shots =>
        from sample in Samples.Keys.Where(name => name is not ("large" or "wide"))
        from device in new[] { "desktop", "phone" }
        from colours in new[] { ColorScheme.Light, ColorScheme.Dark }
        select new TestCaseData(sample, device, colours);

    [Test]
    public void Samples_Written_AreThereToBeOpened()
    {
        var folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable("ILT_REPORT_HTML") ?? Path.GetTempPath()).FullName;
        foreach (var (name, report) in Samples)
        {
            using var stream = File.Create(Path.Combine(folder, name + ".html"));
            AuditHtml.Write(report(), stream);
        }
    }

    [TestCaseSource(nameof(Shots))]
    public async Task Page_OfSample_IsPhotographed(string sample, string device, ColorScheme colours)
    {
        await using var page = await ReportPage.Open(Samples[sample](), device == "phone" ? 390 : 1280, device == "phone" ? 844 : 900, colours);
        var folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable("ILT_REPORT_SHOTS") ?? Path.GetTempPath()).FullName;
        await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{sample}-{device}-{colours}.png".ToLowerInvariant()), FullPage = true });
        if (colours == ColorScheme.Dark || device == "phone") return;
        await page.Page.PdfAsync(new PagePdfOptions { Path = Path.Combine(folder, $"{sample}.pdf"), Format = "A4" });
        Assert.That(page.Complaints, Is.Empty);
    }
}
