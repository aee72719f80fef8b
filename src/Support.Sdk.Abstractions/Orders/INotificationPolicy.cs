using Support.Sdk.Contacts;
using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>Decides what a customer, and the shop's own people, are told. A pure function: no clock, no I/O.</summary>
/// <remarks>Register your own before <c>AddSupport()</c> to replace the built-in one.</remarks>
public interface INotificationPolicy
{
    /// <summary>Decides about everything that could be told at <paramref name="now"/>.</summary>
    /// <returns>
    /// One proposal an occasion; at most one of those for the customer has the verdict Send or Hold. Proposals of the kind
    /// <see cref="NoticeKinds.ShopAlert"/> are for the shop's own people and come besides. Empty when there is nothing to tell.
    /// </returns>
    IReadOnlyList<NoticeProposal> Decide(DecisionInput input, DateTimeOffset now);
}

/// <summary>What a decision is made from.</summary>
public sealed record DecisionInput
{
    /// <summary>The order.</summary>
    public required WatchedOrder Order { get; init; }

    /// <summary>What its facts mean.</summary>
    public required DelayAssessment Assessment { get; init; }

    /// <summary>Its shop.</summary>
    public required ShopView Shop { get; init; }

    /// <summary>The names of the channels that are registered.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>What was recently sent to the customer's contact points.</summary>
    public IReadOnlyList<RecentContact> Recent { get; init; } = [];

    /// <summary>What is known about the customer's contact points; one that is not listed is fine. Their canonical points are filled in.</summary>
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>True while a source is registered that can be asked for the order.</summary>
    public bool CanAskSource { get; init; }
}

/// <summary>What was recently sent to one contact point, across all orders of its shop.</summary>
public sealed record RecentContact
{
    /// <summary>The contact point.</summary>
    public required ContactPoint ContactPoint { get; init; }

    /// <summary>How many messages were decided for it in the last 24 hours.</summary>
    public int InLastDay { get; init; }

    /// <summary>When the oldest of these leaves the 24 hours, or null when there are none.</summary>
    public DateTimeOffset? NextSlotAt { get; init; }

    /// <summary>True when the last message to it was rejected or bounced.</summary>
    public bool Unreachable { get; init; }
}

/// <summary>What a policy proposes for one occasion.</summary>
public sealed record NoticeProposal
{
    /// <summary>What it is about.</summary>
    public required Occasion Occasion { get; init; }

    /// <summary>What to do.</summary>
    public required DecisionVerdict Verdict { get; init; }

    /// <summary>Why, in a sentence without personal data, and without times, so that a standing decision is recorded once.</summary>
    public required string Reason { get; init; }

    /// <summary>When to decide again, for Wait and Look.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whom to tell, for Send and Hold.</summary>
    public ContactPoint? To { get; init; }

    /// <summary>The zone in which the customer reads dates and has quiet hours (IANA).</summary>
    public string? TimeZone { get; init; }

    /// <summary>The culture that the customer chose to be written to, or null for that of the order.</summary>
    public string? Culture { get; init; }

    /// <summary>The signals that the message names, the gravest first.</summary>
    public IReadOnlyList<DelaySignal> Signals { get; init; } = [];

    /// <summary>The parcels that the message names.</summary>
    public IReadOnlyList<string> Parcels { get; init; } = [];

    /// <summary>The new date that the message tells, or null when none can be given.</summary>
    public PromiseDate? NewDate { get; init; }

    /// <summary>How a delay notice relates to the ones before it. Without a <see cref="NewDate"/> the delay is indefinite.</summary>
    public NoticeNews News { get; init; }

    /// <summary>By when the message promises the next word, or null.</summary>
    public DateTimeOffset? NextWordBy { get; init; }

    /// <summary>A fingerprint of the facts that were decided on.</summary>
    public string? Facts { get; init; }
}

/// <summary>How a delay notice relates to the ones before it.</summary>
public enum NoticeNews
{
    /// <summary>The first word on the delay.</summary>
    First,

    /// <summary>A later date, or the next word that was promised.</summary>
    Further,

    /// <summary>Good news: an earlier date than the customer was told.</summary>
    Better,
}
