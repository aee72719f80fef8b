using System.ComponentModel;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

[Description("One customer problem as it stands now.")]
internal sealed record TicketModel
{
    [Description("The shop.")]
    public required string Shop { get; init; }

    [Description("The number that customers are told; unique in its shop.")]
    public required long Number { get; init; }

    [Description("Grows with every change. The ETag begins with it.")]
    public required long Version { get; init; }

    [Description("What it is about, in one line.")]
    public required string Subject { get; init; }

    [Description("What sort of matter it is.")]
    public required TicketKind Kind { get; init; }

    [Description("How it stands: new, open, pending (the customer's turn), onHold (a third party's turn), solved, closed.")]
    public required TicketStatus Status { get; init; }

    [Description("How urgent it is.")]
    public required TicketPriority Priority { get; init; }

    [Description("The channel on which the conversation began.")]
    public required string Channel { get; init; }

    [Description("Who asks, as far as is known.")]
    public required RequesterModel Requester { get; init; }

    [Description("The ids of the orders that it is about; the first one leads.")]
    public required IReadOnlyList<string> Orders { get; init; }

    [Description("The products that it is about: article numbers or links.")]
    public required IReadOnlyList<string> Products { get; init; }

    [Description("Its tags, in ordinal order.")]
    public required IReadOnlyList<string> Tags { get; init; }

    [Description("The shop's own fields.")]
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    [Description("The team that answers.")]
    public string? Team { get; init; }

    [Description("The id of the agent who answers.")]
    public string? Assignee { get; init; }

    [Description("The segments that the customer was in when it was opened.")]
    public required IReadOnlyList<string> Segments { get; init; }

    [Description("What the order that leads comes to.")]
    public MoneyModel? OrderTotal { get; init; }

    [Description("Tickets that it belongs together with.")]
    public required IReadOnlyList<LinkModel> Links { get; init; }

    [Description("The policy whose clocks run; left out when none fits.")]
    public string? Policy { get; init; }

    [Description("What was promised, one clock a metric.")]
    public required IReadOnlyList<ClockModel> Clocks { get; init; }

    [Description("The earliest moment that a running clock promises.")]
    public DateTimeOffset? DueAt { get; init; }

    [Description("When it was opened.")]
    public required DateTimeOffset OpenedAt { get; init; }

    [Description("When it last changed.")]
    public required DateTimeOffset ChangedAt { get; init; }

    [Description("Since when the customer waits for a word of a person.")]
    public DateTimeOffset? WaitingSince { get; init; }

    [Description("When a person first answered.")]
    public DateTimeOffset? FirstReplyAt { get; init; }

    [Description("When it was solved last, while it is.")]
    public DateTimeOffset? SolvedAt { get; init; }

    [Description("When the customer was told last that the word arrived.")]
    public DateTimeOffset? AcknowledgedAt { get; init; }

    [Description("When its customer was erased. Nothing is written to it any more.")]
    public DateTimeOffset? ErasedAt { get; init; }

    [Description("The number of its last entry.")]
    public required long Entries { get; init; }

    [Description("Its orders with what was promised, decided and told; only where one ticket is asked for, and at most 20.")]
    public IReadOnlyList<OrderModel>? OrderDetails { get; init; }
}

[Description("Who asks, as far as is known: a visitor who left nothing has nothing.")]
internal sealed record RequesterModel
{
    [Description("The customer's id.")]
    public string? Customer { get; init; }

    [Description("The name to greet with.")]
    public string? Name { get; init; }

    [Description("Where the requester can be reached, the one written from last first.")]
    public required IReadOnlyList<ContactModel> ContactPoints { get; init; }

    [Description("The culture to write in.")]
    public string? Culture { get; init; }

    [Description("The time zone (IANA).")]
    public string? TimeZone { get; init; }
}

[Description("Where a person can be reached.")]
internal sealed record ContactModel
{
    [Description("The channel: email, sms, phone and the like.")]
    public required string Channel { get; init; }

    [Description("The address in the channel's own form.")]
    public required string Value { get; init; }
}

[Description("An amount of money.")]
internal sealed record MoneyModel
{
    [Description("How much.")]
    public required decimal Amount { get; init; }

    [Description("The currency (ISO 4217).")]
    public required string Currency { get; init; }
}

[Description("A ticket that another one belongs together with.")]
internal sealed record LinkModel
{
    [Description("The other ticket of the same shop.")]
    public required long Number { get; init; }

    [Description("What the other one is to this one.")]
    public required TicketRelation Relation { get; init; }
}

[Description("One promise on its way.")]
internal sealed record ClockModel
{
    [Description("What is promised.")]
    public required SlaMetric Metric { get; init; }

    [Description("How it stands.")]
    public required SlaClockState State { get; init; }

    [Description("The policy that started it; left out for an agent's own promise.")]
    public string? Policy { get; init; }

    [Description("How much time was promised.")]
    public required TimeSpan Within { get; init; }

    [Description("Which time counts.")]
    public required SlaTime Counts { get; init; }

    [Description("The calendar; left out for the shop's hours.")]
    public string? Calendar { get; init; }

    [Description("When it began.")]
    public required DateTimeOffset StartedAt { get; init; }

    [Description("When what is promised is due; left out while it stands still.")]
    public DateTimeOffset? DueAt { get; init; }

    [Description("When it broke.")]
    public DateTimeOffset? BrokenAt { get; init; }

    [Description("When it ended.")]
    public DateTimeOffset? EndedAt { get; init; }
}

[Description("A page of tickets.")]
internal sealed record TicketPage
{
    [Description("The tickets.")]
    public required IReadOnlyList<TicketModel> Items { get; init; }

    [Description("The cursor of the next page; left out on the last one.")]
    public string? Next { get; init; }
}
