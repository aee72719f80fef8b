using System.Net;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;
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
    public void Our_own_messages_use_none(string kind, string name, string culture)
    {
        var request = PreviewScenarios.Request(new PreviewScenario(kind, name), PreviewOrders.Shop with { Culture = culture }, culture)!;
        var message = Notices.Composer().Compose(request, PreviewOrders.Now).Message!;

        Assert.Empty(Jargon.Find($"{message.Subject} {message.Text} {WebUtility.HtmlDecode(HtmlText.Visible(message.Html!))}", Jargon.In(culture)));
    }

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
