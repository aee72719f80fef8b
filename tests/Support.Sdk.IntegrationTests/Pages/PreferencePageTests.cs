using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.IntegrationTests.Browser;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.IntegrationTests.Pages;

/// <summary>The preference page in a real browser, in both languages, on a phone and on a desk.</summary>
public sealed class PreferencePageTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly ContactPoint Email = new("email", "ada@example.com");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("support-pages-");
    private WebApplication? _application;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IChannel>(new RecordingChannel());
        builder
            .Services.AddSupport(options => options.PublicAddress = new Uri("https://shop.example/support"))
            .AddSqlite(options => options.Path = Path.Combine(_folder.FullName, "support.db"))
            .AddShop(
                new Shop
                {
                    Id = "main",
                    Tells = NoticeKinds.All,
                    Brand = new Brand
                    {
                        Name = "Tiny Shop",
                        EmailFrom = "hello@shop.example",
                        Color = "#0b6e4f",
                    },
                }
            );
        _application = builder.Build();
        _application.MapSupportPages();
        await _application.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _application!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("en", 320)]
    [InlineData("en", 1000)]
    [InlineData("sv", 320)]
    [InlineData("sv", 1000)]
    public async Task The_page_is_accessible_and_fits(string language, int width)
    {
        await Contacts.PreferAsync("main", Email, new ContactPreferences { Culture = language });
        var address = await AddressAsync();
        await using var page = await chromium.OpenAsync(width, address.Authority);

        await page.Page.GotoAsync(address + "?saved=true");

        Assert.Equal(language, await page.Page.GetAttributeAsync("html", "lang"));
        Assert.Empty(await page.AuditAsync());
        Assert.Equal(0, await page.OverflowAsync());
        Assert.Empty(page.Refused);
        await page.PictureAsync($"preferences-{language}-{width}");
    }

    [Fact]
    public async Task A_person_unticks_a_box_saves_and_sees_that_it_holds()
    {
        var address = await AddressAsync();
        await using var page = await chromium.OpenAsync(1000, address.Authority);
        await page.Page.GotoAsync(address.ToString());

        await page.Page.GetByLabel("A parcel has arrived").UncheckAsync();
        await page.Page.GetByLabel("Write to me in").SelectOptionAsync("sv");
        await page.Page.GetByText("Save", new() { Exact = true }).ClickAsync();

        await page.Page.GetByText("Dina val är sparade.").WaitForAsync();
        Assert.False(await page.Page.GetByLabel("Ett paket har kommit fram").IsCheckedAsync());
        Assert.Equal([NoticeKinds.OrderDelivered], (await Contacts.FindAsync("main", Email)).Preferences!.RefusedKinds);
    }

    private IContactDesk Contacts => _application!.Services.GetRequiredService<IContactDesk>();

    private async Task<Uri> AddressAsync()
    {
        var link = new SignedLink
        {
            Purpose = LinkPurpose.Preferences,
            Shop = "main",
            Contact = Email,
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
        };
        var address = await _application!.Services.GetRequiredService<ISupportLinks>().CreateAsync(link);
        return new Uri(new Uri(_application.Urls.Single()), address.AbsolutePath);
    }
}
