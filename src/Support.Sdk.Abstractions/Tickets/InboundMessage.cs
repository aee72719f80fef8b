using System.Text.Json.Serialization;
using Support.Sdk.Orders;

namespace Support.Sdk.Tickets;

/// <summary>A word of a customer, on whatever channel. It opens a ticket or goes on with one.</summary>
/// <remarks>
/// It goes on with the ticket that <see cref="Ticket"/> names; else with that of the message that it answers
/// (<see cref="InReplyTo"/>); else, where it is about an order, with the newest ticket of that order and person that is not
/// closed; else it opens one. A closed, merged or erased ticket is not written to: merged ones are followed, after a closed or
/// erased one a new ticket is opened, linked to it.
/// </remarks>
public sealed record InboundMessage : SupportEvent
{
    /// <summary>The most characters that a text may have. More is refused: hand the rest over as a file.</summary>
    public const int MaxText = 100_000;

    /// <summary>The shop that was written to.</summary>
    public required string ShopId { get; init; }

    /// <summary>The channel: <c>form</c>, <c>email</c>, <c>chat</c>, <c>social</c>, <c>phone</c> and the like; at most 50 characters.</summary>
    public required string Channel { get; init; }

    /// <summary>Who wrote; null for a visitor who left nothing.</summary>
    public ContactPoint? From { get; init; }

    /// <summary>The name that the writer gave, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The subject, or null to take the beginning of the text.</summary>
    public string? Subject { get; init; }

    /// <summary>What was written, as plain text. At most <see cref="MaxText"/> characters.</summary>
    public required string Text { get; init; }

    /// <summary>The files that came with it, saved in the content store before; at most 20.</summary>
    public IReadOnlyList<ContentReference> Attachments { get; init; } = [];

    /// <summary>When it was sent. One that claims to come from the future counts from when it was received.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The number of the ticket that it is part of, or null when the writer did not say.</summary>
    public long? Ticket { get; init; }

    /// <summary>The delivery that it answers, or null.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The id of the order that it is about, or null.</summary>
    public string? OrderId { get; init; }

    /// <summary>What sort of matter it is, as far as the writer said.</summary>
    public TicketKind Kind { get; init; } = TicketKind.Other;

    /// <summary>The products that it is about: article numbers or links.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Tags for the ticket, for example <see cref="TicketTags.WantsToCancel"/>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Fields for the ticket.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The culture that the writer reads, or null.</summary>
    public string? Culture { get; init; }

    /// <summary>The writer's time zone (IANA), or null.</summary>
    public string? TimeZone { get; init; }

    /// <summary>True when a machine wrote it (RFC 3834, an out-of-office reply, a mailing list): it is kept, and never acknowledged.</summary>
    public bool IsAutomatic { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Shop => ShopId;

    /// <summary>Null: it changes no fact about an order. <see cref="OrderId"/> tells which one it speaks of.</summary>
    [JsonIgnore]
    public override OrderKey? Order => null;
}

/// <summary>Tags that the engine gives or understands.</summary>
public static class TicketTags
{
    /// <summary>The customer wants to cancel the order.</summary>
    public const string WantsToCancel = "wants-to-cancel";

    /// <summary>A message to the customer could not be delivered.</summary>
    public const string Undelivered = "undelivered";

    /// <summary>A message to the customer waits for a person to release it.</summary>
    public const string Held = "held";
}
