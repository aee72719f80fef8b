using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Orders;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.Tests.Templates;

public sealed class PreviewTests
{
    private readonly ITemplatePreview _preview = Preview();

    public static TheoryData<string, string, string> Every =>
        [
            .. from scenario in PreviewScenarios.All.Concat(TicketPreviews.All)
            from culture in new[] { "en", "sv" }
            select (scenario.Kind, scenario.Name, culture),
        ];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Every_situation_is_written_in_both_languages(string kind, string name, string culture)
    {
        var preview = await _preview.RenderAsync(new PreviewScenario(kind, name), culture, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(preview.Failure);
        Assert.Equal(culture, preview.Message!.Culture);
        Assert.Contains("1001", preview.Message.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", preview.Message.Text + preview.Message.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", preview.Message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_has_a_situation()
    {
        Assert.Equal(
            BuiltInTemplates.Kinds.Order(StringComparer.Ordinal),
            _preview.Scenarios.Select(scenario => scenario.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(NoticeKinds.ShopAlert, NoticeKinds.All);
    }

    [Fact]
    public async Task What_does_not_exist_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _preview.RenderAsync(new PreviewScenario("order-eaten", "first"), "en"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _preview.RenderAsync(_preview.Scenarios[0], "en", "nobody"));
    }

    [Fact]
    public async Task A_template_that_leaves_out_a_fact_is_shown_with_the_reason_and_no_message()
    {
        var preview = await Preview(Notices.Template(text: "Hello")).RenderAsync(new PreviewScenario(NoticeKinds.OrderShipped, "one-parcel"), "en");

        Assert.Null(preview.Message);
        Assert.Contains("'order.number'", preview.Failure!, StringComparison.Ordinal);
    }

    private static ITemplatePreview Preview(params MessageTemplate[] templates)
    {
        var services = new ServiceCollection();
        var builder = services.AddSupport().AddShop(Given.Shop);
        foreach (var template in templates)
        {
            builder.AddTemplate(template);
        }

        return services.BuildServiceProvider().GetRequiredService<ITemplatePreview>();
    }
}
