using System.Globalization;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.Tests.Templates;

public sealed class LintTests
{
    [Theory]
    [InlineData("{{ ordr.number }}", 1, 4, "unknown variable `ordr`")]
    [InlineData("Hello\n{{ if customer.name }}{{ order.nummer }}{{ end }}", 2, 32, "`order` has no `nummer`")]
    [InlineData("{{ if false }}\n  {{ nobody }}{{ end }}", 2, 6, "unknown variable `nobody`")]
    [InlineData("{{ if true }}a{{ else }}\n{{ nobody }}{{ end }}", 2, 4, "unknown variable `nobody`")]
    [InlineData("{{ case order.number }}{{ when '1' }}{{ nobody }}{{ end }}", 1, 41, "unknown variable `nobody`")]
    [InlineData("{{ for item in items }}{{ item.nam }}{{ end }}", 1, 32, "`item` has no `nam`")]
    [InlineData("{{ for item in items }}a{{ else }}{{ nobody }}{{ end }}", 1, 38, "unknown variable `nobody`")]
    [InlineData("{{ for item in items }}{{ end }}{{ item.name }}", 1, 36, "unknown variable `item`")]
    [InlineData("{{ for item in order }}{{ end }}", 1, 16, "`order` is a group of values")]
    [InlineData("{{ for.index }}", 1, 4, "unknown variable `for`")]
    [InlineData("{{ order.number.length }}", 1, 17, "`order.number` is a text and has no `length`")]
    [InlineData("{{ items }}", 1, 4, "`items` is a list")]
    [InlineData("{{ order }}", 1, 4, "`order` has several values")]
    [InlineData("{{ order.number | string.upcas }}", 1, 19, "unknown function `string.upcas`")]
    [InlineData("{{ order.number | string.upcase 1 }}", 1, 19, "`string.upcase` takes 1 values and got 2")]
    [InlineData("{{ items | string.upcase }}", 1, 12, "`string.upcase` cannot be used on a list")]
    [InlineData("{{ string }}", 1, 4, "unknown function `string`")]
    [InlineData("{{ include 'other' }}", 1, 4, "unknown function `include`")]
    [InlineData("{{ object.eval '1' }}", 1, 4, "unknown function `object.eval`")]
    [InlineData("{{ '(a+)+$' | regex.match 'aaa' }}", 1, 15, "unknown function `regex.match`")]
    [InlineData("{{ string.pad_left 'a' 100000000 }}", 1, 4, "unknown function `string.pad_left`")]
    [InlineData("{{ 'a' * 100000000 }}", 1, 4, "`*` cannot be used here")]
    [InlineData("{{ for i in 1..1000000000 }}{{ end }}", 1, 13, "`..` cannot be used here")]
    [InlineData("{{ import order }}", 1, 4, "`import` is not part of message templates")]
    [InlineData("{{ while true }}{{ end }}", 1, 4, "`while` is not part of message templates")]
    [InlineData("{{ func f }}{{ f }}{{ end }}", 1, 4, "`function` is not part of message templates")]
    [InlineData("{{ [1,2] }}", 1, 4, "`arrayinitializer` is not part of message templates")]
    [InlineData("{{ order = 1 }}", 1, 4, "`order` is given and cannot be assigned")]
    [InlineData("{{ order.number = 1 }}", 1, 4, "only a variable of the template can be assigned")]
    [InlineData("{{ if order.more_to_come }}{{ x = 'a' }}{{ end }}{{ x }}", 1, 53, "unknown variable `x`")]
    [InlineData("{{ if order.number }", 1, 20, "")]
    public void A_fault_stops_the_start_with_line_and_column(string text, int line, int column, string message)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => new TemplateCatalog([Notices.Template(text)]));

        Assert.Contains($"order-shipped.en, text({line},{column}): {message}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_every_template_is_listed_at_once()
    {
        var exception = Assert.Throws<InvalidOperationException>(() =>
            new TemplateCatalog([
                Notices.Template(text: "{{ a }} {{ b }}", html: "{{ c }}", subject: "{{ d }}"),
                Notices.Template(culture: "xx-Nowhere"),
                Notices.Template(kind: "order-eaten"),
                Notices.Template(culture: "sv", text: " "),
            ])
        );

        Assert.Contains("order-shipped.en, text(1,4): unknown variable `a`", exception.Message, StringComparison.Ordinal);
        Assert.Contains("order-shipped.en, text(1,12): unknown variable `b`", exception.Message, StringComparison.Ordinal);
        Assert.Contains("order-shipped.en, HTML(1,4): unknown variable `c`", exception.Message, StringComparison.Ordinal);
        Assert.Contains("order-shipped.en, subject(1,4): unknown variable `d`", exception.Message, StringComparison.Ordinal);
        Assert.Contains("unknown culture 'xx-Nowhere'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("unknown kind 'order-eaten'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("the text part is empty", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_template_twice_is_an_error()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => new TemplateCatalog([Notices.Template(), Notices.Template()]));

        Assert.Contains("registered twice", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ x = order.number }}{{ x }}", "1001")]
    [InlineData("{{ order.number | string.upcase }}", "1001")]
    [InlineData("{{ customer.name | string.upcase }}", "ANNA LINDQVIST")]
    [InlineData("{{ string.downcase customer.name }}", "anna lindqvist")]
    [InlineData("{{ '' | object.default customer.name }}", "Anna Lindqvist")]
    [InlineData("{{ delay.causes | array.join ', ' }}", "")]
    [InlineData("{{ (items | array.first).name }}", "Wool throw")]
    [InlineData("{{ items | array.size }} {{ items.size }}", "2 2")]
    [InlineData("{{ for item in items limit:1 }}{{ for.index }}{{ item.name }}{{ end }}", "0Wool throw")]
    [InlineData("{{ for item in items reversed }}{{ item.name }}{{ if !for.last }}, {{ end }}{{ end }}", "Stoneware mug, Wool throw")]
    [InlineData("{{ order.more_to_come ? 'part' : 'all' }}", "all")]
    [InlineData("{{ if next_word.date }}yes{{ else }}no{{ end }}", "no")]
    [InlineData("{{ if delay.causes }}yes{{ else }}no{{ end }}", "no")]
    [InlineData("{{ case order.number }}{{ when '1', '1001' }}hit{{ else }}miss{{ end }}", "hit")]
    [InlineData("{{ 'a b' | html.url_encode }}", "a%20b")]
    [InlineData("{{ items.size > 1 && order.number == '1001' }}", "true")]
    public void What_a_template_may_do_works(string source, string expected)
    {
        var faults = new List<TemplateFault>();
        var part = ScribanRenderer.Parse(source, new PartOrigin("test"), faults)!;
        ScribanRenderer.Lint(part, NoticeModel.Shape, faults);
        Assert.Empty(faults);

        using var session = new ScribanRenderer().Open(NoticeModel.Of(Notices.Sent, Language.English, Notices.Now).Values, CultureInfo.InvariantCulture, []);
        Assert.Equal(expected, session.Render(part, escapesHtml: false).Text);
    }

    [Fact]
    public void The_shape_of_the_model_is_the_same_for_every_kind()
    {
        foreach (var request in PreviewScenarios.All.Select(scenario => PreviewScenarios.Request(scenario, Notices.Shop, "en")!))
        {
            var model = NoticeModel.Of(request, Language.English, Notices.Now).Values;
            Assert.Equal(NoticeModel.Shape.Members!.Keys.Order(), model.Keys.Order());
            foreach (var (name, value) in model.Where(member => member.Value is Func<TemplateModel>))
            {
                Assert.Equal(NoticeModel.Shape.Members[name].Members!.Keys.Order(), ((Func<TemplateModel>)value)().Keys.Order());
            }
        }
    }
}
