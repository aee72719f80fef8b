using Xunit;

namespace Support.Sdk.IntegrationTests.Browser;

/// <summary>The instruments themselves: each fault that the other tests look for is found where it is.</summary>
public sealed class BrowserTests(Chromium chromium)
{
    [Fact]
    public async Task A_sound_page_has_no_fault()
    {
        await using var page = await chromium.OpenAsync(320);
        await page.ShowAsync(With("<p>Text</p>"));

        Assert.Empty(await page.AuditAsync());
        Assert.Equal(0, await page.OverflowAsync());
        Assert.Empty(page.Refused);
    }

    [Theory]
    [InlineData("<p style=\"color:#aaaaaa\">Pale</p>", "color-contrast")]
    [InlineData("<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\">", "image-alt")]
    [InlineData("<a href=\"https://shop.example\"></a>", "link-name")]
    public async Task An_accessibility_fault_is_found(string html, string rule)
    {
        await using var page = await chromium.OpenAsync(600);
        await page.ShowAsync(With(html));

        Assert.StartsWith(rule, Assert.Single(await page.AuditAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_too_wide_is_found()
    {
        await using var page = await chromium.OpenAsync(320);
        await page.ShowAsync(With("<div style=\"width:400px\">Wide</div>"));

        Assert.InRange(await page.OverflowAsync(), 80, 100);
    }

    [Fact]
    public async Task What_a_page_loads_from_elsewhere_is_refused_and_named()
    {
        await using var page = await chromium.OpenAsync(600);
        await page.ShowAsync(With("<img alt=\"x\" src=\"https://tracker.example/pixel.gif\">"));

        Assert.Equal("https://tracker.example/pixel.gif", Assert.Single(page.Refused));
    }

    private static string With(string content) =>
        $"<!DOCTYPE html><html lang=\"en\"><head><title>Page</title></head><body><main><h1>Page</h1>{content}</main></body></html>";
}
