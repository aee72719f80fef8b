using System.ComponentModel;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

[Description("One entry of a ticket's history: a message, or something that happened to it. It never changes, except that an erasure blanks it.")]
internal sealed record MessageModel
{
    [Description("The place in the history, from 1 on without gaps.")]
    public required long Number { get; init; }

    [Description("What it is: inbound, reply and note are messages; the others tell what happened.")]
    public required TicketEntryKind Kind { get; init; }

    [Description("When it happened.")]
    public required DateTimeOffset At { get; init; }

    [Description("Whose it is: customer, engine, or the id of the agent.")]
    public required string By { get; init; }

    [Description("The channel that a message came or went on.")]
    public string? Channel { get; init; }

    [Description("The text of a message, plain; or why something happened.")]
    public string? Text { get; init; }

    [Description("The files that came or went with a message.")]
    public required IReadOnlyList<FileModel> Attachments { get; init; }

    [Description("True for what the customer may read: the customer's own words and the replies.")]
    public required bool IsPublic { get; init; }

    [Description("The delivery that carries it to the customer, or that it is about.")]
    public string? DeliveryId { get; init; }

    [Description("What became different.")]
    public required IReadOnlyList<ChangeModel> Changes { get; init; }

    [Description("The ticket that it was first written in, when it came with a merge or a split.")]
    public long? CopiedFrom { get; init; }
}

[Description("One field that became different.")]
internal sealed record ChangeModel
{
    [Description("The name of the field: status, assignee, fields.size.")]
    public required string Field { get; init; }

    [Description("The value before.")]
    public string? From { get; init; }

    [Description("The value since.")]
    public string? To { get; init; }
}

[Description("A file in the content store. What POST /files answered is sent back as it is to attach the file.")]
internal sealed record FileModel
{
    [Description("The id in the content store.")]
    public required string Id { get; init; }

    [Description("The name that its sender gave it, without path.")]
    public required string Name { get; init; }

    [Description("The media type that its sender claims.")]
    public required string ContentType { get; init; }

    [Description("The size in bytes.")]
    public required long Length { get; init; }
}

[Description("A message that was added, and the ticket as it stands since.")]
internal sealed record MessageAdded
{
    [Description("The message.")]
    public required MessageModel Message { get; init; }

    [Description("The ticket.")]
    public required TicketModel Ticket { get; init; }
}

[Description("A page of a ticket's history, the oldest first.")]
internal sealed record MessagePage
{
    [Description("The entries.")]
    public required IReadOnlyList<MessageModel> Items { get; init; }

    [Description("The cursor of the next page; left out on the last one.")]
    public string? Next { get; init; }
}
