using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Support.Sdk.IntegrationTests.Browser;

/// <summary>A page as a person and an accessibility check see it.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private static readonly string Screenshots = Path.Combine(Root(), "artifacts", "screenshots");
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _refused = new();

    private BrowserPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>The addresses that the page asked for and was not given.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

    public static async Task<BrowserPage> OpenAsync(IBrowserContext context, string[] hosts)
    {
        var page = new BrowserPage(context, await context.NewPageAsync());
        await context.RouteAsync("**/*", route => page.DecideAsync(route, hosts));
        return page;
    }

    /// <summary>Shows a document that comes from no server, as a mail does.</summary>
    public Task ShowAsync(string html) => Page.SetContentAsync(html, new PageSetContentOptions { WaitUntil = WaitUntilState.Load });

    /// <summary>What axe finds wrong, one line a place; empty when nothing is.</summary>
    /// <param name="without">Rules that do not apply to the page.</param>
    public async Task<IReadOnlyList<string>> AuditAsync(params string[] without)
    {
        var options = new AxeRunOptions
        {
            RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
            Rules = without.ToDictionary(rule => rule, _ => new RuleOptions { Enabled = false }, StringComparer.Ordinal),
        };
        var result = await Page.RunAxe(options);
        return [.. result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {violation.Help} {node.Html}"))];
    }

    /// <summary>By how many CSS pixels the page is wider than its window.</summary>
    public Task<int> OverflowAsync() =>
        Page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth");

    /// <summary>Writes the whole page as a picture below <c>artifacts/screenshots</c>.</summary>
    public Task PictureAsync(string name) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, name + ".png"), FullPage = true });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private Task DecideAsync(IRoute route, string[] hosts)
    {
        var address = new Uri(route.Request.Url);
        if (address.Scheme is "about" or "data" || hosts.Contains(address.Authority, StringComparer.OrdinalIgnoreCase))
        {
            return route.ContinueAsync();
        }

        _refused.Enqueue(route.Request.Url);
        return route.AbortAsync();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Support.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
