using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>What is planned with a new order: when it ships, when it arrives, what happens next.</summary>
internal sealed record PlanModel(string ShipDate, string ArrivalDate, string Text, string Next)
{
    public TemplateModel Values =>
        new()
        {
            ["ship_date"] = ShipDate,
            ["arrival_date"] = ArrivalDate,
            ["text"] = Text,
            ["next_text"] = Next,
        };

    public IEnumerable<RequiredFact> Facts =>
        [new("plan.ship_date", ShipDate), new("plan.arrival_date", ArrivalDate), new("plan.next_text", Next, IsWording: true) { Or = [("order.number", "")] }];

    public static PlanModel Of(ComposeRequest request, LocalDates dates, INoticeWords words)
    {
        var promise = Promises.InForce(request.Order);
        var shipDate = promise.ShipBy is { } shipBy ? dates.Promise(shipBy) : "";
        var arrivalDate = promise.DeliverBy is { } deliverBy ? dates.Promise(deliverBy) : "";
        var told = request.Shop.Shop.Tells ?? NoticeKinds.Default;
        return new PlanModel(
            shipDate,
            arrivalDate,
            words.Plan(shipDate, arrivalDate),
            words.Next(told.Contains(NoticeKinds.OrderShipped, StringComparer.Ordinal))
        );
    }
}
