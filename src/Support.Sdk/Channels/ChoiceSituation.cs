namespace Support.Sdk.Channels;

/// <summary>What the rules look at.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Now">The moment of the choice.</param>
/// <param name="Options">The channels to choose from, in the order of their names, so that of two equal ones always the same is found.</param>
internal sealed record ChoiceSituation(ChannelQuestion Question, DateTimeOffset Now, IReadOnlyList<ChannelOption> Options)
{
    public bool IsUrgent => Question.Urgency is Urgency.High or Urgency.Critical;

    public bool IsClosed(ChannelOption option) => option.OpensAt > Now;

    public ChannelOption? Named(string name) => Options.FirstOrDefault(option => string.Equals(option.Name, name, StringComparison.Ordinal));

    public ChannelOption? Preferred() => Question.Preferred.Select(Named).FirstOrDefault(option => option is not null);

    /// <summary>The one whose first answer comes first, if it is asked now, of those that suit.</summary>
    public ChannelOption? Soonest(Func<ChannelOption, bool> suits) => Options.Where(suits).MinBy(Wait);

    private TimeSpan Wait(ChannelOption option) => (IsClosed(option) ? option.OpensAt!.Value - Now : TimeSpan.Zero) + option.ActualNature.AnswersWithin;
}
