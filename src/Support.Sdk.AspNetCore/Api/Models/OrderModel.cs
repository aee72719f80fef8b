using System.ComponentModel;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.AspNetCore.Api;

[Description("An order: its facts, and what was promised, decided and told.")]
internal sealed record OrderModel
{
    [Description("The id that the shop gave it.")]
    public required string Id { get; init; }

    [Description("The number that the customer knows, when it is not the id.")]
    public string? Number { get; init; }

    [Description("When it was placed; left out while only a hint of it was seen.")]
    public DateTimeOffset? PlacedAt { get; init; }

    [Description("What the shop intends with it.")]
    public required OrderStatus Status { get; init; }

    [Description("The status in the source's own words.")]
    public string? RawStatus { get; init; }

    [Description("Why it is held back.")]
    public string? HoldReason { get; init; }

    [Description("The shipping method as the shop names it.")]
    public string? ShippingMethod { get; init; }

    [Description("The country that it goes to (ISO 3166-1 alpha-2).")]
    public string? DestinationCountry { get; init; }

    [Description("What it comes to.")]
    public MoneyModel? Total { get; init; }

    [Description("What was ordered.")]
    public required IReadOnlyList<ItemModel> Items { get; init; }

    [Description("Every promise that was ever made, the first one first.")]
    public required IReadOnlyList<PromiseModel> Promises { get; init; }

    [Description("The parcels.")]
    public required IReadOnlyList<ShipmentModel> Shipments { get; init; }

    [Description("Every message that was decided, the oldest first.")]
    public required IReadOnlyList<NoticeModel> Notices { get; init; }

    [Description("Every decision with its reason, the oldest first; only where one ticket is asked for.")]
    public IReadOnlyList<DecisionModel>? Decisions { get; init; }

    [Description("The decisions not to tell that stand at present.")]
    public required IReadOnlyList<RulingModel> Rulings { get; init; }

    [Description("Why nothing is ever told about it.")]
    public string? Muted { get; init; }

    [Description("When it is looked at next.")]
    public DateTimeOffset? CheckAt { get; init; }

    [Description("When its customer was erased.")]
    public DateTimeOffset? ErasedAt { get; init; }
}

[Description("One line of an order.")]
internal sealed record ItemModel
{
    [Description("What the customer knows it as.")]
    public required string Name { get; init; }

    [Description("How many.")]
    public required int Quantity { get; init; }

    [Description("The shop's article number.")]
    public string? Sku { get; init; }
}

[Description("What a customer was told about when an order ships and arrives.")]
internal sealed record PromiseModel
{
    [Description("Until when it is handed to the carrier.")]
    public PromiseDateModel? ShipBy { get; init; }

    [Description("The earliest arrival that was named.")]
    public PromiseDateModel? DeliverFrom { get; init; }

    [Description("Until when it arrives.")]
    public PromiseDateModel? DeliverBy { get; init; }
}

[Description("A promised date (kept until the end of that day in its zone) or moment.")]
internal sealed record PromiseDateModel
{
    [Description("The date, when a date was promised.")]
    public DateOnly? Date { get; init; }

    [Description("The zone of the date (IANA); left out for the shop's.")]
    public string? TimeZone { get; init; }

    [Description("The moment, when a moment was promised.")]
    public DateTimeOffset? Moment { get; init; }

    [Description("Who made the promise.")]
    public required PromiseSource Source { get; init; }
}

[Description("A parcel.")]
internal sealed record ShipmentModel
{
    [Description("The id that the shop gave it.")]
    public required string Id { get; init; }

    [Description("Who carries it.")]
    public string? Carrier { get; init; }

    [Description("The number to follow it by. External agents see its end.")]
    public string? TrackingNumber { get; init; }

    [Description("Where it can be followed. External agents do not see it.")]
    public Uri? TrackingUrl { get; init; }

    [Description("When it was handed to the carrier.")]
    public DateTimeOffset? ShippedAt { get; init; }

    [Description("When it arrived.")]
    public DateTimeOffset? DeliveredAt { get; init; }

    [Description("When the carrier expects it to arrive.")]
    public DateTimeOffset? EstimatedArrival { get; init; }

    [Description("The carrier's scans.")]
    public required IReadOnlyList<ScanModel> Scans { get; init; }
}

[Description("A carrier's scan of a parcel.")]
internal sealed record ScanModel
{
    [Description("What it says, in neutral terms.")]
    public required TrackingStatus Status { get; init; }

    [Description("When it was made.")]
    public required DateTimeOffset At { get; init; }

    [Description("The carrier's explanation.")]
    public string? Description { get; init; }

    [Description("The arrival that it announces.")]
    public DateTimeOffset? EstimatedArrival { get; init; }
}

[Description("A message that was decided about an order.")]
internal sealed record NoticeModel
{
    [Description("The kind, for example order-delayed.")]
    public required string Kind { get; init; }

    [Description("What it is about.")]
    public required string Occasion { get; init; }

    [Description("When it was decided.")]
    public required DateTimeOffset DecidedAt { get; init; }

    [Description("The delivery that carries it.")]
    public required string DeliveryId { get; init; }

    [Description("What became of it.")]
    public required DeliveryState State { get; init; }

    [Description("The parcels that it names.")]
    public required IReadOnlyList<string> Parcels { get; init; }

    [Description("The new date that it tells.")]
    public PromiseDateModel? NewDate { get; init; }

    [Description("By when it promises the next word.")]
    public DateTimeOffset? NextWordBy { get; init; }
}

[Description("One decision about telling the customer something.")]
internal sealed record DecisionModel
{
    [Description("When it was made.")]
    public required DateTimeOffset At { get; init; }

    [Description("What was decided.")]
    public required DecisionVerdict Verdict { get; init; }

    [Description("What it is about.")]
    public required string Occasion { get; init; }

    [Description("Why.")]
    public required string Reason { get; init; }

    [Description("The end of a wait.")]
    public DateTimeOffset? Until { get; init; }

    [Description("The delivery that it made or touched.")]
    public string? DeliveryId { get; init; }

    [Description("Who decided: engine, or an operator.")]
    public required string By { get; init; }
}

[Description("A decision not to tell, as it stands.")]
internal sealed record RulingModel
{
    [Description("What it is about.")]
    public required string Occasion { get; init; }

    [Description("Wait, look first, or suppress.")]
    public required DecisionVerdict Verdict { get; init; }

    [Description("Why.")]
    public required string Reason { get; init; }
}
