using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Misc.SupportSdk.Mail;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk.Orders;
using Support.Sdk.Templates;
using Support.Sdk.Tickets;
using Xunit;
using EngineTemplate = Support.Sdk.Templates.MessageTemplate;
using Language = Support.Sdk.Templates.Language;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Mail;

public sealed class TemplateReaderTests
{
    [Fact]
    public async Task What_is_installed_is_accepted_by_the_engine_in_both_languages()
    {
        await using var shop = new Shop();
        await InstallAsync(shop);

        var setup = await ReadAsync(shop);

        Assert.Empty(setup.Faults);
        Assert.Equal(ShopTemplates.Kinds.Count * 2, setup.Templates.Count);
        _ = new TemplateCatalog(setup.Templates);
    }

    [Fact]
    public async Task Swedish_languages_have_Swedish_texts()
    {
        await using var shop = new Shop();
        await InstallAsync(shop);

        var delayed = (await ReadAsync(shop)).Templates.Where(template => template.Kind is NoticeKinds.OrderDelayed).ToList();

        Assert.Contains("New date", delayed.Single(template => template.Culture is "en-US").Text, StringComparison.Ordinal);
        Assert.Contains("Nytt datum", delayed.Single(template => template.Culture is "sv-SE").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_with_Swedish_alone_has_Swedish_texts()
    {
        await using var shop = new Shop();
        shop.Languages.RemoveAt(0);

        await InstallAsync(shop);

        Assert.Contains("Nytt datum", shop.Mail.Templates.Find(template => template.Name is "Support.OrderDelayed")!.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uninstalling_leaves_nothing_behind()
    {
        await using var shop = new Shop();
        await InstallAsync(shop);
        Assert.NotEmpty(shop.Mail.Localized);
        Assert.Contains("%Support.Message%", shop.Mail.Words[TemplateInstaller.Description + "Support.OrderDelayed"], StringComparison.Ordinal);

        await shop.AskAsync<IEnumerable<IInstallStep>, bool>(async steps =>
        {
            await steps.OfType<TemplateInstaller>().Single().UninstallAsync();
            return true;
        });

        Assert.Empty(shop.Mail.Templates);
        Assert.Empty(shop.Mail.Localized);
        Assert.Empty(shop.Mail.Words);
    }

    [Theory]
    [InlineData("{{ order.number }}")]
    [InlineData("{%{ x }%}")]
    [InlineData("{{ for x in (1..1000000) }}{{ x }}{{ end }}")]
    [InlineData("{ } }} %} 100 % of it, %d %20 %")]
    [InlineData("&#xE000; &#57345;")]
    public async Task What_is_no_token_is_printed_as_it_is(string literal)
    {
        await using var shop = new Shop();
        shop.Mail.Write("Support.TicketReply", $"Re %Ticket.Number% {literal}", $"<p>{literal}</p>%Support.Reply%<p>%Ticket.Number%</p>");

        var message = Render(Assert.Single((await ReadAsync(shop, "en-US")).Templates), "Hello");

        Assert.Contains(literal, message.Html, StringComparison.Ordinal);
        if (!literal.StartsWith('&'))
        {
            Assert.Contains(literal, message.Subject, StringComparison.Ordinal);
            Assert.Contains(literal, message.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("%Store.Name% %Support.Agent%")]
    [InlineData("{{ ticket.number }}")]
    [InlineData("%if (%Store.Name% != \"\") x endif%")]
    public async Task A_token_inside_a_value_is_never_expanded(string value)
    {
        await using var shop = new Shop();
        shop.Mail.Write("Support.TicketReply", "Re: %Ticket.Number%", "%Support.Reply%<p>%Ticket.Number%</p>");

        var message = Render(Assert.Single((await ReadAsync(shop, "en-US")).Templates), value);

        Assert.Contains(value, message.Text, StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(value), message.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_escaped_in_HTML()
    {
        await using var shop = new Shop();
        shop.Mail.Write("Support.TicketReply", "Re: %Ticket.Number%", "%Support.Reply%<p title=\"%Ticket.Subject%\">%Ticket.Number%</p>");

        var message = Render(Assert.Single((await ReadAsync(shop, "en-US")).Templates), "<script>alert(1)</script>");

        Assert.DoesNotContain("<script>", message.Html, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", message.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>%Order.Nonsense%</p>", "%Order.Nonsense% is not known")]
    [InlineData("<a href=\"%Customer.FullName%\">x</a>", "not the address of a page")]
    [InlineData("<a title=%Customer.FullName%>x</a>", "inside a tag")]
    [InlineData("<p title=\"a'b\" class=%Customer.FullName%>x</p>", "inside a tag")]
    [InlineData("<script>var x = \"%Customer.FullName%\";</script>", "inside a tag")]
    [InlineData("<p onclick=\"go('%Ticket.Number%')\">x</p>", "inside a tag")]
    [InlineData("%if (%Ticket.Number% > 3) x endif%", "condition is not understood")]
    [InlineData("%if (%Support.Agent% != \"\") x", "not ended")]
    [InlineData("x endif%", "no condition is open")]
    public async Task What_cannot_be_translated_is_reported_with_what_to_write_and_the_built_in_text_stays(string body, string fault)
    {
        await using var shop = new Shop();
        shop.Mail.Write("Support.TicketReply", "Re: %Ticket.Number%", $"%Support.Reply%%Ticket.Number%{body}");

        var setup = await ReadAsync(shop, "en-US");

        Assert.Empty(setup.Templates);
        var told = Assert.Single(setup.Faults);
        Assert.StartsWith("Corner shop: Message template Support.TicketReply (English):", told, StringComparison.Ordinal);
        Assert.Contains(fault, told, StringComparison.Ordinal);
        Assert.Single(setup.Shops);
    }

    [Fact]
    public async Task A_fact_that_must_be_told_is_missed_before_a_customer_misses_it()
    {
        await using var shop = new Shop();
        shop.Mail.Write("Support.OrderDelayed", "%Support.Headline%", "<p>Sorry, your order %Order.OrderNumber% is late.</p>");

        var fault = Assert.Single((await ReadAsync(shop, "en-US")).Faults);

        Assert.Contains("write %Support.", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_token_stands_for_the_whole_built_in_text()
    {
        await using var shop = new Shop();
        foreach (var kind in ShopTemplates.Kinds)
        {
            shop.Mail.Write(
                ShopTemplates.NameOf(kind),
                "%Ticket.Number%%Order.OrderNumber%".Replace(
                    ShopTemplates.IsTicket(kind) ? "%Order.OrderNumber%" : "%Ticket.Number%",
                    "",
                    StringComparison.Ordinal
                ),
                "%Support.Message%"
            );
        }

        var setup = await ReadAsync(shop);

        Assert.Empty(setup.Faults);
        Assert.Equal(ShopTemplates.Kinds.Count * 2, setup.Templates.Count);
    }

    [Fact]
    public async Task A_condition_leaves_out_what_is_empty_also_as_an_editor_writes_it()
    {
        await using var shop = new Shop();
        shop.Mail.Write(
            "Support.TicketReply",
            "Re: %Ticket.Number%",
            "%Support.Reply%%Ticket.Number%%if (%Support.Hours% != &quot;&quot;)<p>We are open</p>endif%%if (%Support.Hours% == \"\") <p>Whenever</p> endif%"
        );

        var message = Render(Assert.Single((await ReadAsync(shop, "en-US")).Templates), "Hello");

        Assert.DoesNotContain("We are open", message.Text, StringComparison.Ordinal);
        Assert.Contains("Whenever", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_part_has_lines_for_paragraphs_and_keeps_addresses()
    {
        await using var shop = new Shop();
        shop.Mail.Write(
            "Support.TicketReply",
            "Re: %Ticket.Number%",
            "<h1>Hello  there</h1>\n<p>1 &lt; 2<br>and</p><ul><li>one</li><li>two</li></ul><a href='%Store.URL%'>the shop</a>%Support.Reply%%Ticket.Number%<style>p{}</style>"
        );

        var message = Render(Assert.Single((await ReadAsync(shop, "en-US")).Templates), "Good day");

        Assert.StartsWith("Hello there\n\n1 < 2\nand\n\n- one\n\n- two\n\nthe shop: https://shop.example/\nGood day", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inactive_template_takes_its_kind_out_of_what_is_told()
    {
        await using var shop = new Shop();
        await InstallAsync(shop);
        shop.Mail.Templates.Find(template => template.Name is "Support.OrderAtRisk")!.IsActive = false;
        shop.Mail.Templates.Find(template => template.Name is "Support.TicketReply")!.IsActive = false;

        var setup = await ReadAsync(shop);

        Assert.Equal(NoticeKinds.Default.Except([NoticeKinds.OrderAtRisk]), Assert.Single(setup.Shops).Tells!);
        Assert.DoesNotContain(setup.Templates, template => template.Kind is TicketNotices.Reply);
        Assert.Empty(setup.Faults);
    }

    [Fact]
    public async Task A_template_that_is_limited_to_another_store_tells_nothing_in_this_one()
    {
        await using var shop = new Shop();
        shop.Stores.Add(
            new Store
            {
                Id = 2,
                Name = "Two",
                Url = "https://two.example/",
                DefaultLanguageId = 2,
            }
        );
        await InstallAsync(shop);
        var template = shop.Mail.Templates.Find(template => template.Name is "Support.OrderDelayed")!;
        template.LimitedToStores = true;
        shop.Mail.Mappings.Add(
            new StoreMapping
            {
                EntityId = template.Id,
                EntityName = "MessageTemplate",
                StoreId = 2,
            }
        );

        var setup = await ReadAsync(shop);

        Assert.DoesNotContain(NoticeKinds.OrderDelayed, setup.Shops[0].Tells!);
        Assert.Null(setup.Shops[1].Tells);
        Assert.All(setup.Templates.Where(known => known.Kind is NoticeKinds.OrderDelayed), known => Assert.Equal("store-2", known.Shop));
    }

    [Fact]
    public async Task What_the_shop_mails_itself_is_left_to_it_and_said()
    {
        await using var shop = new Shop();
        shop.Settings().Tells = "order-shipped, order-delayed";
        var own = shop.Mail.Write("ShipmentSent.CustomerNotification", "Sent", "Sent");

        var both = await ReadAsync(shop);
        own.IsActive = false;
        var ours = await ReadAsync(shop);

        Assert.Equal([NoticeKinds.OrderDelayed], Assert.Single(both.Shops).Tells!);
        Assert.Contains("ShipmentSent.CustomerNotification", Assert.Single(both.Faults), StringComparison.Ordinal);
        Assert.Contains(NoticeKinds.OrderShipped, Assert.Single(ours.Shops).Tells!);
        Assert.Empty(ours.Faults);
    }

    private static async Task InstallAsync(Shop shop) =>
        await shop.AskAsync<IEnumerable<IInstallStep>, bool>(async steps =>
        {
            await steps.OfType<TemplateInstaller>().Single().InstallAsync();
            return true;
        });

    /// <param name="shop">The shop.</param>
    /// <param name="culture">The one language to keep, or null for all.</param>
    private static Task<SupportSetup> ReadAsync(Shop shop, string? culture = null)
    {
        shop.Languages.RemoveAll(language => culture is not null && !string.Equals(language.LanguageCulture, culture, StringComparison.Ordinal));
        return shop.AskAsync<SetupReader, SupportSetup>(reader => reader.ReadAsync());
    }

    private static MessageParts Render(EngineTemplate template, string reply)
    {
        var faults = new List<TemplateFault>();
        var parts = TemplateParts.Parse(template, faults)!;
        Assert.Empty(faults);
        var scenario = TicketPreviews.All.Single(known => known.Kind is TicketNotices.Reply);
        var request = TicketPreviews.Request(scenario, PreviewOrders.Shop, "en")! with { Text = reply };
        var model = TicketModel.Of(request, BrandModel.Of(PreviewOrders.Shop), Language.English, PreviewOrders.Now);
        var message = new MessageWriter().Write(parts, model.Values, model.Facts, model.Brand, model.Links);
        Assert.Null(message.Failure);
        return message;
    }
}
