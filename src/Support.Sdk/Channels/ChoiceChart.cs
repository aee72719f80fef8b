using System.Text;

namespace Support.Sdk.Channels;

/// <summary>Draws rules as a Mermaid flow chart: first what is asked of each channel, then what is asked of those that are left.</summary>
internal static class ChoiceChart
{
    public static string Draw(IReadOnlyList<Obstacle> obstacles, IReadOnlyList<Pick> picks, string nothingLeft)
    {
        var chart = new StringBuilder("flowchart TD\n");
        Line(chart, $"offered([{Label("Each channel that is offered")}]) --> obstacle1");
        foreach (var (index, rule) in obstacles.Index())
        {
            var id = $"obstacle{index + 1}";
            Ask(chart, id, rule.Question, next: index + 1 < obstacles.Count ? $"obstacle{index + 2}" : "left");
            Line(chart, $"{id} -->|yes| out{index + 1}[{Label($"Left out: {rule.Reason}")}]");
        }

        Line(chart, $"left([{Label("All channels that are left")}]) --> pick1");
        foreach (var (index, rule) in picks.Index())
        {
            var id = $"pick{index + 1}";
            Ask(chart, id, rule.Question, next: index + 1 < picks.Count ? $"pick{index + 2}" : "none");
            Line(chart, $"{id} -->|yes| chosen{index + 1}[{Label($"{rule.Outcome}: {rule.Reason}")}]");
        }

        Line(chart, $"none[{Label($"none: {nothingLeft}")}]");
        return chart.ToString();
    }

    /// <summary>A text as Mermaid prints it and does not read it.</summary>
    public static string Label(string text) => $"\"{text.Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal)}\"";

    private static void Ask(StringBuilder chart, string id, string question, string next)
    {
        Line(chart, $"{id}{{{Label(question)}}}");
        Line(chart, $"{id} -->|no| {next}");
    }

    // Not AppendLine: the chart is the same text on every system.
    private static void Line(StringBuilder chart, string line) => chart.Append("  ").Append(line).Append('\n');
}
