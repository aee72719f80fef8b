using Support.Sdk.Orders;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.Tests.Templates;

public sealed class OmittedFactTests
{
    public static TheoryData<string, string> Omissions =>
        new()
        {
            { "{{ item.text }}", "items" },
            { "{{ promise.text }}", "promise.arrival_date" },
            { "{{ cause }}", "delay.causes" },
            { "{{ delay.new_date_text }}", "delay.new_date" },
            { "{{ next_word.text }}", "next_word.date" },
            { "{{ option }}", "options.texts" },
            { "{{ brand.orders_link }}", "brand.orders_link" },
            { "{{ parcel.number }}", "parcels.number" },
        };

    [Theory]
    [MemberData(nameof(Omissions))]
    public void A_delay_text_that_leaves_out_a_fact_is_not_sent(string printed, string fact)
    {
        var builtIn = BuiltIn(NoticeKinds.OrderDelayed);
        var template = builtIn with { Text = builtIn.Text.Replace(printed, "", StringComparison.Ordinal), Origin = null };

        var result = Notices.Composer(template).Compose(Notices.Delayed, Notices.Now);

        Assert.Null(result.Message);
        Assert.Contains($"the text part does not carry the fact '{fact}'", result.Failure!, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Omissions))]
    public void A_delay_html_that_leaves_out_a_fact_is_not_sent(string printed, string fact)
    {
        var builtIn = BuiltIn(NoticeKinds.OrderDelayed);
        var html = builtIn.Html.Replace("{{ delay.headline }}", "", StringComparison.Ordinal).Replace(printed, "", StringComparison.Ordinal);

        var result = Notices.Composer(builtIn with { Html = html, Origin = null }).Compose(Notices.Delayed, Notices.Now);

        Assert.Contains($"the HTML part does not carry the fact '{fact}'", result.Failure!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ order.number }}", "delay.statement")]
    [InlineData("", "order.number")]
    public void A_delay_text_that_does_not_say_how_certain_it_is_is_not_sent(string instead, string fact)
    {
        var builtIn = BuiltIn(NoticeKinds.OrderDelayed);
        var template = builtIn with { Text = builtIn.Text.Replace("{{ delay.statement }}", instead, StringComparison.Ordinal), Origin = null };

        Assert.Contains(
            $"the text part does not carry the fact '{fact}'",
            Notices.Composer(template).Compose(Notices.Delayed, Notices.Now).Failure!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Own_words_around_the_certainty_and_the_lateness_are_enough()
    {
        const string OwnWords = "{{ order.number }} {{ delay.certainty }} come {{ delay.late_days }} days late";
        var builtIn = BuiltIn(NoticeKinds.OrderDelayed);
        var text = builtIn.Text.Replace("{{ delay.statement }}", OwnWords, StringComparison.Ordinal);

        Assert.Null(Notices.Composer(builtIn with { Text = text, Origin = null }).Compose(Notices.Delayed, Notices.Now).Failure);
    }

    [Fact]
    public void A_fact_in_the_address_of_a_link_is_not_read_by_anybody()
    {
        Assert.False(new Reading("see https://shop.example/orders/1001").Has("1001"));
        Assert.True(new Reading("see https://shop.example/orders/1001").Has("https://shop.example/orders/1001"));
        Assert.False(new Reading(HtmlText.Visible("<a href=\"https://shop.example/1001\">order</a>")).Has("1001"));
        Assert.True(new Reading("1 × Book http://x.example/ in blue").Has("Book http://x.example/ in blue"));
        Assert.True(new Reading(HtmlText.Visible("<a class=x href='https://x.example/?a=1&amp;b=2'>order</a>")).Has("https://x.example/?a=1&b=2"));
        Assert.True(new Reading(HtmlText.Visible("order <b>10</b>01")).Has("1001"));
    }

    [Theory]
    [InlineData("{{ parcel.number }}", "parcels.number")]
    [InlineData("{{ parcel.carrier }}", "parcels.carrier")]
    [InlineData("{{ parcel.link }}", "parcels.link")]
    public void A_shipped_message_that_leaves_out_a_fact_is_not_sent(string printed, string fact)
    {
        var builtIn = BuiltIn(NoticeKinds.OrderShipped);
        var template = builtIn with { Html = builtIn.Html.Replace(printed, "", StringComparison.Ordinal) };

        Assert.Contains($"'{fact}'", Notices.Composer(template).Compose(Notices.Sent, Notices.Now).Failure!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_in_a_comment_or_in_the_title_is_not_seen_by_anybody()
    {
        var template = Notices.Template(
            kind: NoticeKinds.OrderDelivered,
            subject: "{{ order.number }}",
            text: "{{ order.number }} {{ delivered.date }} {{ for item in items }}{{ item.name }} {{ end }}",
            html: "<!-- {{ order.number }} --> {{ delivered.date }} {{ for item in items }}{{ item.name }} {{ end }}"
        );

        Assert.Contains("'order.number'", Notices.Composer(template).Compose(Notices.Delivered, Notices.Now).Failure!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_inside_a_longer_number_is_not_that_number()
    {
        Assert.False(FactCheck.Contains("order 41001 and 10012", "1001"));
        Assert.True(FactCheck.Contains("order 41001 and 1001.", "1001"));
        Assert.True(FactCheck.Contains("注文1001の", "1001"));
    }

    [Fact]
    public void A_failure_tells_the_fact_and_no_personal_data()
    {
        var template = Notices.Template(kind: NoticeKinds.OrderShipped, text: "{{ customer.name }}", html: "{{ customer.name }}");

        var failure = Notices.Composer(template).Compose(Notices.Sent, Notices.Now).Failure!;

        Assert.Equal("order-shipped.en: the text part does not carry the fact 'order.number'. Print it with {{ order.number }}.", failure);
    }

    [Theory]
    [InlineData("sv", "fredag 4 december 2026")]
    [InlineData("nb", "4. desember 2026")]
    public void A_template_in_another_language_than_English_may_word_our_sentences_itself(string culture, string date)
    {
        var customer = Notices.Delayed.Of(snapshot => snapshot with { Customer = snapshot.Customer with { Culture = culture } });

        var result = Notices.Composer(Swedish() with { Culture = culture }).Compose(customer, Notices.Now);

        Assert.Null(result.Failure);
        Assert.Equal(culture, result.Message!.Culture);
        Assert.Contains("blir 3 dagar sen", result.Message.Text, StringComparison.Ordinal);
        Assert.Contains(date, result.Message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_in_another_language_that_never_asks_how_certain_it_is_is_not_sent()
    {
        var template = Swedish();
        var sure = template with { Text = Sure(template.Text), Html = Sure(template.Html) };

        Assert.Contains("'delay.statement'", Notices.Composer(sure).Compose(Notices.Delayed.Of(InSwedish), Notices.Now).Failure!, StringComparison.Ordinal);

        static string Sure(string part) => part.Replace("if delay.certainty == \"may\"", "if delay.ships", StringComparison.Ordinal);
    }

    private static OrderSnapshot InSwedish(OrderSnapshot snapshot) => snapshot with { Customer = snapshot.Customer with { Culture = "sv-SE" } };

    private static MessageTemplate BuiltIn(string kind) =>
        BuiltInTemplates.Read().Single(template => template.Culture is "en" && string.Equals(template.Kind, kind, StringComparison.Ordinal));

    private static MessageTemplate Swedish()
    {
        const string Words = """
            Order {{ order.number }} {{ if delay.certainty == "may" }}kan bli{{ else }}blir{{ end }} {{ if delay.late_days > 0 }}{{ delay.late_days }} dagar {{ end }}sen.
            {{ for item in items }}{{ item.quantity }} {{ item.name }}, {{ end }}
            {{ for parcel in parcels }}{{ parcel.number }}, {{ end }}
            Utlovat: {{ promise.date }}. Nytt: {{ delay.new_date }}. Nästa besked: {{ next_word.date }}.
            {{ for quote in delay.quotes }}{{ quote.source }}: {{ quote.text }}{{ end }}{{ if delay.reason_text }}Vi vet inte varför.{{ end }}
            {{ if options.is_shipped }}Vänta eller hör av dig.{{ else }}Vänta, avboka eller ändra adress.{{ end }}
            {{ brand.orders_link }} {{ brand.contact }}
            """;
        return Notices.Template(kind: NoticeKinds.OrderDelayed, culture: "sv", subject: "Order {{ order.number }}", text: Words, html: Words);
    }
}
