using System.Text;
using CsCheck;
using Support.Sdk.Links;
using Xunit;

namespace Support.Sdk.Tests.Links;

public sealed class LinkSealTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly SignedLink Link = new()
    {
        Purpose = LinkPurpose.OrderStatus,
        Shop = "main",
        Contact = new ContactPoint("email", "ada@example.com"),
        OrderId = "1001",
        ExpiresAt = Now.AddDays(90),
    };

    private readonly LinkSeal _seal = new(new byte[32], new Uri("https://shop.example/support/"));

    [Fact]
    public void A_link_reads_back_as_what_it_was_made_from() => Assert.Equal(Link, _seal.Open(_seal.Seal(Link), LinkPurpose.OrderStatus, Now));

    [Fact]
    public void The_same_link_made_twice_is_the_same_text() => Assert.Equal(_seal.Create(Link, own: null), _seal.Create(Link with { }, own: null));

    [Fact]
    public void A_link_lies_below_the_public_address() =>
        Assert.StartsWith("https://shop.example/support/orders/", _seal.Create(Link, own: null)?.AbsoluteUri, StringComparison.Ordinal);

    [Fact]
    public void A_link_of_a_shop_with_a_domain_of_its_own_lies_there() =>
        Assert.Equal($"https://other.example/help/orders/{_seal.Seal(Link)}", _seal.Create(Link, new Uri("https://other.example/help/"))?.AbsoluteUri);

    [Fact]
    public void Nobody_reads_an_address_out_of_a_link() =>
        Assert.DoesNotContain(
            "ada@example.com",
            Encoding.Latin1.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(_seal.Seal(Link))),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_link_for_one_purpose_does_not_serve_another() => Assert.Null(_seal.Open(_seal.Seal(Link), LinkPurpose.Preferences, Now));

    [Fact]
    public void A_link_ends_at_the_moment_it_expires() => Assert.Null(_seal.Open(_seal.Seal(Link), LinkPurpose.OrderStatus, Link.ExpiresAt));

    [Fact]
    public void A_link_of_another_installation_is_refused() =>
        Assert.Null(_seal.Open(new LinkSeal([.. Enumerable.Repeat((byte)1, 32)], null).Seal(Link), LinkPurpose.OrderStatus, Now));

    [Fact]
    public void Without_a_public_address_there_is_no_link() => Assert.Null(new LinkSeal(new byte[32], null).Create(Link, own: null));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not base64 !!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_guessed_link_is_refused(string token) => Assert.Null(_seal.Open(token, LinkPurpose.OrderStatus, Now));

    [Fact]
    public void A_changed_character_anywhere_is_refused()
    {
        var token = _seal.Seal(Link);
        // The last character may carry bits that belong to no byte.
        Gen.Select(Gen.Int[0, token.Length - 2], Gen.Char["ABCXYZabcxyz0189-_"])
            .Where((at, to) => token[at] != to)
            .Sample((at, to) => Assert.Null(_seal.Open($"{token[..at]}{to}{token[(at + 1)..]}", LinkPurpose.OrderStatus, Now)));
    }
}
