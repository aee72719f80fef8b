using System.Globalization;
using Support.Sdk.AspNetCore.Pages;
using Support.Sdk.Orders;

namespace Support.Sdk.AspNetCore.Preferences;

/// <summary>The words of the page. What was shown is kept with a word of consent, so they are in one place.</summary>
internal sealed class PreferenceWords(CultureInfo culture)
{
    public string Of(string english, string swedish) => PageLanguage.Of(culture, english, swedish);

    public string Channel(string channel) =>
        channel switch
        {
            "email" => Of("E-mail", "E-post"),
            "sms" => "SMS",
            "phone" => Of("Phone", "Telefon"),
            _ => channel,
        };

    public string Notices(string channel) =>
        channel switch
        {
            "email" => Of("Messages about my orders by e-mail", "Meddelanden om mina beställningar via e-post"),
            _ => Of($"Messages about my orders by {Channel(channel)}", $"Meddelanden om mina beställningar via {Channel(channel)}"),
        };

    public string Offers(PreferenceView view)
    {
        var name = view.Shop.Brand.Name ?? view.Shop.Id;
        return Of(
            $"Yes, {name} may send me offers ({Channel(view.Point.Channel)})",
            $"Ja, {name} får skicka erbjudanden till mig ({Channel(view.Point.Channel)})"
        );
    }

    public string Kind(string kind) =>
        kind switch
        {
            NoticeKinds.OrderConfirmed => Of("We have received your order", "Vi har tagit emot din beställning"),
            NoticeKinds.OrderAtRisk or NoticeKinds.OrderDelayed => Of(
                "Your order may be late, or is late",
                "Din beställning riskerar att bli sen, eller är sen"
            ),
            NoticeKinds.OrderShipped => Of("A parcel is on its way, with its tracking", "Ett paket är på väg, med spårning"),
            NoticeKinds.OutForDelivery => Of("A parcel arrives today", "Ett paket kommer i dag"),
            NoticeKinds.AttemptFailed => Of("A parcel could not be handed over", "Ett paket kunde inte lämnas"),
            NoticeKinds.AvailableForPickup => Of("A parcel waits for you", "Ett paket väntar på dig"),
            NoticeKinds.OrderDelivered => Of("A parcel has arrived", "Ett paket har kommit fram"),
            NoticeKinds.OrderReturning => Of("A parcel is on its way back to us", "Ett paket är på väg tillbaka till oss"),
            NoticeKinds.OrderException => Of("A parcel needs attention", "Ett paket har fått problem"),
            _ => kind,
        };
}
