using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Ilt.Reports.Tests.Samples;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ilt.Reports.Tests.Page;

/// <summary>That the page shows each sample: without a word on the console, a request, or a barrier.</summary>
public sealed class RenderingTests
{
    private static readonly Dictionary<string, Func<AuditReport>> Samples = new()
    {
        ["pairs"] = AuditSample.Pairs, ["table"] = () => AuditSample.Table(1000), ["masks"] = AuditSample.Masks, ["edge"] = AuditSample.Edge, ["hostile"] = HostileTexts.Report,
    };

    [TestCase("pairs", 1280, ColorScheme.Light)]
    [TestCase("table", 1280, ColorScheme.Dark)]
    [TestCase("table", 390, ColorScheme.Light)]
    [TestCase("masks", 390, ColorScheme.Dark)]
    [TestCase("edge", 1280, ColorScheme.Light)]
    [TestCase("hostile", 1280, ColorScheme.Dark)]
    [TestCase("hostile", 390, ColorScheme.Light)]
    public async Task Page_OfSample_IsCompleteQuietAndAccessible(string sample, int width, ColorScheme colours)
    {
        var report = Samples[sample]();
        await using var page = await ReportPage.Open(report, width, 900, colours);
        foreach (var chart in await page.Find(".chart").AllAsync())
        {
            await chart.ScrollIntoViewIfNeededAsync();
            await Expect(chart.Locator("svg").First).ToBeAttachedAsync();
        }

        await Expect(page.Find("h1")).ToHaveCountAsync(1);
        await Expect(page.Find("section.task")).ToHaveCountAsync(report.Tasks.Count);
        var violations = (await page.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] })).Violations;
        Assert.That(violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html} {violation.Nodes[0].Target}"), Is.Empty);
        Assert.That(page.Complaints, Is.Empty);
        Assert.That(page.Requests, Is.Empty);
        Assert.That(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the screen");
        Assert.That(await page.Page.EvaluateAsync<bool>("window.broken === undefined"), "no text of the data has run");
    }

    [Test]
    public async Task Charts_OfPage_AreDrawnAndDescribed()
    {
        await using var page = await ReportPage.Open(AuditSample.Table(1000));
        var chart = page.Find("#task-0 .chart").First;
        await Expect(chart).ToHaveAttributeAsync("role", "img");
        await Expect(chart).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^1,000 rows by score"));
        Assert.That(await chart.Locator("svg path").CountAsync(), Is.GreaterThan(20));
        await Expect(page.Find("#task-1 figcaption").Nth(2)).ToContainTextAsync("1,000 of 1,000 rows, among them all");
    }

    [Test]
    public async Task Confusion_OfPage_CountsWhatASlowCountFinds()
    {
        var report = AuditSample.Pairs();
        await using var page = await ReportPage.Open(report);
        var task = report.Tasks[0];
        var cells = await page.Find("#task-0 .confusion tbody td").AllTextContentsAsync();
        var expected = task.Classes!.SelectMany(given => task.Classes!.Select(suggested => task.Rows.Count(row => row.Given == given && row.Suggested == suggested).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(cells, Is.EqualTo(expected));
    }

    [Test]
    public async Task Page_ThemeSwitched_StaysSo()
    {
        await using var page = await ReportPage.Open(AuditSample.Edge());
        const string Background = "getComputedStyle(document.body).backgroundColor";
        var light = await page.Page.EvaluateAsync<string>(Background);
        await page.Find("#theme").ClickAsync();
        var dark = await page.Page.EvaluateAsync<string>(Background);
        Assert.That(dark, Is.Not.EqualTo(light));
        await page.Load();
        Assert.That(await page.Page.EvaluateAsync<string>(Background), Is.EqualTo(dark));
    }

    [Test]
    public async Task Page_Printed_ShowsChartsAndFirstRowsInLightColours()
    {
        await using var page = await ReportPage.Open(AuditSample.Table(1000), colours: ColorScheme.Dark);
        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Expect(page.Find(".printed .card")).ToHaveCountAsync(36);
        await Expect(page.Find(".printed")).ToBeVisibleAsync();
        await Expect(page.Find("#rows")).ToBeHiddenAsync();
        Assert.That(await page.Find(".chart svg").CountAsync(), Is.EqualTo(await page.Find(".chart").CountAsync()));
        Assert.That(await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"), Is.EqualTo("rgb(255, 255, 255)"));
    }

    [Test]
    public async Task Regions_Many_AreShortenedInCardAndPicture_AndClassesOfPixelsAreNoFilter()
    {
        var report = AuditSample.Masks();
        var task = report.Tasks[0];
        ReportRow[] rows = [task.Rows[0] with { ProbabilityWrong = float.NaN, Difficulty = float.NaN, Regions = [.. Enumerable.Range(0, 9).Select(i => new ReportRegion("12.3456789", "0.5", 4 * i, 8, 3, 3, 0.01))] }];
        await using var page = await ReportPage.Open(report with { Tasks = [task with { Kind = "map", Classes = ["sky", "road"], Share = null, CannotTell = "Few.", Rows = rows }] });
        var card = page.Find(".card").First;
        await Expect(card.Locator("svg.boxes rect.over")).ToHaveCountAsync(6);
        await Expect(card.Locator("details.more summary")).ToHaveTextAsync("3 more regions");
        await Expect(card.Locator(".regions li").First).ToContainTextAsync("12.3 → 0.5");
        await Expect(card.Locator(".likelihood")).ToHaveCountAsync(0);
        await Expect(page.Find("#filter-given")).ToHaveCountAsync(0);
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task Colours_OfMasks_AreNamedBesideASwatchEach_OnPaperToo(ColorScheme colours)
    {
        var report = AuditSample.Masks();
        await using var page = await ReportPage.Open(report with { Tasks = [report.Tasks[0], report.Tasks[0] with { Name = "nuclei", Colours = null, ColourNote = "They only part objects." }, report.Tasks[0] with { Name = "old", Colours = null }] }, colours: colours);
        var key = page.Find("#rows .colour-key");
        await Expect(key).ToHaveCountAsync(2);
        Assert.That(await key.First.Locator("li").AllTextContentsAsync(), Is.EqualTo(new[] { "unlabelled (not drawn)", "sky", "building", "pavement", "road" }));
        Assert.That(await key.First.Locator("svg rect").EvaluateAllAsync<string[]>("all => all.map(one => getComputedStyle(one).fill)"),
            Is.EqualTo(new[] { "none", "rgb(40, 120, 220)", "rgb(200, 80, 40)", "rgb(220, 60, 200)", "rgb(120, 60, 160)" }));
        await Expect(key.First.Locator("svg").Nth(1)).ToBeVisibleAsync();
        await Expect(key.Nth(1)).ToHaveTextAsync("Colours of nuclei. They only part objects.");
        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Expect(page.Find(".printed .colour-key")).ToHaveCountAsync(2);
        await Expect(page.Find(".printed .colour-key").First).ToBeVisibleAsync();
        Assert.That(page.Complaints, Is.Empty);
    }

    [Test]
    public async Task Regions_OfMask_AreDrawnInPixelsOfThePicture()
    {
        var report = AuditSample.Masks();
        await using var page = await ReportPage.Open(report);
        var boxes = page.Find(".card").First.Locator("svg.boxes");
        await Expect(boxes).ToHaveAttributeAsync("viewBox", "0 0 64 64");
        var region = report.Tasks[0].Rows[0].Regions![0];
        await Expect(boxes.Locator("rect").First).ToHaveAttributeAsync("x", region.Left.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Expect(boxes.Locator("rect").First).ToHaveAttributeAsync("height", region.Height.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Expect(page.Find(".notice.strong")).ToContainTextAsync("Incomplete");
    }

    [Test]
    public async Task Page_OfHundredThousandRows_IsUsable()
    {
        var report = AuditSample.Large();
        await using var page = await ReportPage.Open(report);
        await Expect(page.Find(".status")).ToHaveTextAsync($"200,000 of 200,000 labels, {report.Tasks.Sum(task => task.Rows.Count(row => row.IsFlagged)):N0} flagged");
        Assert.That(await page.Find("tr[data-at]").CountAsync(), Is.InRange(5, 80), "rows far from the window are no elements");
        await page.Find("#filter-text").FillAsync("row-04242");
        await Expect(page.Find(".status")).ToContainTextAsync("20 of 200,000");
        await page.Find("#filter-reset").ClickAsync();
        await page.Find("[data-column=score] button").ClickAsync();
        await Expect(page.Find("[data-column=score]")).ToHaveAttributeAsync("aria-sort", "descending");
        await page.Find("tr[data-at='0']").ClickAsync();
        await page.Page.Keyboard.PressAsync("End");
        await Expect(page.Find("tr[aria-selected=true]")).ToHaveAttributeAsync("aria-rowindex", "200001");
        Assert.That(page.Complaints, Is.Empty);
    }
}
