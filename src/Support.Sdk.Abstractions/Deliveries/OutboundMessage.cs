using System.Text.Json.Serialization;
using Support.Sdk.Orders;

namespace Support.Sdk.Deliveries;

/// <summary>A message, written and addressed. Its text never changes after it was decided.</summary>
public sealed record OutboundMessage
{
    /// <summary>The delivery id: unguessable, the same for the same decision, and the idempotency key for the provider.</summary>
    public required string Id { get; init; }

    /// <summary>The shop in whose name it is sent.</summary>
    public required string Shop { get; init; }

    /// <summary>The order that it is about, or null.</summary>
    public OrderKey? Order { get; init; }

    /// <summary>The ticket that it is part of, or null.</summary>
    public Tickets.TicketKey? Ticket { get; init; }

    /// <summary>What it is about; see <see cref="Orders.Occasion"/>.</summary>
    public required string Occasion { get; init; }

    /// <summary>Whom it is for.</summary>
    public required ContactPoint To { get; init; }

    /// <summary>The name of the person, or null.</summary>
    public string? ToName { get; init; }

    /// <summary>Who sends it: the shop's address in the form of the channel, or null where the channel knows.</summary>
    public string? From { get; init; }

    /// <summary>The name that the customer sees as the sender.</summary>
    public string? FromName { get; init; }

    /// <summary>The culture of the text.</summary>
    public required string Culture { get; init; }

    /// <summary>The subject, without line breaks.</summary>
    public required string Subject { get; init; }

    /// <summary>The text part; never empty.</summary>
    public required string Text { get; init; }

    /// <summary>The HTML part, or null.</summary>
    public string? Html { get; init; }

    /// <summary>Why it is sent.</summary>
    public MessageClass Class { get; init; } = MessageClass.Transactional;

    /// <summary>Files that go with it; empty for none. Stored with the message until its delivery is removed.</summary>
    /// <exception cref="ArgumentException">
    /// They are more than <see cref="MessageAttachment.MaxCount"/>, or hold more than <see cref="MessageAttachment.MaxTotalBytes"/> together.
    /// </exception>
    [JsonIgnore]
    public IReadOnlyList<MessageAttachment> Attachments
    {
        get;
        init => field = MessageAttachment.Check(value);
    } = [];

    /// <summary>
    /// Where a mail program unsubscribes the customer with one POST and without asking, or null. Only a message of the class
    /// <see cref="MessageClass.Marketing"/> carries it, and only an https address (RFC 8058, section 3.1).
    /// </summary>
    public Uri? UnsubscribeLink { get; init; }

    /// <summary>True when address, name and text were erased; such a message cannot be sent again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsErased { get; init; }

    /// <summary>When it was decided; e-mail carries it as its date.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    // Nearly no message has attachments, so an empty list is not written, and rows from before there were any are read.
    [JsonInclude, JsonPropertyName("attachments")]
    internal IReadOnlyList<MessageAttachment>? StoredAttachments
    {
        get => Attachments.Count == 0 ? null : Attachments;
        init => Attachments = value ?? [];
    }
}
