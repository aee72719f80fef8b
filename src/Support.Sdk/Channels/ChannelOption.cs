namespace Support.Sdk.Channels;

/// <summary>A channel that the shop has, and whether this customer can be served there now.</summary>
public sealed record ChannelOption
{
    /// <summary>The channel's name: a key of <see cref="ChannelNature.Known"/>, or any other when <see cref="Nature"/> is set. Compared ordinally.</summary>
    public required string Name { get; init; }

    /// <summary>True when the customer has an address there that works, or needs none, as for self-service.</summary>
    public required bool IsReachable { get; init; }

    /// <summary>True when the customer agreed to be contacted there, or need not be asked and did not refuse.</summary>
    /// <remarks>For a stored contact: <c>contact.WhyNot(MessageClass.Transactional) is null</c>.</remarks>
    public required bool HasConsent { get; init; }

    /// <summary>From when it is open, included. It is open when that is null (the default) or not later than now.</summary>
    /// <remarks><see cref="Sla.BusinessCalendar.NextOpening"/> of now is what belongs here.</remarks>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>How many more conversations its agents could begin at once, 0 or more; null (the default) when it needs no agent or has no limit.</summary>
    /// <remarks>Only live channels are left out at 0; elsewhere a message waits.</remarks>
    public int? FreeStaff { get; init; }

    /// <summary>What it is like, or null (the default) for what <see cref="ChannelNature.Known"/> says of its name.</summary>
    public ChannelNature? Nature { get; init; }

    internal ChannelNature ActualNature => Nature ?? ChannelNature.Known[Name];
}
