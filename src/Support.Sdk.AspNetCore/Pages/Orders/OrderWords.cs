using System.Globalization;
using Support.Sdk.Orders;

namespace Support.Sdk.AspNetCore.Pages.Orders;

/// <summary>The words of the order page.</summary>
internal static class OrderWords
{
    public static string State(CultureInfo culture, OrderState state) =>
        state switch
        {
            OrderState.OnHold => Of(culture, "On hold", "Pausad"),
            OrderState.PartlyShipped => Of(culture, "Partly shipped", "Delvis skickad"),
            OrderState.Shipped => Of(culture, "On its way", "På väg"),
            OrderState.OutForDelivery => Of(culture, "Arriving today", "Kommer i dag"),
            OrderState.AtRisk => Of(culture, "May be late", "Kan bli försenad"),
            OrderState.Late => Of(culture, "Late", "Försenad"),
            OrderState.Delivered => Of(culture, "Delivered", "Levererad"),
            OrderState.Completed => Of(culture, "Completed", "Avslutad"),
            OrderState.Cancelled => Of(culture, "Cancelled", "Avbruten"),
            _ => Of(culture, "Being prepared", "Förbereds"),
        };

    public static string Parcel(CultureInfo culture, ParcelFacts parcel) =>
        parcel switch
        {
            { IsDelivered: true } => Of(culture, "Delivered", "Levererat"),
            { Status: TrackingStatus.OutForDelivery } => Of(culture, "On the vehicle that brings it to you", "Ute för leverans till dig"),
            { Status: TrackingStatus.AvailableForPickup } => Of(culture, "Waiting for you at the pickup point", "Väntar på dig hos ombudet"),
            { Status: TrackingStatus.AttemptFailed } => Of(culture, "Could not be handed over yet", "Kunde inte lämnas ännu"),
            { Status: TrackingStatus.Delayed } => Of(culture, "On its way, and the carrier reports a delay", "På väg, och transportören meddelar en försening"),
            { Status: TrackingStatus.Exception } => Of(culture, "Something holds it up", "Något håller upp det"),
            { Status: TrackingStatus.Returning } => Of(culture, "On its way back to us", "På väg tillbaka till oss"),
            { Status: TrackingStatus.Returned } => Of(culture, "Back with us", "Tillbaka hos oss"),
            { Status: TrackingStatus.Failed } => Of(culture, "Could not be delivered", "Kunde inte levereras"),
            { IsShipped: true } => Of(culture, "On its way", "På väg"),
            _ => Of(culture, "Being prepared", "Förbereds"),
        };

    /// <summary>Why an order is late, in the carrier's or the shop's own words where there are any; empty for what only concerns the shop.</summary>
    public static string Reason(CultureInfo culture, DelaySignalKind kind, bool isPartlyShipped, string carrier, string cause, string shop)
    {
        var sentence = Sentence(culture, kind, isPartlyShipped, carrier.Length > 0 ? carrier : Of(culture, "The carrier", "Transportören"));
        if (sentence.Length == 0 || cause.Length == 0)
        {
            return sentence;
        }

        var who =
            IsTheCarriers(kind) && carrier.Length > 0 ? carrier
            : IsTheCarriers(kind) ? Of(culture, "The carrier", "Transportören")
            : shop;
        return $"{sentence} {who} {Of(culture, $"says: “{cause}”", $"skriver: ”{cause}”")}";
    }

    public static string Of(CultureInfo culture, string english, string swedish) => PageLanguage.Of(culture, english, swedish);

    private static bool IsTheCarriers(DelaySignalKind kind) =>
        kind
            is DelaySignalKind.CarrierDelay
                or DelaySignalKind.AttemptFailed
                or DelaySignalKind.AvailableForPickup
                or DelaySignalKind.Exception
                or DelaySignalKind.Returning;

    private static string Sentence(CultureInfo culture, DelaySignalKind kind, bool isPartlyShipped, string carrier) =>
        kind switch
        {
            DelaySignalKind.AtRisk => Of(
                culture,
                "The promised day is close, and it has not arrived yet.",
                "Den utlovade dagen är nära, och den har inte kommit fram ännu."
            ),
            DelaySignalKind.PromiseMissed => Of(culture, "It has not arrived yet.", "Den har inte kommit fram ännu."),
            DelaySignalKind.ShipByMissed when isPartlyShipped => Of(culture, "Part of it has not been shipped yet.", "En del av den har inte skickats ännu."),
            DelaySignalKind.ShipByMissed => Of(culture, "It has not been shipped yet.", "Den har inte skickats ännu."),
            DelaySignalKind.OnHold => Of(culture, "We hold it back for now.", "Vi håller den tills vidare."),
            DelaySignalKind.CarrierDelay => Of(culture, $"{carrier} reports a delay.", $"{carrier} meddelar en försening."),
            DelaySignalKind.AttemptFailed => Of(culture, $"{carrier} could not hand it over.", $"{carrier} kunde inte lämna den."),
            DelaySignalKind.AvailableForPickup => Of(culture, "A parcel waits for you at the pickup point.", "Ett paket väntar på dig hos ombudet."),
            DelaySignalKind.Exception => Of(culture, $"{carrier} reports a problem.", $"{carrier} meddelar ett problem."),
            DelaySignalKind.Returning => Of(culture, "A parcel is on its way back to us.", "Ett paket är på väg tillbaka till oss."),
            _ => "",
        };
}
