using System.Globalization;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.AspNetCore.Pages.Orders;

/// <summary>One page of a person's orders, the newest first, and the one that the link came with marked.</summary>
internal sealed record OrderPage
{
    public required Shop Shop { get; init; }

    public required CultureInfo Culture { get; init; }

    public required IReadOnlyList<OrderStory> Orders { get; init; }

    /// <summary>The order that the link came with, or null.</summary>
    public required OrderKey? Asked { get; init; }

    public required int Number { get; init; }

    public required bool HasOlder { get; init; }

    /// <summary>Where its customer writes about an order.</summary>
    public required Func<OrderKey, string> ContactForm { get; init; }

    public BrandPage Page() =>
        new()
        {
            Shop = Shop,
            Culture = Culture,
            Title = Say("Your orders", "Dina beställningar"),
            Main =
                Orders.Count == 0
                    ? Html.Of($"""<p>{Say("There is no order to show.", "Det finns ingen beställning att visa.")}</p>{Paging()}""")
                    : Html.Of($"{Html.Join(Orders.Select(Card))}{Paging()}"),
        };

    private Html Card(OrderStory order, int index)
    {
        var isAsked = order.Key == Asked;
        var asked = isAsked
            ? Html.Of($"""<p class="quiet">{Say("The order that your link came with", "Beställningen som din länk gäller")}</p>""")
            : Html.Empty;
        return Html.Of(
            $"""
            <section class="{(isAsked ? "card this" : "card")}" aria-labelledby="order-{index}">
            {asked}<div class="head"><h2 id="order-{index}">{Say("Order", "Beställning")} {order.Number}</h2><span class="{OrderStates.Tone(
                order.State
            )}">{OrderWords.State(Culture, order.State)}</span></div>
            {Delay(order)}<dl>
            {Fact(Say("Placed", "Lagd"), order.PlacedOn)}{Fact(Say("Ship by", "Skickas senast"), order.ShipBy)}{Fact(
                Say("Promised by", "Utlovad senast"),
                order.DeliverBy
            )}{Fact(MovedTo(order), order.MovedTo)}{Items(order)}</dl>
            {Html.Join(order.Parcels.Select((parcel, number) => Parcel(order, parcel, number + 1)))}{More(order)}{Write(order)}</section>

            """
        );
    }

    private Html Delay(OrderStory order)
    {
        if (order.Reasons.Count == 0)
        {
            return Html.Empty;
        }

        var date =
            order.MovedTo.Length > 0 ? Html.Empty : Html.Of($"<p>{Say("We cannot give you a new date yet.", "Vi kan inte ge dig ett nytt datum ännu.")}</p>");
        return Html.Of($"""<div class="note">{Html.Join(order.Reasons.Select(reason => Html.Of($"<p>{reason}</p>")))}{date}</div>{"\n"}""");
    }

    private string MovedTo(OrderStory order) =>
        order.MovedShips ? Say("Now to be shipped by", "Skickas nu senast") : Say("Now expected by", "Väntas nu senast");

    private Html Items(OrderStory order) =>
        order.Items.Count == 0
            ? Html.Empty
            : Html.Of(
                $"<div><dt>{Say("Items", "Varor")}</dt><dd>{Html.Join(order.Items.Select((item, index) => Html.Of($"{(index > 0 ? ", " : "")}{item}")))}</dd></div>{"\n"}"
            );

    private Html Parcel(OrderStory order, ParcelStory parcel, int number)
    {
        var title = order.Parcels.Count == 1 ? Say("Parcel", "Paket") : string.Create(CultureInfo.InvariantCulture, $"{Say("Parcel", "Paket")} {number}");
        return Html.Of(
            $"""
            <h3>{title}: {parcel.State}</h3>
            <dl>
            {Fact(Say("Shipped", "Skickat"), parcel.ShippedOn)}{Fact(Say("Delivered", "Levererat"), parcel.DeliveredOn)}{Fact(
                Say("Expected", "Väntas"),
                parcel.ExpectedOn
            )}{Fact(Say("Carrier", "Transportör"), parcel.Carrier)}{Tracking(parcel, order.Number)}</dl>

            """
        );
    }

    private Html Tracking(ParcelStory parcel, string order)
    {
        var number = parcel.TrackingNumber;
        if (number.Length == 0 && parcel.Link.Length == 0)
        {
            return parcel.ShippedOn.Length == 0
                ? Html.Empty
                : Fact(Say("Tracking", "Spårning"), Say("This parcel cannot be tracked.", "Paketet kan inte spåras."));
        }

        var words = number.Length > 0 ? number : Say($"Track the parcel of order {order}", $"Spåra paketet i beställning {order}");
        var shown = parcel.Link.Length == 0 ? Html.Of($"{words}") : Html.Of($"""<a href="{parcel.Link}" rel="noopener noreferrer">{words}</a>""");
        return Html.Of($"<div><dt>{Say("Tracking", "Spårning")}</dt><dd>{shown}</dd></div>{"\n"}");
    }

    private Html More(OrderStory order) =>
        order.MoreToCome
            ? Html.Of($"<p>{Say("More of this order follows in another parcel.", "Resten av beställningen kommer i ett annat paket.")}</p>{"\n"}")
            : Html.Empty;

    private Html Write(OrderStory order)
    {
        var (link, text) = (ContactForm(order.Key), Say($"Write to us about order {order.Number}", $"Skriv till oss om beställning {order.Number}"));
        return Html.Of($"""<p class="write"><a href="{link}">{text}</a></p>{"\n"}""");
    }

    private Html Paging()
    {
        if (Number == 1 && !HasOlder)
        {
            return Html.Empty;
        }

        var newer =
            Number > 1 ? Html.Of($"""<a href="?page={Number - 1}" rel="prev">{Say("Newer orders", "Nyare beställningar")}</a>""") : Html.Of($"<span></span>");
        var older = HasOlder ? Html.Of($"""<a href="?page={Number + 1}" rel="next">{Say("Older orders", "Äldre beställningar")}</a>""") : Html.Empty;
        return Html.Of($"""<nav aria-label="{Say("Pages", "Sidor")}">{newer}{older}</nav>""");
    }

    private static Html Fact(string name, string value) => value.Length == 0 ? Html.Empty : Html.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>{"\n"}");

    private string Say(string english, string swedish) => OrderWords.Of(Culture, english, swedish);
}
