using System.Collections.Frozen;

namespace Support.Sdk.Channels;

/// <summary>What a channel is like, whoever uses it.</summary>
public sealed record ChannelNature
{
    /// <summary>True when nobody but the customer and the shop can read it.</summary>
    public required bool IsPrivate { get; init; }

    /// <summary>True when the customer and an agent are there at the same time, and each answers the other at once.</summary>
    public required bool IsLive { get; init; }

    /// <summary>True when it carries long texts and attachments.</summary>
    public required bool TakesLongTexts { get; init; }

    /// <summary>How long the first answer usually takes while it is open: zero to 365 days, both included.</summary>
    public required TimeSpan AnswersWithin { get; init; }

    /// <summary>What the usual channels are like: <c>email</c>, <c>chat</c>, <c>sms</c>, <c>phone</c>, <c>social</c> and <c>self-service</c>.</summary>
    /// <remarks>
    /// Private are all but social, live are chat and phone, and email alone takes long texts. Answers take 24 hours by email, 2 minutes in
    /// chat, an hour by SMS and on social channels, and no time by phone and self-service. The times are ours; a shop that keeps or
    /// misses them sets <see cref="ChannelOption.Nature"/>, for example to <c>ChannelNature.Known["chat"] with { … }</c>.
    /// </remarks>
    public static IReadOnlyDictionary<string, ChannelNature> Known { get; } =
        new Dictionary<string, ChannelNature>(StringComparer.Ordinal)
        {
            ["email"] = Of(TimeSpan.FromHours(24)) with { TakesLongTexts = true },
            ["chat"] = Of(TimeSpan.FromMinutes(2)) with { IsLive = true },
            ["sms"] = Of(TimeSpan.FromHours(1)),
            ["phone"] = Of(TimeSpan.Zero) with { IsLive = true },
            ["social"] = Of(TimeSpan.FromHours(1)) with { IsPrivate = false },
            ["self-service"] = Of(TimeSpan.Zero),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static ChannelNature Of(TimeSpan answersWithin) =>
        new()
        {
            IsPrivate = true,
            IsLive = false,
            TakesLongTexts = false,
            AnswersWithin = answersWithin,
        };
}
