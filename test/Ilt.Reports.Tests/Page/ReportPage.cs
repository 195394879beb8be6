using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ilt.Reports.Tests.Page;

/// <summary>A report, written to disk and opened in a browser; what it asks for and what its console says is kept.</summary>
internal sealed class ReportPage : IAsyncDisposable
{
    // Milliseconds: a busy machine must not fail a test.
    private const float Patience = 120_000;

    private readonly string file;
    private readonly IBrowserContext context;

    private ReportPage(string file, IBrowserContext context, IPage page)
    {
        this.file = file;
        this.context = context;
        Page = page;
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Addresses asked for, other than the file itself and what it holds.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Errors and warnings of the console, and exceptions.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<ReportPage> Open(AuditReport report, int width = 1280, int height = 900, ColorScheme colours = ColorScheme.Light)
    {
        var file = Path.Combine(Path.GetTempPath(), $"ilt-report-{Guid.NewGuid():N}.html");
        await using (var stream = File.Create(file)) AuditHtml.Write(report, stream);
        var context = await (await Chromium.Get()).NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = colours, AcceptDownloads = true, ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        SetDefaultExpectTimeout(Patience);
        var opened = new ReportPage(file, context, await context.NewPageAsync());
        opened.Listen();
        await opened.Load();
        return opened;
    }

    public ILocator Find(string selector) => Page.Locator(selector);

    /// <summary>Opens the file again, as a person would the next day.</summary>
    public async Task Load()
    {
        await Page.GotoAsync(new Uri(file).AbsoluteUri);
        await Page.WaitForFunctionAsync("document.documentElement.dataset.ready === 'true' || document.querySelector('[role=alert]')");
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        File.Delete(file);
    }

    private void Listen()
    {
        var own = new Uri(file).AbsoluteUri;
        Page.Request += (_, request) =>
        {
            if (request.Url.Split('#')[0] != own && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal)) Requests.Add(request.Url);
        };
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Complaints.Add(message.Text);
        };
        Page.PageError += (_, error) => Complaints.Add(error);
    }
}
