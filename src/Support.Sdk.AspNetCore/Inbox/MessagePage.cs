using System.Globalization;
using Support.Sdk.Deliveries;

namespace Support.Sdk.AspNetCore.Inbox;

/// <summary>One message: what is known about it, and both of its parts.</summary>
internal static class MessagePage
{
    public static Html Render(string link, MessageDelivery delivery) =>
        Page.Frame(
            delivery.Message.Subject,
            Html.Empty,
            Html.Of($"""<p class="quiet way"><a href="{link}">Support inbox</a></p><h1>{delivery.Message.Subject}</h1>"""),
            Html.Of($"{Facts(delivery)}{Parts(delivery.Message)}")
        );

    public static Html NotFound(string link) =>
        Page.Frame(
            "No such message",
            Html.Empty,
            Html.Of($"""<h1>No such message</h1><p>It was never written, or its order was removed. <a href="{link}">Back to the support inbox</a></p>"""),
            Html.Empty
        );

    public static Html Facts(MessageDelivery delivery)
    {
        var message = delivery.Message;
        Html[] facts =
        [
            Fact("State", Html.Of($"""{Page.State(delivery.State)} <span class="quiet">since {Page.Time(delivery.ChangedAt)}</span>""")),
            Fact("Reason", delivery.Reason),
            Fact("From", Person(message.FromName, message.From)),
            Fact("To", Person(message.ToName, message.To.Value)),
            Fact("Channel", message.To.Channel),
            Fact("Shop", message.Shop),
            Fact("Order", message.Order?.Id),
            Fact("Occasion", message.Occasion),
            Fact("Language", message.Culture),
            Fact("Decided", Page.Time(message.DecidedAt)),
            Fact("Attempts", Attempts(delivery)),
            Fact("Worth sending until", delivery.SendBefore is { } end && IsOpen(delivery) ? Page.Time(end) : Html.Empty),
            Fact("Message id", message.Id),
            Fact("Provider's id", delivery.ProviderId),
        ];
        return Html.Of($"""<div class="paper facts"><table><tbody>{"\n"}{Html.Join(facts)}</tbody></table></div>{"\n"}""");
    }

    public static Html Parts(OutboundMessage message) =>
        message.Html is null
            ? Html.Of($"""<section aria-labelledby="text"><h2 id="text">Text</h2><div class="paper"><pre tabindex="0">{message.Text}</pre></div></section>""")
            : Html.Of(
                $"""
                <div class="parts">
                <section aria-labelledby="html"><h2 id="html">HTML</h2><div class="paper frame"><iframe title="The message as HTML" sandbox="" srcdoc="{message.Html}"></iframe></div></section>
                <section aria-labelledby="text"><h2 id="text">Text</h2><div class="paper"><pre tabindex="0">{message.Text}</pre></div></section>
                </div>
                """
            );

    private static Html Fact(string name, string? value) => Fact(name, Html.Of($"{value}"));

    private static Html Fact(string name, Html value) =>
        value == Html.Empty ? Html.Empty : Html.Of($"""<tr><th scope="row">{name}</th><td>{value}</td></tr>{"\n"}""");

    private static string? Person(string? name, string? address) => string.IsNullOrEmpty(name) ? address : $"{name} <{address}>";

    private static Html Attempts(MessageDelivery delivery) =>
        IsOpen(delivery)
            ? Html.Of($"""{delivery.Attempts.ToString(CultureInfo.InvariantCulture)} <span class="quiet">(next: {Page.Time(delivery.DueAt)})</span>""")
            : Html.Of($"{delivery.Attempts}");

    private static bool IsOpen(MessageDelivery delivery) => delivery.State is DeliveryState.Pending or DeliveryState.Retry;
}
