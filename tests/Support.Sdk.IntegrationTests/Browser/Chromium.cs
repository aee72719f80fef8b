using Microsoft.Playwright;
using Support.Sdk.IntegrationTests.Browser;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Support.Sdk.IntegrationTests.Browser;

/// <summary>One headless Chromium for all tests that look at pages; it starts when the first one asks, and nothing is downloaded.</summary>
/// <remarks>The variable <c>SUPPORT_CHROMIUM</c> names another browser than that of the usual places.</remarks>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/snap/bin/chromium",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly SemaphoreSlim _gate = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>An empty page of the given width in a browser profile of its own, which may reach the given hosts and no others.</summary>
    public Task<BrowserPage> OpenAsync(int width, params string[] hosts) => OpenInAsync("en-GB", width, hosts);

    /// <summary>The same for a person who reads another language.</summary>
    public async Task<BrowserPage> OpenInAsync(string locale, int width, params string[] hosts)
    {
        var browser = await BrowserAsync();
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                Locale = locale,
            }
        );
        return await BrowserPage.OpenAsync(context, hosts);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    private async Task<IBrowser> BrowserAsync()
    {
        if (Find() is not { } path)
        {
            Requirement.IsMissing("No Chromium was found. Install it (Debian: apt-get install chromium), or name it in SUPPORT_CHROMIUM.");
            throw new InvalidOperationException("A requirement that is missing ends the test.");
        }

        await _gate.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(
                new BrowserTypeLaunchOptions
                {
                    ExecutablePath = path,
                    Args = Arguments,
                    Headless = true,
                }
            );
        }
        finally
        {
            _gate.Release();
        }
    }

    private static string? Find() => Environment.GetEnvironmentVariable("SUPPORT_CHROMIUM") ?? Array.Find(Places, File.Exists);
}
