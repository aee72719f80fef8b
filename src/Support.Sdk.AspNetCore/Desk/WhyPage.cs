using System.Globalization;
using Support.Sdk.AspNetCore.Inbox;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.AspNetCore.Desk;

/// <summary>One order: its facts, its promises, every decision with its reason, and what became of each message.</summary>
/// <remarks>No name, address or article of the customer: they do not explain a decision. A message's own page has its address.</remarks>
internal static class WhyPage
{
    public static Html Render(string root, WatchedOrder order, IReadOnlyList<Decision> history, IReadOnlyList<MessageDelivery> deliveries) =>
        DeskPages.Frame(
            $"Order {order.Key.Id}",
            Html.Of($"""<p class="quiet way"><a href="{root}">Support desk</a></p><h1>Order {order.Key.Id}</h1><p class="quiet">Shop {order.Key.Shop}</p>"""),
            Html.Of($"{Facts(order)}{Standing(order)}{Timeline(root, order, history, deliveries)}{DeskPages.Search(root, order.Key)}")
        );

    private static Html Facts(WatchedOrder order)
    {
        var snapshot = order.Snapshot;
        Html[] facts =
        [
            Fact(
                "Status",
                Html.Of($"{(snapshot is null ? "Only hints so far" : snapshot.Status.ToString())}{(snapshot?.RawStatus is { } raw ? $" ({raw})" : "")}")
            ),
            Fact("Placed", Time(snapshot?.PlacedAt)),
            Fact("Last changed at the shop", Time(snapshot?.UpdatedAt)),
            Fact("Last read", Time(snapshot?.ReadAt)),
            .. order.Promises.Select((promise, index) => Fact(index == 0 ? "Promised" : "Promise moved to", Html.Of($"{Promise(promise)}"))),
            .. (snapshot?.Shipments ?? []).Select(parcel => Fact($"Parcel {parcel.Id}", Parcel(parcel))),
            Fact(
                "Reachable on",
                Html.Of($"{string.Join(", ", (snapshot?.Customer.ContactPoints ?? []).Select(contact => contact.Channel).Distinct(StringComparer.Ordinal))}")
            ),
            Fact("Nothing is told, because", Html.Of($"{order.Muted}")),
            Fact("Next check", order.CheckAt is null ? Html.Of($"None is planned") : Time(order.CheckAt)),
            Fact("Next reading from the shop", Time(order.RefreshAt)),
        ];
        return Html.Of($"""<div class="paper facts"><table><tbody>{"\n"}{Html.Join(facts)}</tbody></table></div>{"\n"}""");
    }

    private static Html Standing(WatchedOrder order) =>
        order.Rulings.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <h2>Not told at present</h2>
                <div class="paper facts"><table><tbody>
                {Html.Join(
                    order.Rulings.Select(ruling => Fact(ruling.Occasion, Html.Of($"{ruling.Verdict.ToString()}: {ruling.Reason}")))
                )}</tbody></table></div>

                """
            );

    private static Html Timeline(string root, WatchedOrder order, IReadOnlyList<Decision> history, IReadOnlyList<MessageDelivery> deliveries)
    {
        var byId = deliveries.ToDictionary(delivery => delivery.Message.Id, StringComparer.Ordinal);
        var rows = history.Select(decision => Row(root, decision, decision.DeliveryId is { } id ? byId.GetValueOrDefault(id) : null));
        var seen = Html.Of($"""<tr><td class="quiet">{Page.Time(order.FirstSeenAt)}</td><th scope="row">First seen</th><td></td><td></td></tr>{"\n"}""");
        return Html.Of(
            $"""
            <h2>What was decided, and why</h2>
            <div class="paper"><table class="list">
            <thead><tr><th scope="col">When</th><th scope="col">Decision</th><th scope="col">Why</th><th scope="col">Message</th></tr></thead>
            <tbody>
            {seen}{Html.Join(rows)}</tbody>
            </table></div>

            """
        );
    }

    private static Html Row(string root, Decision decision, MessageDelivery? delivery)
    {
        var until = decision.Until is { } end ? Html.Of($"""<div class="quiet">until {Page.Time(end)}</div>""") : Html.Empty;
        var by = string.Equals(decision.By, "engine", StringComparison.Ordinal) ? Html.Empty : Html.Of($"""<div class="quiet">by {decision.By}</div>""");
        var message = delivery is null
            ? Html.Empty
            : Html.Of(
                $"""<a href="{DeskPages.MessageLink(root, delivery.Message.Id)}">{delivery.Message.Subject}</a><div>{Page.State(delivery.State)}</div><div class="quiet">{delivery.Reason}</div>"""
            );
        return Html.Of(
            $"""
            <tr><td class="quiet">{Page.Time(
                decision.At
            )}</td><th scope="row">{decision.Verdict.ToString()}<div class="quiet">{decision.Occasion}</div></th><td>{decision.Reason}{until}{by}</td><td>{message}</td></tr>

            """
        );
    }

    private static string Promise(PromiseWindow promise)
    {
        string?[] parts = [Part("ship by", promise.ShipBy), Part("arrive from", promise.DeliverFrom), Part("arrive by", promise.DeliverBy)];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string? Part(string what, PromiseDate? date) =>
        date is null
            ? null
            : $"{what} {(date.Date is { } day ? day.ToString("O", CultureInfo.InvariantCulture) : date.Moment?.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture))} ({date.Source})";

    private static Html Parcel(Shipment parcel)
    {
        var latest = parcel.Events is [.., var scan] ? Html.Of($"last scan {scan.Status.ToString()} {Page.Time(scan.At)}. ") : Html.Of($"no scan. ");
        var shipped = parcel.ShippedAt is { } at ? Html.Of($"Shipped {Page.Time(at)}. ") : Html.Empty;
        var delivered = parcel.DeliveredAt is { } arrived ? Html.Of($"Delivered {Page.Time(arrived)}.") : Html.Empty;
        return Html.Of($"{parcel.Carrier ?? "Unknown carrier"}: {latest}{shipped}{delivered}");
    }

    private static Html Time(DateTimeOffset? time) => time is { } known ? Page.Time(known) : Html.Empty;

    private static Html Fact(string name, Html value) =>
        value.Markup.Length == 0 ? Html.Empty : Html.Of($"""<tr><th scope="row">{name}</th><td>{value}</td></tr>{"\n"}""");
}
