using Microsoft.Playwright;

namespace Ilt.Reports.Tests.Page;

/// <summary>The browser of the tests: the system's Chromium, or the one that ILT_CHROMIUM names. Nothing is downloaded.</summary>
[SetUpFixture]
public sealed class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static IPlaywright? playwright;
    private static IBrowser? browser;

    /// <summary>The one browser, started when first asked for; without one the test is skipped and says so.</summary>
    public static async Task<IBrowser> Get()
    {
        if (browser is not null) return browser;
        var path = Environment.GetEnvironmentVariable("ILT_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);
        if (path is null) Assert.Ignore("There is no Chromium: install it (apt-get install chromium) or name it by ILT_CHROMIUM, and the page of the report is tested too.");
        playwright ??= await Playwright.CreateAsync();
        return browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path, Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        browser = null;
        playwright = null;
    }
}
