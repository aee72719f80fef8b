using System.Net;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.Tests.Templates;

public sealed class HostileDataTests
{
    [Theory]
    [InlineData("{{ order.number }} {{ 1 + 1 }}")]
    [InlineData("{% raw %} %Token% ${x} #{y} <%= z %>")]
    [InlineData("<script>alert(1)</script> & \"Tom\" 'n' Jerry")]
    [InlineData("Åsa Öberg 李小龍 😀")]
    public void What_a_customer_is_called_is_printed_and_never_run(string name)
    {
        var message = Message(Notices.Delayed.Of(snapshot => snapshot with { Customer = new OrderCustomer { Name = name } }));

        Assert.Contains($"Hello {name},", message.Text, StringComparison.Ordinal);
        Assert.Contains($"Hello {name},", WebUtility.HtmlDecode(message.Html!), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", message.Html!, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(name, message.ToName);
    }

    [Theory]
    [InlineData("Eve\r\nBcc: all@example.com", "Eve Bcc: all@example.com")]
    [InlineData("A\u2028B\u0085C\tD\0E", "A B C D E")]
    [InlineData("A\u202Egnp.exe\u2066B", "Agnp.exeB")]
    [InlineData("  \r\n ", "")]
    public void A_value_stays_on_its_line_and_turns_no_other_text(string value, string expected)
    {
        Assert.Equal(expected, PlainLine.Clean(value));
    }

    [Fact]
    public void Half_a_character_is_replaced()
    {
        Assert.Equal("half \uFFFD pair", PlainLine.Clean("half \uD83D pair"));
    }

    [Fact]
    public void A_line_break_in_the_order_number_does_not_reach_the_subject()
    {
        var message = Message(Notices.Delayed.Of(snapshot => snapshot with { Number = "10\r\nX-Evil: 1" }));

        Assert.Equal("Your order 10 X-Evil: 1 will be late", message.Subject);
    }

    [Fact]
    public void A_line_break_in_the_subject_of_a_template_becomes_a_space()
    {
        var template = Notices.Template(subject: " One\r\n  two\t{{ order.number }} ", text: Plain, html: Plain);

        Assert.Equal("One two 1001", Notices.Composer(template).Compose(Notices.Sent, Notices.Now).Message!.Subject);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("relative/path")]
    public void Only_web_pages_become_tracking_links(string link)
    {
        var parcel = Notices.Parcel with { TrackingUrl = new Uri(link, UriKind.RelativeOrAbsolute) };

        var message = Message(Notices.Shipped(NoticeKinds.OrderShipped, parcel));

        Assert.DoesNotContain(link, message.Html! + message.Text, StringComparison.Ordinal);
        Assert.Contains("SE4839", message.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello@shop.example", "hello@shop.example", "mailto:hello@shop.example")]
    [InlineData("mailto:hello@shop.example", "hello@shop.example", "mailto:hello@shop.example")]
    [InlineData("+46 (0)8-123 45", "+46 (0)8-123 45", "tel:+460812345")]
    [InlineData("https://shop.example/help", "https://shop.example/help", "https://shop.example/help")]
    [InlineData("javascript:alert(1)", "javascript:alert(1)", "")]
    [InlineData("a@b.example?bcc=c@d.example", "a@b.example?bcc=c@d.example", "")]
    [InlineData("Ask at the counter", "Ask at the counter", "")]
    public void A_contact_becomes_a_link_where_it_safely_can(string contact, string shown, string link)
    {
        Assert.Equal((shown, link), BrandLinks.Contact(contact));
    }

    [Fact]
    public void Values_are_escaped_in_html_unless_a_template_says_raw()
    {
        var template = Notices.Template(text: Plain + " {{ customer.name }}", html: Plain + " {{ customer.name }}|{{ customer.name | raw }}|{{ raw '<b>' }}");
        var request = Notices.Sent.Of(snapshot => snapshot with { Customer = new OrderCustomer { Name = "<i>" } });

        var message = Notices.Composer(template).Compose(request, Notices.Now).Message!;

        Assert.Contains("&lt;i&gt;|<i>|<b>", message.Html!, StringComparison.Ordinal);
        Assert.EndsWith(" <i>\n", message.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("red;background:url(https://evil.example)", "#1f4e79", "#ffffff")]
    [InlineData("#ffee88", "#ffee88", "#1d1d1f")]
    [InlineData("#0a5", "#1f4e79", "#ffffff")]
    public void The_brands_colour_is_a_colour_and_text_on_it_can_be_read(string color, string background, string text)
    {
        var message = Message(Notices.Delayed.By(brand => brand with { Color = color }));

        Assert.Contains($"background:{background};color:{text}", message.Html!, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", message.Html!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_html_loads_nothing_and_names_its_language()
    {
        var html = Message(Notices.Delayed).Html!;

        Assert.Contains("<html lang=\"en\" dir=\"ltr\">", html, StringComparison.Ordinal);
        Assert.Contains("<title>Your order 1001 will be late</title>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_name_that_is_longer_than_any_name_fails_instead_of_being_cut()
    {
        var result = Notices
            .Composer()
            .Compose(Notices.Delayed.Of(snapshot => snapshot with { Customer = new OrderCustomer { Name = new string('n', 20_000) } }), Notices.Now);

        Assert.Null(result.Message);
        Assert.DoesNotContain("nnn", result.Failure!, StringComparison.Ordinal);
    }

    private const string Plain =
        "{{ order.number }} {{ for item in items }}{{ item.name }} {{ end }}{{ for parcel in parcels }}{{ parcel.carrier }} {{ parcel.number }} {{ parcel.link }}{{ end }}";

    private static OutboundMessage Message(ComposeRequest request)
    {
        var result = Notices.Composer().Compose(request, Notices.Now);
        Assert.Null(result.Failure);
        return result.Message!;
    }
}
