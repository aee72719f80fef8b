using System.Globalization;
using Support.Sdk.Orders;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.Tests.Templates;

/// <summary>What the check at the start lets through, or would let through if it had a hole, still stops.</summary>
public sealed class HostileTemplateTests
{
    private const long MaxBytes = 64 * 1024 * 1024;

    [Theory]
    [InlineData("{{ while true }}{{ end }}")]
    [InlineData("{{ while true }}x{{ end }}")]
    [InlineData("{{ for i in 1..1000000000 }}{{ end }}")]
    [InlineData("{{ for a in items }}{{ for b in items }}{{ for c in items }}{{ for d in items }}x{{ end }}{{ end }}{{ end }}{{ end }}")]
    [InlineData("{{ for a in items }}{{ for b in items }}{{ b.name }}{{ a.name }}{{ end }}{{ end }}")]
    [InlineData("{{ func f }}{{ f }}{{ end }}{{ f }}")]
    [InlineData("{{ x = 'xxxxxxxx' }}{{ for i in items }}{{ x = x + x }}{{ end }}")]
    [InlineData("{{ x = 'x' }}{{ for i in items }}{{ x = x + i.name }}{{ end }}")]
    [InlineData("{{ x = 'xxxxxxxx' }}{{ while true }}{{ x = x + 'y' }}{{ end }}")]
    [InlineData("{{ 'x' * 2000000000 }}")]
    [InlineData("{{ x = 'x' * 16000 }}{{ for i in items }}{{ y = x | string.upcase }}{{ z = y | string.downcase }}{{ end }}")]
    [InlineData("{{ x = [] }}{{ while true }}{{ x = x + [x] }}{{ end }}")]
    [InlineData("{{ x = 'x' * 16000 }}{{ for i in items }}{{ x }}{{ end }}")]
    public void A_hostile_template_stops_at_a_limit_within_64_megabytes(string source)
    {
        var part = ScribanRenderer.Parse(source, new PartOrigin("hostile"), [])!;
        using var session = new ScribanRenderer().Open(ManyItems(), CultureInfo.InvariantCulture, []);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var rendered = session.Render(part, escapesHtml: true);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytes);
        Assert.Null(rendered.Text);
        Assert.Matches("(?i)limit|more than", rendered.Fault!.Message);
    }

    [Theory]
    [InlineData("{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match '^(a+)+$' }}")]
    [InlineData("{{ object.eval '1' }}")]
    [InlineData("{{ include 'x' }}")]
    [InlineData("{{ date.now }}")]
    [InlineData("{{ string.pad_left 'x' 100000000 }}")]
    [InlineData("{{ array.add items 1 }}")]
    [InlineData("{{ order.fill }}")]
    public void A_function_that_is_not_offered_does_not_exist(string source)
    {
        var part = ScribanRenderer.Parse(source, new PartOrigin("hostile"), [])!;
        using var session = new ScribanRenderer().Open(ManyItems(), CultureInfo.InvariantCulture, []);

        Assert.NotNull(session.Render(part, escapesHtml: true).Fault);
    }

    [Theory]
    [InlineData("{{ if order.number }}", 20_000)]
    [InlineData("{{ ((((((((((((((((((((((((((((((((", 3_000)]
    [InlineData("{{ 1 }}{{ if order.number }}{{ for i in items }}", 2_000)]
    public void A_template_that_is_nested_too_deep_is_a_fault(string source, int times)
    {
        var faults = new List<TemplateFault>();

        Assert.Null(ScribanRenderer.Parse(string.Concat(Enumerable.Repeat(source, times)), new PartOrigin("deep"), faults));
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void A_loop_that_runs_wild_fails_the_message_and_the_next_one_is_written()
    {
        var wild = Notices.Template(text: "{{ for a in items }}{{ for b in items }}{{ a.name }}{{ end }}{{ end }}");
        var composer = Notices.Composer(wild);
        var many = Notices.Sent.Of(snapshot =>
            snapshot with
            {
                Items = [.. Enumerable.Range(1, 1000).Select(number => new OrderItem { Name = $"Secret {number}" })],
            }
        );

        var failure = composer.Compose(many, Notices.Now).Failure!;

        Assert.StartsWith("order-shipped.en, text(1,", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", failure, StringComparison.Ordinal);
        Assert.NotNull(composer.Compose(Notices.Delivered, Notices.Now).Message);
    }

    [Fact]
    public void An_order_of_a_thousand_lines_is_written_in_full()
    {
        var many = Notices.Sent.Of(snapshot =>
            snapshot with
            {
                Items = [.. Enumerable.Range(1, 1000).Select(number => new OrderItem { Name = $"Item {number}" })],
            }
        );

        var message = Notices.Composer().Compose(many, Notices.Now).Message!;

        Assert.Contains("1 × Item 1000\n", message.Text, StringComparison.Ordinal);
        Assert.Contains("1 × Item 1000<", message.Html!, StringComparison.Ordinal);
    }

    private static TemplateModel ManyItems() =>
        new()
        {
            ["order"] = new TemplateModel { ["number"] = "1" },
            ["items"] = Enumerable.Range(0, 1000).Select(_ => new TemplateModel { ["name"] = new string('n', 100) }).ToList<object>(),
        };
}
