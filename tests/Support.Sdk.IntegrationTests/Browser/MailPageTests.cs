using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.IntegrationTests.Browser;

/// <summary>Every message that the engine writes, as a reader sees it.</summary>
public sealed class MailPageTests(Chromium chromium)
{
    // A mail is shown inside the page of a mail program, which has the landmarks.
    private static readonly string[] OfWholePages = ["region", "landmark-one-main"];

    private static readonly ITemplatePreview Preview = PreviewOf(new Brand { Name = "Nordlys", EmailFrom = "hello@nordlys.example" });

    public static TheoryData<string, string, string> Every =>
        [.. from scenario in Preview.Scenarios from culture in new[] { "en", "sv" } select (scenario.Kind, scenario.Name, culture)];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Every_mail_can_be_read_by_everybody_on_a_wide_and_on_a_narrow_screen(string kind, string name, string culture)
    {
        if (!string.Equals(kind, NoticeKinds.OrderDelayed, StringComparison.Ordinal))
        {
            Requirement.IsSlow();
        }

        var message = await WriteAsync(Preview, new PreviewScenario(kind, name), culture, shop: null);
        await using var page = await chromium.OpenAsync(600);
        await page.ShowAsync(message.Html!);

        foreach (var width in (int[])[600, 320])
        {
            await page.Page.SetViewportSizeAsync(width, 900);
            await page.PictureAsync($"mails/{culture}/{kind}-{name}-{width}");
            Assert.Equal(0, await page.OverflowAsync());
        }

        Assert.Empty(await page.AuditAsync(OfWholePages));
        Assert.Empty(page.Refused);
        Assert.Equal(culture, await page.Page.Locator("html").GetAttributeAsync("lang"));
    }

    [Theory]
    [InlineData("#000000")]
    [InlineData("#1f4e79")]
    [InlineData("#c0392b")]
    [InlineData("#808080")]
    [InlineData("#ff8800")]
    [InlineData("#ffee88")]
    [InlineData("#ffffff")]
    [Trait("Category", "Slow")]
    public async Task Text_can_be_read_in_every_colour_of_a_brand_by_day_and_by_night(string color)
    {
        Requirement.IsSlow();
        var preview = PreviewOf(
            new Brand
            {
                Name = "Nordlys",
                EmailFrom = "hello@nordlys.example",
                Color = color,
            }
        );
        var message = await WriteAsync(preview, new PreviewScenario(NoticeKinds.OrderDelayed, "several-parcels"), "sv", "nordlys");
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var page = await chromium.OpenAsync(600);
            await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await page.ShowAsync(message.Html!);
            await page.PictureAsync($"mails/colors/{color[1..]}-{scheme}");

            Assert.Empty(await page.AuditAsync(OfWholePages));
        }
    }

    private static async Task<OutboundMessage> WriteAsync(ITemplatePreview preview, PreviewScenario scenario, string culture, string? shop)
    {
        var written = await preview.RenderAsync(scenario, culture, shop, TestContext.Current.CancellationToken);
        Assert.Null(written.Failure);
        return written.Message!;
    }

    private static ITemplatePreview PreviewOf(Brand brand)
    {
        var services = new ServiceCollection();
        services
            .AddSupport()
            .AddShop(
                new Shop
                {
                    Id = "nordlys",
                    TimeZone = "Europe/Stockholm",
                    Brand = brand,
                }
            );
        return services.BuildServiceProvider().GetRequiredService<ITemplatePreview>();
    }
}
