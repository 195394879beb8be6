using System.Text;
using Ilt.Reports.Tests.Samples;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ilt.Reports.Tests.Page;

/// <summary>Looking at rows and judging them.</summary>
public sealed class ReviewTests
{
    [Test]
    public async Task Filters_OfPage_ShowWhatASlowFilterFinds()
    {
        var report = AuditSample.Pairs();
        await using var page = await ReportPage.Open(report);
        var rows = report.Tasks.SelectMany(task => task.Rows.Select(row => (Task: task, Row: row))).ToArray();
        await Shows(rows.Length);
        await page.Find("#filter-flagged").CheckAsync();
        await Shows(rows.Count(one => one.Row.IsFlagged));
        await page.Find("#filter-task").SelectOptionAsync("shape");
        await Shows(rows.Count(one => one.Row.IsFlagged && one.Task.Name == "shape"));
        await page.Find("#filter-given").SelectOptionAsync("ring");
        await Shows(rows.Count(one => one.Row.IsFlagged && one.Task.Name == "shape" && one.Row.Given == "ring"));
        await page.Find("#filter-reset").ClickAsync();
        await page.Find("#filter-low").FillAsync("20");
        await page.Find("#filter-high").FillAsync("60");
        await page.Find("#filter-high").BlurAsync();
        await Shows(rows.Count(one => Math.Round(one.Row.ProbabilityWrong, 3) is >= 0.2 and <= 0.6));
        await page.Find("#filter-reset").ClickAsync();
        await page.Find("#filter-text").FillAsync("R-012");
        await Shows(20);
        await page.Find("#filter-reset").ClickAsync();
        await page.Find("#task-0 .confusion .count").First.ClickAsync();
        await Shows(rows.Count(one => one.Task.Name == "shape" && one.Row.Given == "circle" && one.Row.Suggested == "square"));
        await page.Find("#findings .id").Last.ClickAsync();
        await Shows(2);

        Task Shows(int n) => Expect(page.Find(".status b")).ToHaveTextAsync(n.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Test]
    public async Task Verdicts_ByMouse_AreSavedKeptAndTakenBack()
    {
        var report = AuditSample.Pairs();
        await using var page = await ReportPage.Open(report);
        var cards = page.Find("#rows .card");
        await cards.Nth(0).GetByRole(AriaRole.Button, new() { Name = "Wrong" }).ClickAsync();
        await cards.Nth(1).GetByRole(AriaRole.Button, new() { Name = "Right" }).ClickAsync();
        await cards.Nth(2).GetByRole(AriaRole.Button, new() { Name = "Fix" }).ClickAsync();
        await Expect(cards.Nth(2).GetByLabel("Right label")).ToHaveValueAsync(report.Tasks[0].Rows[1].Suggested);
        await cards.Nth(2).GetByLabel("Right label").FillAsync("stripes");
        await Expect(page.Find(".progress")).ToHaveTextAsync("3 reviewed: 1 right, 1 wrong, 1 fixed");
        var (first, second) = (report.Tasks[0].Rows, report.Tasks[1].Rows);
        Assert.That(await Download(page), Is.EqualTo($"id,task,verdict,label\r\n{first[0].Id},shape,wrong,\r\n{first[1].Id},shape,corrected,stripes\r\n{second[0].Id},size,right,\r\n"));
        await page.Load();
        await Expect(page.Find(".progress")).ToHaveTextAsync("3 reviewed: 1 right, 1 wrong, 1 fixed");
        await Expect(cards.Nth(0).GetByRole(AriaRole.Button, new() { Name = "Wrong" })).ToHaveAttributeAsync("aria-pressed", "true");
        await cards.Nth(0).GetByRole(AriaRole.Button, new() { Name = "Wrong" }).ClickAsync();
        await Expect(page.Find(".progress")).ToHaveTextAsync("2 reviewed: 1 right, 0 wrong, 1 fixed");
        Assert.That(page.Requests, Is.Empty);
        Assert.That(page.Complaints, Is.Empty);
    }

    [TestCase("Table", "tr[data-at='0']")]
    [TestCase("Cards", "article[data-at='0']")]
    public async Task Verdicts_ByKeyboard_GoOnToTheNextRow(string view, string first)
    {
        var report = AuditSample.Table(1000);
        await using var page = await ReportPage.Open(report with { Tasks = [report.Tasks[1]] });
        await page.Find(".segments").GetByText(view).ClickAsync();
        await page.Find(first).FocusAsync();
        await page.Page.Keyboard.PressAsync("r");
        await page.Page.Keyboard.PressAsync("w");
        await page.Page.Keyboard.PressAsync("f");
        await page.Page.Keyboard.TypeAsync("1234.5");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("r");
        var rows = report.Tasks[1].Rows;
        Assert.That(await Download(page), Is.EqualTo($"id,task,verdict,label\r\n{rows[0].Id},rent,right,\r\n{rows[1].Id},rent,wrong,\r\n{rows[2].Id},rent,corrected,1234.5\r\n{rows[4].Id},rent,right,\r\n"));
    }

    [Test]
    public async Task ReviewFile_OfHostileTexts_ComesBackByteForByte()
    {
        await using var page = await ReportPage.Open(HostileTexts.Report());
        var texts = HostileTexts.All;
        string[][] lines = [["id", "task", "verdict", "label"], .. texts.Select((id, i) => new[] { id, texts[1], "corrected", texts[^(i + 1)] }), .. texts.Select(id => new[] { id, "constructor", "wrong", "" })];
        var file = string.Concat(lines.Select(line => string.Join(",", line.Select(Cell)) + "\r\n"));
        await page.Find("#load-review").SetInputFilesAsync(new FilePayload { Name = "reviewed.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file) });
        await Expect(page.Find(".progress")).ToContainTextAsync($"{2 * texts.Length} reviewed");
        Assert.That(await Download(page), Is.EqualTo(file));
        await Expect(page.Find(".review .marked")).ToContainTextAsync("begin as a formula would");
        await page.Load();
        Assert.That(await Download(page), Is.EqualTo(file), "what was kept is the same");
        Assert.That(page.Complaints, Is.Empty);

        // The rule of --csv-safe, written again: numbers stay, what is or looks like a formula gets one apostrophe more.
        static string Cell(string text)
        {
            var isFormula = text.TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
            var marked = isFormula && !double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) ? "'" + text : text;
            return marked.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{marked.Replace("\"", "\"\"")}\"" : marked;
        }
    }

    [TestCase("id,task,verdict\r\nnobody,rent,right\r\nref-00001,rent,right\r\n", "1 verdicts read. 1 lines name rows that are not in this audit")]
    [TestCase("id,task\r\na,b\r\n", "there is no column \"verdict\"")]
    [TestCase("id,task,verdict,label\r\nref-00001,rent,maybe,\r\n", "line 2: the verdict is \"maybe\"")]
    [TestCase("id,task,verdict,label\r\nref-00001,rent\r\n", "line 2 has 2 cells, the header 4")]
    [TestCase("id,task,verdict,label\r\n\"ref", "a quoted cell does not end")]
    public async Task ReviewFile_Loaded_SaysWhatWasReadOrWhatIsWrong(string file, string said)
    {
        await using var page = await ReportPage.Open(AuditSample.Table(300));
        await page.Find("#load-review").SetInputFilesAsync(new FilePayload { Name = "reviewed.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file) });
        await Expect(page.Find(".review .read")).ToContainTextAsync(said);
    }

    [Test]
    public async Task OddCells_OfTable_AreMarked()
    {
        var report = AuditSample.Table(1000);
        await using var page = await ReportPage.Open(report);
        var id = report.Cells!.Odd.Keys.First();
        await page.Find("#filter-text").FillAsync(id);
        await Expect(page.Find("tr[data-at='0'] .odd")).ToHaveCountAsync(report.Cells.Odd[id].Distinct().Count());
        await Expect(page.Find(".detail .cells .odd").First).ToContainTextAsync(report.Cells.Columns[report.Cells.Odd[id][0]]);
    }

    private static async Task<string> Download(ReportPage page)
    {
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Find("#save-review").ClickAsync());
        Assert.That(download.SuggestedFilename, Is.EqualTo("reviewed.csv"));
        return await File.ReadAllTextAsync(await download.PathAsync());
    }
}
