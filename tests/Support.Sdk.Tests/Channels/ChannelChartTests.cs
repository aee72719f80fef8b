using System.Text.RegularExpressions;
using Support.Sdk.Channels;
using Xunit;

namespace Support.Sdk.Tests.Channels;

public sealed partial class ChannelChartTests
{
    private static readonly string[] Lines = ChannelChoice.ToMermaid().TrimEnd('\n').Split('\n');

    private static readonly Match[] Nodes = [.. Lines.SelectMany(line => Node().Matches(line))];

    private static readonly (string From, string To)[] Arrows =
    [
        .. Lines.SelectMany(line => Arrow().Matches(line)).Select(arrow => (arrow.Groups["from"].Value, arrow.Groups["to"].Value)),
    ];

    [Fact]
    public void It_is_a_flow_chart_from_top_to_bottom() => Assert.Equal("flowchart TD", Lines[0]);

    [Fact]
    public void It_has_the_same_lines_on_every_system() => Assert.DoesNotContain('\r', ChannelChoice.ToMermaid());

    [Fact]
    public void Each_rule_appears_once_in_its_order()
    {
        var questions = ChoiceRules.Obstacles.Select(rule => rule.Question).Concat(ChoiceRules.Picks.Select(rule => rule.Question));

        Assert.Equal(questions, Nodes.Select(node => node.Groups["label"].Value).Where(label => label.EndsWith('?')));
    }

    [Fact]
    public void Each_reason_appears_once()
    {
        var reasons = ChoiceRules.Obstacles.Select(rule => rule.Reason).Concat(ChoiceRules.Picks.Select(rule => rule.Reason)).Append(ChoiceRules.NothingLeft);

        Assert.All(reasons, reason => Assert.Single(Nodes, node => node.Groups["label"].Value.EndsWith(": " + reason, StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_node_is_named_once() => Assert.Equal(Nodes.Length, Nodes.Select(node => node.Groups["id"].Value).Distinct().Count());

    [Fact]
    public void Arrows_lead_from_and_to_nodes_that_exist()
    {
        var ids = Nodes.Select(node => node.Groups["id"].Value).ToList();

        Assert.All(Arrows, arrow => Assert.Contains(arrow.From, ids));
        Assert.All(Arrows, arrow => Assert.Contains(arrow.To, ids));
    }

    [Fact]
    public void Each_node_but_the_first_is_led_to_once() =>
        Assert.Equal(
            Nodes.Select(node => node.Groups["id"].Value).Except(["offered"]).Order(StringComparer.Ordinal),
            Arrows.Select(arrow => arrow.To).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Each_question_has_a_yes_and_a_no() =>
        Assert.All(
            Nodes.Where(node => node.Groups["label"].Value.EndsWith('?')).Select(node => node.Groups["id"].Value),
            id =>
            {
                Assert.Single(Lines, line => line.Trim().StartsWith($"{id} -->|yes| ", StringComparison.Ordinal));
                Assert.Single(Lines, line => line.Trim().StartsWith($"{id} -->|no| ", StringComparison.Ordinal));
            }
        );

    [Fact]
    public void Text_in_a_label_is_printed_and_not_read() => Assert.Equal("\"Say #quot;#35;1#quot;\"", ChoiceChart.Label("Say \"#1\""));

    [GeneratedRegex("""(?<id>[a-z]+[0-9]*)(\(\[|\[|\{)"(?<label>[^"]+)"(\]\)|\]|\})""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Node();

    [GeneratedRegex("""^  (?<from>[a-z]+[0-9]*)\b.* -->(\|(yes|no)\|)? (?<to>[a-z]+[0-9]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Arrow();
}
