using Microsoft.AspNetCore.Antiforgery;
using Support.Sdk.AspNetCore.Inbox;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.AspNetCore.Desk;

/// <summary>The desk's own pages: what waits for a person, and one message with what can be done about it.</summary>
internal static class DeskPages
{
    public static Html Start(string root, IReadOnlyList<MessageDelivery> waiting, int max) =>
        Frame(
            "Support desk",
            Html.Of(
                $"""<h1>Support desk</h1><p><a href="{root}/tickets">Tickets</a></p><p class="quiet">Why was this sent, or not?</p>{Search(root, default)}"""
            ),
            waiting.Count == 0
                ? Html.Of($"""<h2>Nothing waits for a person</h2><p class="quiet">Messages that are held, in doubt or failed appear here.</p>""")
                : Html.Of(
                    $"""
                    <h2>Waits for a person{(waiting.Count == max ? " (the newest)" : "")}</h2>
                    <div class="paper"><table class="list">
                    <thead><tr><th scope="col">Decided</th><th scope="col">Message</th><th scope="col">Order</th><th scope="col">State</th></tr></thead>
                    <tbody>
                    {Html.Join(waiting.Select(delivery => Row(root, delivery)))}</tbody>
                    </table></div>
                    """
                )
        );

    public static Html NoOrder(string root, OrderKey key) =>
        Frame(
            "No such order",
            Html.Of(
                $"<h1>No such order</h1><p>Nothing is known of order {key.Id} of shop {key.Shop}. The id is the one that the shop gave it, not always the number that customers see.</p>{Search(root, key)}"
            ),
            Html.Empty
        );

    public static Html NoMessage(string root) =>
        Frame(
            "No such message",
            Html.Of($"""<h1>No such message</h1><p>It was never written, or its order was removed. <a href="{root}">Back to the desk</a></p>"""),
            Html.Empty
        );

    public static Html Message(string root, MessageDelivery delivery, AntiforgeryTokenSet tokens, string? refusal)
    {
        var order = delivery.Message.Order is { } key ? Html.Of($""" · <a href="{OrderLink(root, key)}">Why was it sent?</a>""") : Html.Empty;
        var refused = refusal is null ? Html.Empty : Html.Of($"""<p role="alert"><strong>{refusal}</strong></p>""");
        return Frame(
            delivery.Message.Subject,
            Html.Of($"""<p class="quiet way"><a href="{root}">Support desk</a>{order}</p><h1>{delivery.Message.Subject}</h1>{refused}"""),
            Html.Of($"{MessagePage.Facts(delivery)}{Acts(delivery.State, tokens)}{MessagePage.Parts(delivery.Message)}")
        );
    }

    public static Html Frame(string title, Html header, Html main) => Page.Frame(title, Html.Empty, header, main, "Times are UTC.");

    public static Html Search(string root, OrderKey key) =>
        Html.Of(
            $"""
            <form class="paper search" method="get" action="{root}/orders">
            <label>Shop <input name="shop" required maxlength="100" autocomplete="off" value="{key.Shop}"></label>
            <label>Order <input name="order" required maxlength="200" autocomplete="off" value="{key.Id}"></label>
            <button>Show why</button>
            </form>
            """
        );

    public static string OrderLink(string root, OrderKey key) => $"{root}/orders?shop={Uri.EscapeDataString(key.Shop)}&order={Uri.EscapeDataString(key.Id)}";

    public static string MessageLink(string root, string id) => $"{root}/messages/{Uri.EscapeDataString(id)}";

    private static Html Row(string root, MessageDelivery delivery)
    {
        var message = delivery.Message;
        var order = message.Order is { } key
            ? Html.Of($"""<a href="{OrderLink(root, key)}">{key.Id}</a><div class="quiet">{key.Shop}</div>""")
            : Html.Of($"{message.Shop}");
        return Html.Of(
            $"""
            <tr><td class="quiet">{Page.Time(message.DecidedAt)}</td><th scope="row"><a href="{MessageLink(
                root,
                message.Id
            )}">{message.Subject}</a><div class="quiet">{Page.Kind(message)}</div></th><td>{order}</td><td>{Page.State(
                delivery.State
            )}<div class="quiet">{delivery.Reason}</div></td></tr>

            """
        );
    }

    private static Html Acts(DeliveryState state, AntiforgeryTokenSet tokens)
    {
        var acts = Html.Join([
            state is DeliveryState.Held ? Html.Of($"""<button name="act" value="release">Send it now</button>""") : Html.Empty,
            state is DeliveryState.Held or DeliveryState.Pending or DeliveryState.Retry or DeliveryState.InDoubt
                ? Html.Of(
                    $"""<button name="act" value="discard">Do not send it</button><label>Because <input name="reason" maxlength="200" autocomplete="off"></label>"""
                )
                : Html.Empty,
            state is DeliveryState.Pending or DeliveryState.Sending or DeliveryState.Retry or DeliveryState.Held
                ? Html.Empty
                : Html.Of($"""<button name="act" value="resend">Send it again</button>"""),
        ]);
        return acts == Html.Empty
            ? Html.Empty
            : Html.Of(
                $"""<form class="paper search" method="post"><input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">{acts}</form>{"\n"}"""
            );
    }
}
