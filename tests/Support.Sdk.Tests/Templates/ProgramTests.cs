using System.Globalization;
using Support.Sdk.Shops;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.Tests.Templates;

/// <summary>Scriban is the judge of what a template means.</summary>
public sealed class ProgramTests
{
    [Theory]
    [MemberData(nameof(PreviewTests.Every), MemberType = typeof(PreviewTests))]
    public void A_built_in_template_reads_and_writes_what_Scriban_would(string kind, string name, string culture)
    {
        var shop = PreviewOrders.Shop with { Culture = culture };
        var template = new TemplateCatalog([]).Find(kind, shop, culture)!;
        var values = Values(new PreviewScenario(kind, name), shop, culture, template.Language);
        foreach (var part in new[] { template.Subject, template.Text, template.Html })
        {
            Assert.NotNull(part.Program);
            AssertSame(part, values);
        }
    }

    [Theory]
    [InlineData("{{ x = order.number }}{{ if x == '1001' }}{{ x = x + '!' }}{{ end }}{{ x }}")]
    [InlineData("{{ for item in items }}{{ for.index }}{{ for.first }}{{ for.last }}{{ for.rindex }}{{ for.length }}{{ for.even }}{{ for.odd }};{{ end }}")]
    [InlineData("{{ for cause in delay.causes }}x{{ else }}none{{ end }}")]
    [InlineData("{{ items.size > 1 && order.number == 1001 }} {{ items.size + 1 }} {{ items.size == 2 ? 'two' : 'more' }}")]
    [InlineData("{{ !order.more_to_come }} {{ order.more_to_come || customer.name }}")]
    [InlineData("{{ (items | array.first).name | string.upcase }} {{ (items | array.last).quantity }}")]
    [InlineData("{{ customer.name | object.default 'you' }} {{ '' | object.default 'you' }} {{ '<b>' | raw }} {{ '<b>' }}")]
    [InlineData("{{ customer.name.size }} {{ order.number < '2' }} {{ order.number >= '1001' }} {{ order.number != '1001' }}")]
    [InlineData("a {{- ' b ' -}} c\n  {{~ if true ~}}  \n d {{~ end ~}}\n e")]
    public void An_expression_means_what_it_means_to_Scriban(string source)
    {
        var part = ScribanRenderer.Parse(source, new PartOrigin("test"), [])!;

        Assert.NotNull(part.Program);
        AssertSame(part, NoticeModel.Of(Notices.Sent, Language.English, Notices.Now).Values);
    }

    [Theory]
    [InlineData("{{ for item in items limit:1 }}{{ item.name }}{{ end }}")]
    [InlineData("{{ case order.number }}{{ when '1001' }}x{{ end }}")]
    [InlineData("{{ while true }}{{ end }}")]
    public void What_is_rare_or_forbidden_is_left_to_Scriban(string source)
    {
        Assert.Null(ScribanRenderer.Parse(source, new PartOrigin("test"), [])!.Program);
    }

    private static TemplateModel Values(PreviewScenario scenario, Shop shop, string culture, Language language) =>
        PreviewScenarios.Request(scenario, shop, culture) is { } notice
            ? NoticeModel.Of(notice, language, PreviewOrders.Now).Values
            : TicketModel.Of(TicketPreviews.Request(scenario, shop, culture)!, BrandModel.Of(shop), language, PreviewOrders.Now).Values;

    private static void AssertSame(ScribanRenderer.ParsedPart part, TemplateModel values)
    {
        var (ours, theirs) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        using var session = new ScribanRenderer().Open(values, CultureInfo.InvariantCulture, ours);

        var expected = new ScribanContext().Render(part.Template, ScribanModel.Of(values, theirs), CultureInfo.InvariantCulture, escapesHtml: true);

        Assert.Equal(expected, session.Render(part, escapesHtml: true).Text);
        Assert.Equal(theirs.Where(IsValue).Order(StringComparer.Ordinal), ours.Where(IsValue).Order(StringComparer.Ordinal));
    }

    // Scriban looks for its own functions and variables in the model as well.
    private static bool IsValue(string path) => path.Contains('.', StringComparison.Ordinal) && !path.EndsWith(".size", StringComparison.Ordinal);
}
