using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Templates;

public sealed class JargonTests
{
    [Fact]
    public void A_word_of_the_trade_is_a_fault_with_its_place_and_a_better_word()
    {
        var template = Notices.Template(
            subject: "Your ticket",
            text: "Hello,\nyour SKU {{ order.number }} is a fulfillment exception.",
            html: "<p class=\"sku\">Hello,\n<b>RMA</b></p>"
        );

        var faults = Faults(template, Notices.Shop);

        Assert.Equal(
            [
                "order-shipped.en, subject(1,6): customers should not read 'ticket'. Write 'your message'.",
                "order-shipped.en, text(2,6): customers should not read 'SKU'. Write 'article number'.",
                "order-shipped.en, text(2,34): customers should not read 'fulfillment'. Write 'packing and shipping'.",
                "order-shipped.en, text(2,46): customers should not read 'exception'. Write 'problem'.",
                "order-shipped.en, HTML(2,4): customers should not read 'RMA'. Write 'return'.",
            ],
            faults
        );
    }

    [Fact]
    public void A_shop_has_words_of_its_own_in_every_language()
    {
        var shop = Named("Parcel", "package");

        Assert.Equal(
            "order-shipped.sv, text(1,5): customers should not read 'parcel'. Write 'package'.",
            Assert.Single(Faults(Notices.Template(text: "Din parcel, dina parcels", culture: "sv"), shop))
        );
    }

    [Fact]
    public void A_shop_that_sells_tickets_may_write_about_them()
    {
        Assert.Empty(Faults(Notices.Template(text: "Your ticket"), Named("ticket", "ticket")));
        Assert.Single(Faults(Notices.Template(text: "Your ticket") with { Shop = "nordlys" }, Named("ticket", "ticket") with { Id = "other" }));
    }

    [Fact]
    public void The_shops_own_people_know_their_trade()
    {
        Assert.Empty(Faults(Notices.Template(text: "SLA", kind: NoticeKinds.ShopAlert), Notices.Shop));
    }

    [Theory]
    [MemberData(nameof(PreviewTests.Every), MemberType = typeof(PreviewTests))]
    public async Task Our_own_messages_use_none(string kind, string name, string culture)
    {
        var services = new ServiceCollection();
        services.AddSupport().AddShop(Given.Shop);
        await using var provider = services.BuildServiceProvider();
        var preview = await provider.GetRequiredService<ITemplatePreview>().RenderAsync(new PreviewScenario(kind, name), culture);
        var message = preview.Message!;

        // What only the shop's own people read may speak their language.
        Assert.True(
            string.Equals(kind, TicketNotices.Alert, StringComparison.Ordinal) || Found(message, culture).Count == 0,
            string.Join(", ", Found(message, culture))
        );
    }

    private static List<string> Found(OutboundMessage message, string culture) =>
        [
            .. Jargon
                .Find($"{message.Subject} {message.Text} {WebUtility.HtmlDecode(HtmlText.Visible(message.Html!))}", Jargon.In(culture))
                .Select(found => found.Word),
        ];

    private static List<string> Faults(MessageTemplate template, Shop shop)
    {
        var faults = new List<TemplateFault>();
        Jargon.Lint(template, [shop], faults);
        return faults.ConvertAll(fault => fault.ToString());
    }

    private static Shop Named(string word, string instead) =>
        Notices.Shop with
        {
            Brand = Notices.Shop.Brand with { Glossary = new Dictionary<string, string>(StringComparer.Ordinal) { [word] = instead } },
        };
}
