using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore;

public sealed class LogoPageTests : IDisposable
{
    private static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    private readonly string _folder = Directory.CreateTempSubdirectory("support-logo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_logo_is_served_where_messages_and_pages_look_for_it()
    {
        var path = Path.Combine(_folder, "logo.png");
        await File.WriteAllBytesAsync(path, Pixel);
        var shop = Given.Shop with { Brand = Given.Shop.Brand with { Logo = path } };
        await using var application = await SupportApplication.StartAsync(web => web.MapSupportPages(), support => support.AddShop(shop));
        var link = application.Get<BrandLogos>().Find(shop)!.Link;

        using var response = await application.GetAsync(new Uri(link).AbsolutePath);
        using var page = await application.GetAsync("/support/orders/guessed");
        using var other = await application.GetAsync("/support/logo/main-0000.png");

        Assert.Equal("image/png", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(Pixel, await response.Content.ReadAsByteArrayAsync());
        Assert.Contains($"<img src=\"{link}\" alt=\"Tiny Shop\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "img-src 'self' data: https://shop.example;",
            Assert.Single(page.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }
}
