using System.ComponentModel;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

[Description("A ticket that an agent opens for a customer, for example during a phone call.")]
internal sealed record TicketOpening
{
    [Description("What the customer said, as plain text.")]
    public required string Text { get; init; }

    [Description("The channel. Default: phone.")]
    public string? Channel { get; init; }

    [Description("The customer's contact point. Who is known by it is linked.")]
    public ContactModel? From { get; init; }

    [Description("The customer's name.")]
    public string? Name { get; init; }

    [Description("The subject. Default: the beginning of the text.")]
    public string? Subject { get; init; }

    [Description("Files, as POST /files answered them.")]
    public IReadOnlyList<FileModel>? Attachments { get; init; }

    [Description("When the customer said it. Default: now.")]
    public DateTimeOffset? SentAt { get; init; }

    [Description("The order that it is about.")]
    public string? OrderId { get; init; }

    [Description("What sort of matter it is.")]
    public TicketKind? Kind { get; init; }

    [Description("The products that it is about.")]
    public IReadOnlyList<string>? Products { get; init; }

    [Description("Tags.")]
    public IReadOnlyList<string>? Tags { get; init; }

    [Description("The shop's own fields.")]
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    [Description("The culture that the customer reads.")]
    public string? Culture { get; init; }

    [Description("The customer's time zone (IANA).")]
    public string? TimeZone { get; init; }
}

[Description("What becomes different; what is left out stays as it is.")]
internal sealed record TicketChanges
{
    [Description("The subject.")]
    public string? Subject { get; init; }

    [Description("What sort of matter it is.")]
    public TicketKind? Kind { get; init; }

    [Description("How it stands; not new.")]
    public TicketStatus? Status { get; init; }

    [Description("How urgent it is.")]
    public TicketPriority? Priority { get; init; }

    [Description("The team that answers; empty for none.")]
    public string? Team { get; init; }

    [Description("The id of the agent who answers; empty for none.")]
    public string? Assignee { get; init; }

    [Description("Tags to add.")]
    public IReadOnlyList<string>? AddTags { get; init; }

    [Description("Tags to take away.")]
    public IReadOnlyList<string>? RemoveTags { get; init; }

    [Description("Fields to set; an empty value takes the field away.")]
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    [Description("Orders that it is about besides.")]
    public IReadOnlyList<string>? AddOrders { get; init; }

    [Description("Why.")]
    public string? Reason { get; init; }
}

internal enum WrittenKind
{
    Reply,
    Note,
}

[Description("A word to the customer, or among agents.")]
internal sealed record MessageWriting
{
    [Description("A reply goes to the customer; a note never does.")]
    public required WrittenKind Kind { get; init; }

    [Description("What is written, as plain text. May be empty where a file goes with it.")]
    public required string Text { get; init; }

    [Description("Files, as POST /files answered them.")]
    public IReadOnlyList<FileModel>? Attachments { get; init; }

    [Description("How the ticket stands after a reply; not new. Default: pending, the customer's turn.")]
    public TicketStatus? Status { get; init; }

    [Description("When the customer is promised the next word in a reply. It becomes a clock.")]
    public DateTimeOffset? NextWordBy { get; init; }
}

[Description("Where everything of a ticket goes on.")]
internal sealed record TicketMerging
{
    [Description("The number of the ticket that goes on, of the same shop.")]
    public required long Into { get; init; }
}

[Description("What goes into a ticket of its own.")]
internal sealed record TicketSplitting
{
    [Description("The numbers of the messages; 1 to 100.")]
    public required IReadOnlyList<long> Entries { get; init; }

    [Description("The subject of the new ticket.")]
    public required string Subject { get; init; }
}

[Description("What becomes different; what is left out stays as it is.")]
internal sealed record CustomerChanges
{
    [Description("The name; empty for none.")]
    public string? Name { get; init; }

    [Description("The culture; empty for none.")]
    public string? Culture { get; init; }

    [Description("The time zone (IANA); empty for none.")]
    public string? TimeZone { get; init; }

    [Description("Contact points to add.")]
    public IReadOnlyList<ContactModel>? AddContacts { get; init; }

    [Description("Contact points to take away.")]
    public IReadOnlyList<ContactModel>? RemoveContacts { get; init; }

    [Description("Tags to add.")]
    public IReadOnlyList<string>? AddTags { get; init; }

    [Description("Tags to take away.")]
    public IReadOnlyList<string>? RemoveTags { get; init; }
}

[Description("Whom a customer turned out to be.")]
internal sealed record CustomerMerging
{
    [Description("The id of the customer who stays.")]
    public required string Into { get; init; }
}

[Description("A word that an erasure is meant.")]
internal sealed record CustomerErasing
{
    [Description("The id of the customer once more. What is erased cannot be brought back.")]
    public required string Confirm { get; init; }
}
