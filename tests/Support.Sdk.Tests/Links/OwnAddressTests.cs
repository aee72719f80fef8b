using Support.Sdk.Deliveries;
using Support.Sdk.Links;
using Support.Sdk.Shops;
using Support.Sdk.Templates;
using Support.Sdk.Tests.Templates;
using Xunit;

namespace Support.Sdk.Tests.Links;

/// <summary>Several shops of one installation, one of which has a domain of its own.</summary>
public sealed class OwnAddressTests
{
    private static readonly Uri Own = new("https://other.example/support");
    private static readonly LinkSeal Seal = new(new byte[32], new Uri("https://shop.example/support"));

    [Fact]
    public void A_message_of_a_shop_with_a_domain_of_its_own_links_there_only()
    {
        var request = Notices.Delayed with { Links = Seal, Shop = Given.Seen(Notices.Shop with { PublicAddress = Own }) };

        var message = Notices.Composer().Compose(request, Notices.Now).Message!;

        Assert.Contains("https://other.example/support/orders/", message.Text, StringComparison.Ordinal);
        Assert.Contains("https://other.example/support/preferences/", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("https://shop.example/", message.Text + message.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_links_though_the_installation_has_no_address()
    {
        var seal = new LinkSeal(new byte[32], address: null);
        var request = Notices.Delayed with { Links = seal, Shop = Given.Seen(Notices.Shop with { PublicAddress = Own }) };

        Assert.Contains("https://other.example/support/orders/", Notices.Composer().Compose(request, Notices.Now).Message!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://other.example/support", true)]
    [InlineData("http://localhost:5000/support", true)]
    [InlineData("http://127.0.0.1/support", true)]
    [InlineData("http://other.example/support", false)]
    [InlineData("ftp://other.example/support", false)]
    [InlineData("file:///support", false)]
    [InlineData("/support", false)]
    [InlineData("support", false)]
    public void The_address_is_https_or_this_machines_own(string address, bool isFine)
    {
        var shop = Given.Shop with { PublicAddress = new Uri(address, UriKind.RelativeOrAbsolute) };

        var faults = ShopRules.Faults(shop, sendsEmail: true).ToList();

        Assert.Equal(isFine, faults.Count == 0);
        Assert.All(faults, fault => Assert.StartsWith("PublicAddress", fault, StringComparison.Ordinal));
    }
}
