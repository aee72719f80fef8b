using Support.Sdk.Deliveries;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.Tests.Templates;

public sealed class VoiceTests
{
    [Theory]
    [InlineData(BrandVoice.Plain, "en", "Hello Anna Lindqvist,", "We are sorry.", "\nYour team at Nordlys")]
    [InlineData(BrandVoice.Warm, "en", "Hi Anna Lindqvist,", "We are truly sorry about this.", "Warm regards,\nYour team at Nordlys")]
    [InlineData(BrandVoice.Formal, "en", "Dear Anna Lindqvist,", "Please accept our apologies.", "Yours sincerely,\nYour team at Nordlys")]
    [InlineData(BrandVoice.Plain, "sv", "Hej Anna Lindqvist,", "Vi ber om ursäkt.", "\nYour team at Nordlys")]
    [InlineData(BrandVoice.Warm, "sv", "Hej Anna Lindqvist!", "Vi är verkligen ledsna för det här.", "Varma hälsningar\nYour team at Nordlys")]
    [InlineData(BrandVoice.Formal, "sv", "Bästa Anna Lindqvist,", "Vi beklagar det inträffade.", "Med vänlig hälsning\nYour team at Nordlys")]
    public void The_voice_is_heard_in_greeting_apology_and_closing(BrandVoice voice, string culture, string greeting, string apology, string closing)
    {
        var text = In(culture, Notices.Delayed.By(brand => brand with { Voice = voice })).Text;

        Assert.StartsWith(greeting, text, StringComparison.Ordinal);
        Assert.Contains(apology, text, StringComparison.Ordinal);
        Assert.Contains(closing, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-12", "torsdag 12 mars 2026")]
    [InlineData("2028-02-29", "tisdag 29 februari 2028")]
    [InlineData("2026-12-31", "torsdag 31 december 2026")]
    [InlineData("2027-01-03", "söndag 3 januari 2027")]
    public void A_swedish_date_is_written_as_Swedes_write_it(string date, string expected)
    {
        Assert.Equal(expected, SwedishWords.Instance.Day(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("sv", "sv")]
    [InlineData("sv-SE", "sv")]
    [InlineData("sv_FI", "sv")]
    public void A_swedish_customer_is_written_to_in_Swedish_with_every_fact(string customer, string culture)
    {
        var message = In(customer, Notices.Delayed);

        Assert.Equal(culture, message.Culture);
        Assert.Equal("Din beställning 1001 blir försenad", message.Subject);
        foreach (var part in new[] { message.Text, HtmlText.Visible(message.Html!) })
        {
            Assert.Contains("Din beställning 1001 kommer fram 3 dagar senare än utlovat.", part, StringComparison.Ordinal);
            Assert.Contains("Vi lovade att den skulle komma fram senast tisdag 1 december 2026.", part, StringComparison.Ordinal);
            Assert.Contains("Vi räknar nu med att den är hos dig senast fredag 4 december 2026.", part, StringComparison.Ordinal);
            Assert.Contains("PostNord meddelar: ”Snow in the north”", part, StringComparison.Ordinal);
            Assert.Contains("hör vi av oss igen senast söndag 6 december 2026.", part, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_message_carries_the_links_of_its_customer_and_the_same_decision_gives_the_same_ones()
    {
        var seal = new LinkSeal(new byte[32], new Uri("https://shop.example/support"));
        var request = Notices.Delayed with { Links = seal };

        var message = In("en", request);

        var links = message.Text.Split(['\n', ' ']).Where(word => word.StartsWith("https://shop.example/", StringComparison.Ordinal)).ToList();
        var status = seal.Open(links[0].Split('/')[^1], LinkPurpose.OrderStatus, Notices.Now)!;
        var preferences = seal.Open(links[1].Split('/')[^1], LinkPurpose.Preferences, Notices.Now)!;
        Assert.Equal((request.Order.Key, Notices.Now.AddDays(90)), (status.Order!.Value, status.ExpiresAt));
        Assert.Equal((request.Proposal.To, Notices.Now.AddDays(365)), (preferences.Contact, preferences.ExpiresAt));
        Assert.All(links, link => Assert.Contains($"href=\"{link}\"", message.Html!, StringComparison.Ordinal));
        Assert.Equal(message, In("en", request));
    }

    [Fact]
    public void Without_a_public_address_a_message_has_no_links_to_pages_of_ours()
    {
        var message = In("en", Notices.Delayed with { Links = new LinkSeal(new byte[32], address: null) });

        Assert.DoesNotContain("Choose what we send you", message.Text + message.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shops_own_people_get_their_own_culture_and_none_of_the_customers_links()
    {
        var request = PreviewScenarios.Request(new PreviewScenario(NoticeKinds.ShopAlert, "stalled"), Notices.Shop with { Culture = "sv" }, "en")!;

        var message = Notices
            .Composer()
            .Compose(request with { Links = new LinkSeal(new byte[32], new Uri("https://shop.example/support")) }, Notices.Now)
            .Message!;

        Assert.Equal(("sv", null), (message.Culture, message.ToName));
        Assert.DoesNotContain("https://shop.example/support/preferences", message.Text + message.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", message.Text + message.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Earlier_orders_can_be_named_with_how_they_stand()
    {
        var template = Notices.Template(
            kind: NoticeKinds.OrderConfirmed,
            text: "{{ order.number }}{{ for item in items }} {{ item.name }}{{ end }} {{ plan.arrival_date }} {{ plan.next_text }} {{ brand.contact }} {{ for past in customer.past_orders }}{{ past.number }} {{ past.placed_date }} {{ past.status }}; {{ end }}"
        );
        var request = PreviewScenarios.Request(new PreviewScenario(NoticeKinds.OrderConfirmed, "promised"), Notices.Shop, "en")!;
        var composer = Notices.Composer(template with { Html = template.Text });

        Assert.Contains(
            "873 Monday, 21 September 2026 delivered; 512 Thursday, 14 May 2026 delivered;",
            composer.Compose(request, Notices.Now).Message!.Text,
            StringComparison.Ordinal
        );
    }

    private static OutboundMessage In(string culture, ComposeRequest request)
    {
        var result = Notices.Composer().Compose(request.Of(order => order with { Customer = order.Customer with { Culture = culture } }), Notices.Now);
        Assert.Null(result.Failure);
        return result.Message!;
    }
}
