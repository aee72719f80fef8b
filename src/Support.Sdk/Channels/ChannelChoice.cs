namespace Support.Sdk.Channels;

/// <summary>Chooses the channel on which a matter is best settled, and says why.</summary>
/// <remarks>
/// First each channel that cannot serve is left out, with the first reason that holds; then the first rule that finds a channel among
/// the others decides. The rules are data: <see cref="ToMermaid"/> draws those that <see cref="Choose"/> follows. Both are pure and safe for
/// any thread: the same question gives the same answer, in whatever order the channels are offered.
/// </remarks>
public static class ChannelChoice
{
    /// <summary>Chooses a channel.</summary>
    /// <param name="question">The matter, the customer's wishes, and the channels.</param>
    /// <param name="now">The moment at which the channels are open or closed.</param>
    /// <exception cref="ArgumentException">
    /// A channel has no name, one without <see cref="ChannelOption.Nature"/> that is not known, or one that was offered already; its free staff is
    /// negative, or <see cref="ChannelNature.AnswersWithin"/> out of range.
    /// </exception>
    public static ChannelAnswer Choose(ChannelQuestion question, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (ChannelFaults.Find(question.Channels) is { } fault)
        {
            throw new ArgumentException(fault, nameof(question));
        }

        var offered = new ChoiceSituation(question, now, [.. question.Channels.OrderBy(option => option.Name, StringComparer.Ordinal)]);
        var possible = offered with { Options = [.. offered.Options.Where(option => WhyNot(option, offered) is null)] };
        var rule = ChoiceRules.Picks.FirstOrDefault(rule => rule.Find(possible) is not null);
        var chosen = rule?.Find(possible);
        return new ChannelAnswer
        {
            Channel = chosen?.Name,
            Reason = rule?.Reason ?? ChoiceRules.NothingLeft,
            PassedOver =
            [
                .. offered
                    .Options.Where(option => option != chosen)
                    .Select(option => new PassedOver(option.Name, WhyNot(option, offered) ?? $"It is possible, but {chosen?.Name} comes first.")),
            ],
        };
    }

    /// <summary>Draws the rules as a flow chart: the text of a Mermaid <c>flowchart TD</c>, with lines that end in <c>\n</c>.</summary>
    public static string ToMermaid() => ChoiceChart.Draw(ChoiceRules.Obstacles, ChoiceRules.Picks, ChoiceRules.NothingLeft);

    private static string? WhyNot(ChannelOption option, ChoiceSituation offered) =>
        ChoiceRules.Obstacles.FirstOrDefault(rule => rule.Holds(offered, option))?.Reason;
}
