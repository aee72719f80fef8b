using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Sdk.Shops;
using Support.Sdk.Templates;
using Support.Sdk.Tests.Engine;
using Xunit;

namespace Support.Sdk.Tests.Templates;

public sealed class LogoTests : IDisposable
{
    private static readonly Uri Address = new("https://shop.example/support/");

    private readonly string _folder = Directory.CreateTempSubdirectory("support-logos-").FullName;

    public static TheoryData<string, string, int, int> Pictures =>
        new()
        {
            { "89504E470D0A1A0A0000000D49484452000000F00000003C0806000000", "image/png", 240, 60 },
            { "474946383961F0003C00F00000", "image/gif", 240, 60 },
            { "FFD8FFE000104A46494600010100000100010000FFC00011080050014003012200", "image/jpeg", 320, 80 },
            { "52494646240000005745425056503820180000003001009D012AF0003C000000", "image/webp", 240, 60 },
            { "524946462400000057454250565038580A00000000000000EF00003B00000000", "image/webp", 240, 60 },
            { "5249464624000000574542505650384C0D0000002FEFC00E000000000000000000", "image/webp", 240, 60 },
        };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_picture_is_known_by_its_bytes_and_not_by_its_name(string bytes, string type, int width, int height)
    {
        var header = ImageHeader.Read(Convert.FromHexString(bytes));

        Assert.Equal((type, width, height), (header!.ContentType, header.Width, header.Height));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_picture_that_is_cut_off_anywhere_is_read_without_harm(string bytes, string type, int width, int height)
    {
        var whole = Convert.FromHexString(bytes);
        for (var length = 0; length < whole.Length; length++)
        {
            var header = ImageHeader.Read(whole.AsSpan(0, length));
            Assert.True(header is null || (header.ContentType, header.Width, header.Height) == (type, width, height));
        }
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "is an SVG, which can carry scripts")]
    [InlineData("<!DOCTYPE html><html></html>", "is a page of HTML or XML")]
    [InlineData("%PDF-1.7", "is a PDF")]
    [InlineData("Nordlys", "is a text")]
    [InlineData("", "is an empty file")]
    [InlineData("\u0089PNG", "is no picture, or a damaged one")]
    public async Task A_logo_that_is_not_a_picture_stops_the_start_and_says_what_it_is(string content, string expected)
    {
        var message = await StartAsync(Write("logo.png", Encoding.Latin1.GetBytes(content)));

        Assert.Contains("Support:Shops:main:Brand:Logo:", message, StringComparison.Ordinal);
        Assert.Contains("logo.png", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_logo_that_is_missing_too_large_or_not_secret_on_its_way_stops_the_start()
    {
        Assert.Contains("there is no file", await StartAsync(Path.Combine(_folder, "nothing.png")), StringComparison.Ordinal);
        Assert.Contains("262145 bytes", await StartAsync(Write("huge.png", new byte[BrandLogo.MaxBytes + 1])), StringComparison.Ordinal);
        Assert.Contains("is no https link", await StartAsync("http://shop.example/logo.png"), StringComparison.Ordinal);
        Assert.Contains("Support:PublicAddress is not set", await StartAsync(Write("logo.png", Picture()), address: null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_logo_stands_in_the_mail_with_the_name_as_its_text_and_with_its_size()
    {
        var shop = Notices.Shop with { Brand = Notices.Shop.Brand with { Name = "Nord & Lys", Logo = Write("logo.png", Picture()) } };
        var logos = new BrandLogos(Options.Create(new SupportOptions { PublicAddress = Address }), NullLogger<BrandLogos>.Instance);
        var request = Notices.Sent with { Shop = Notices.Sent.Shop with { Shop = shop } };

        var html = new NoticeComposer(new TemplateCatalog([]), logos).Compose(request, Notices.Now).Message!.Html!;

        var logo = logos.FileOf(shop)!;
        Assert.Contains(
            $"<img src=\"https://shop.example/support/logo/{logo.FileName("nordlys")}\" alt=\"Nord &amp; Lys\" width=\"192\" height=\"48\"",
            html,
            StringComparison.Ordinal
        );
        Assert.Matches("^nordlys-[0-9a-f]{16}\\.png$", logo.FileName("nordlys"));
        Assert.Equal("image/png", logo.ContentType);
    }

    private async Task<string> StartAsync(string logo, string? address = "https://shop.example/support")
    {
        var shop = Given.Shop with { Brand = Given.Shop.Brand with { Logo = logo } };
        await using var world = new World(
            shop,
            with: services => services.AddSupport(options => options.PublicAddress = address is null ? null : new Uri(address))
        );
        return (await Assert.ThrowsAsync<InvalidOperationException>(() => world.AcceptAsync(Given.Snapshot()))).Message;
    }

    private static byte[] Picture() => Convert.FromHexString("89504E470D0A1A0A0000000D49484452000000F00000003C0806000000");

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
