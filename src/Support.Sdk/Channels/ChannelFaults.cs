namespace Support.Sdk.Channels;

/// <summary>Finds what nobody can choose from.</summary>
internal static class ChannelFaults
{
    private static readonly TimeSpan Slowest = TimeSpan.FromDays(365);

    /// <summary>What is wrong and what to do about it, or null.</summary>
    public static string? Find(IReadOnlyList<ChannelOption> options) => options.Select(Find).FirstOrDefault(fault => fault is not null) ?? FindTwice(options);

    private static string? FindTwice(IReadOnlyList<ChannelOption> options) =>
        options.CountBy(option => option.Name, StringComparer.Ordinal).Where(name => name.Value > 1).Select(name => name.Key).FirstOrDefault() is { } twice
            ? $"The channel '{twice}' is offered more than once. Offer each channel once."
            : null;

    private static string? Find(ChannelOption option) =>
        option switch
        {
            _ when string.IsNullOrWhiteSpace(option.Name) => "A channel has no name. Set ChannelOption.Name, for example to email.",
            { Nature: null } when !ChannelNature.Known.ContainsKey(option.Name) =>
                $"The channel '{option.Name}' is not known. Set its Nature, or use one of {string.Join(", ", ChannelNature.Known.Keys.Order(StringComparer.Ordinal))}.",
            { FreeStaff: < 0 } => $"The channel '{option.Name}' has less than no free staff. Set FreeStaff to 0 or more, or to null for no limit.",
            { ActualNature.AnswersWithin: var time } when time < TimeSpan.Zero || time > Slowest =>
                $"The channel '{option.Name}' answers within {time}. Set AnswersWithin to between zero and 365 days.",
            _ => null,
        };
}
