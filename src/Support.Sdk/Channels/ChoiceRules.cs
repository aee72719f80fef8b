namespace Support.Sdk.Channels;

/// <summary>The rules of the choice, in their order; both the choice and its picture are made from them.</summary>
internal static class ChoiceRules
{
    public const string NothingLeft = "None of the channels that were offered is possible.";

    /// <summary>Why a channel is left out.</summary>
    public static IReadOnlyList<Obstacle> Obstacles { get; } =
    [
        new("Does the customer lack a working address there?", "The customer has no working address there.", (_, option) => !option.IsReachable),
        new("Did the customer refuse it, or never agree?", "The customer did not agree to be contacted there.", (_, option) => !option.HasConsent),
        new("Is it closed, and the matter urgent?", "It is closed, and the matter is urgent.", (asked, option) => asked.IsUrgent && asked.IsClosed(option)),
        new(
            "Is it public, and the matter sensitive?",
            "It is public, and the matter is sensitive.",
            (asked, option) => asked.Question.IsSensitive && !option.ActualNature.IsPrivate
        ),
        new("Is it live, and no agent free?", "It is live, and no agent is free.", (_, option) => option is { ActualNature.IsLive: true, FreeStaff: 0 }),
    ];

    /// <summary>What is chosen among those that are left.</summary>
    public static IReadOnlyList<Pick> Picks { get; } =
    [
        new()
        {
            Question = "Does the customer prefer one of them?",
            Outcome = "the channel that is preferred most",
            Reason = "The customer prefers it.",
            Find = left => left.Preferred(),
        },
        new()
        {
            Question = "Is the matter critical and complex, and phone or chat possible?",
            Outcome = "phone, else chat",
            Reason = "The matter is critical and complex, which is best talked over.",
            Find = left => left.Question is { Urgency: Urgency.Critical, Complexity: Complexity.Complex } ? left.Named("phone") ?? left.Named("chat") : null,
        },
        new()
        {
            Question = "Is the matter simple, and self-service possible?",
            Outcome = "self-service",
            Reason = "The matter is simple, and the customer need not wait for anybody.",
            Find = left => left.Question.Complexity == Complexity.Simple ? left.Named("self-service") : null,
        },
        new()
        {
            Question = "Is the matter urgent, and a live private channel possible?",
            Outcome = "the live private channel that answers first",
            Reason = "The matter is urgent, and of the live private channels this one answers first.",
            Find = left => left.IsUrgent ? left.Soonest(option => option.ActualNature is { IsLive: true, IsPrivate: true }) : null,
        },
        new()
        {
            Question = "Is the matter complex, and a channel for long texts possible?",
            Outcome = "the channel for long texts that answers first",
            Reason = "The matter is complex, and of the channels for long texts and attachments this one answers first.",
            Find = left => left.Question.Complexity == Complexity.Complex ? left.Soonest(option => option.ActualNature.TakesLongTexts) : null,
        },
        new()
        {
            Question = "Is email possible?",
            Outcome = "email",
            Reason = "No better channel is possible, and email is the usual one.",
            Find = left => left.Named("email"),
        },
        new()
        {
            Question = "Is any other channel possible?",
            Outcome = "the channel that answers first, self-service last",
            Reason = "Email is not possible, and of the other channels this one answers first.",
            Find = left => left.Soonest(option => !string.Equals(option.Name, "self-service", StringComparison.Ordinal)) ?? left.Named("self-service"),
        },
    ];
}

/// <summary>Why a channel may be left out.</summary>
/// <param name="Question">What is asked of each channel.</param>
/// <param name="Reason">Why it is left out when the answer is yes.</param>
/// <param name="Holds">The answer.</param>
internal sealed record Obstacle(string Question, string Reason, Func<ChoiceSituation, ChannelOption, bool> Holds);

/// <summary>A rule that may choose one of the channels that are left.</summary>
internal sealed record Pick
{
    /// <summary>What is asked.</summary>
    public required string Question { get; init; }

    /// <summary>Which channel it is when the answer is yes.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why this one.</summary>
    public required string Reason { get; init; }

    /// <summary>The channel, or null when the answer is no.</summary>
    public required Func<ChoiceSituation, ChannelOption?> Find { get; init; }
}
