namespace Support.Sdk.Tickets;

/// <summary>One entry of a ticket's history: a message, or something that happened to it. Never changed, except that an erasure blanks it.</summary>
/// <remarks>Everything else about a ticket can be derived from its entries, in the order of their numbers.</remarks>
public sealed record TicketEntry
{
    /// <summary>The place in the history, from 1 on. Numbers grow; what was not copied by a merge or a split is left out among the copies.</summary>
    public required long Number { get; init; }

    /// <summary>What it is.</summary>
    public required TicketEntryKind Kind { get; init; }

    /// <summary>When it happened: for a message when it was sent, as far as its channel tells. Not later than it was recorded.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whose it is: <c>customer</c>, <c>engine</c>, or the id of the agent.</summary>
    public required string By { get; init; }

    /// <summary>The channel that a message came or went on, or null.</summary>
    public string? Channel { get; init; }

    /// <summary>The text of a message, plain; or why something happened. Null when there is none.</summary>
    public string? Text { get; init; }

    /// <summary>The files that came or went with a message.</summary>
    public IReadOnlyList<ContentReference> Attachments { get; init; } = [];

    /// <summary>The delivery that carries it to the customer, or that it is about; null for none.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>What became different, field by field; in a copy (<see cref="CopiedFrom"/>), in the ticket that it was first written in.</summary>
    public IReadOnlyList<TicketChangedField> Changes { get; init; } = [];

    /// <summary>The ticket that it was first written in, when it came with a merge or a split; else null.</summary>
    public long? CopiedFrom { get; init; }

    /// <summary>The id under which it was asked for, or null: asking again under the same id does nothing.</summary>
    public string? RequestId { get; init; }

    /// <summary>True for what customers may read: their own words and the replies.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsPublic => Kind is TicketEntryKind.Inbound or TicketEntryKind.Reply;
}

/// <summary>What an entry is.</summary>
public enum TicketEntryKind
{
    /// <summary>Something about the ticket became different.</summary>
    Changed,

    /// <summary>A word of the customer.</summary>
    Inbound,

    /// <summary>An agent's word to the customer.</summary>
    Reply,

    /// <summary>An agent's word to the others; never shown to the customer.</summary>
    Note,

    /// <summary>The engine told the customer something: an acknowledgement, or the order's notice that the ticket grew from.</summary>
    Told,

    /// <summary>The engine told the shop's own people something.</summary>
    Alert,

    /// <summary>A clock was started, met, missed or broken.</summary>
    Clock,

    /// <summary>A message could not be delivered, or waits for a person.</summary>
    Trouble,
}

/// <summary>One field that became different.</summary>
/// <param name="Field">The name of the field, in camel case: <c>status</c>, <c>assignee</c>, <c>fields.size</c>.</param>
/// <param name="From">The value before, or null for none.</param>
/// <param name="To">The value since, or null for none.</param>
public sealed record TicketChangedField(string Field, string? From = null, string? To = null);

/// <summary>A file in the content store.</summary>
public sealed record ContentReference
{
    /// <summary>The id in the content store: unguessable.</summary>
    public required string Id { get; init; }

    /// <summary>The name that its sender gave it, without path; at most 150 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The media type that its sender claims.</summary>
    public required string ContentType { get; init; }

    /// <summary>The size in bytes.</summary>
    public required long Length { get; init; }
}
