namespace Support.Sdk.Channels;

/// <summary>The channel for a matter, and why this one.</summary>
public sealed record ChannelAnswer
{
    /// <summary>The name of the channel, or null when none is possible.</summary>
    /// <remarks>Unless the matter is urgent it may be closed; <see cref="ChannelOption.OpensAt"/> says until when.</remarks>
    public required string? Channel { get; init; }

    /// <summary>Why, in a sentence without personal data.</summary>
    public required string Reason { get; init; }

    /// <summary>The other channels that were offered, by name.</summary>
    public required IReadOnlyList<PassedOver> PassedOver { get; init; }
}

/// <summary>A channel that was offered and not chosen.</summary>
/// <param name="Channel">Its name.</param>
/// <param name="Reason">Why it was not chosen, in a sentence without personal data.</param>
public sealed record PassedOver(string Channel, string Reason);
