using System.ComponentModel;

namespace Support.Sdk.AspNetCore.Api;

[Description("A person who has to do with a shop: one, however many contact points.")]
internal sealed record CustomerModel
{
    [Description("The shop.")]
    public required string Shop { get; init; }

    [Description("The id. Of a customer who was merged into another, that other's is told.")]
    public required string Id { get; init; }

    [Description("Grows with every change. The ETag begins with it.")]
    public required long Version { get; init; }

    [Description("The name; left out for a visitor who was not named yet.")]
    public string? Name { get; init; }

    [Description("The culture to write in.")]
    public string? Culture { get; init; }

    [Description("The time zone (IANA).")]
    public string? TimeZone { get; init; }

    [Description("Where the person can be reached. The channel visitor tells a browser again and reaches nobody.")]
    public required IReadOnlyList<ContactModel> ContactPoints { get; init; }

    [Description("The shop's own tags.")]
    public required IReadOnlyList<string> Tags { get; init; }

    [Description("True for somebody who left neither a name nor an address.")]
    public required bool IsAnonymous { get; init; }

    [Description("When the person was first seen.")]
    public required DateTimeOffset CreatedAt { get; init; }

    [Description("When it last changed.")]
    public required DateTimeOffset ChangedAt { get; init; }

    [Description("When the person was erased.")]
    public DateTimeOffset? ErasedAt { get; init; }

    [Description("The segments that the person is in now; only where one customer is asked for.")]
    public IReadOnlyList<string>? Segments { get; init; }

    [Description("The latest tickets, at most 20; only where one customer is asked for.")]
    public IReadOnlyList<TicketModel>? Tickets { get; init; }

    [Description("The latest orders, at most 20; only where one customer is asked for.")]
    public IReadOnlyList<OrderModel>? Orders { get; init; }
}

[Description("A page of customers.")]
internal sealed record CustomerPage
{
    [Description("The customers.")]
    public required IReadOnlyList<CustomerModel> Items { get; init; }

    [Description("The cursor of the next page; left out on the last one.")]
    public string? Next { get; init; }
}

[Description("What an erasure did. It names nobody.")]
internal sealed record ErasureModel
{
    [Description("When it was asked for.")]
    public required DateTimeOffset At { get; init; }

    [Description("Who asked.")]
    public required string By { get; init; }

    [Description("How many orders became empty shells.")]
    public required int Orders { get; init; }

    [Description("How many messages were emptied.")]
    public required int Deliveries { get; init; }

    [Description("How many events were emptied.")]
    public required int Events { get; init; }

    [Description("How many contacts were reduced to their hash.")]
    public required int Contacts { get; init; }

    [Description("How many tickets became empty shells.")]
    public required int Tickets { get; init; }

    [Description("How many customers became empty shells.")]
    public required int Customers { get; init; }

    [Description("How many messages and events are being worked on at this very moment. Ask again until it is 0.")]
    public required int UnderWay { get; init; }

    [Description("True when nothing is left.")]
    public required bool IsComplete { get; init; }
}
