using Support.Sdk.Deliveries;

namespace Support.Sdk.AspNetCore.Inbox;

/// <summary>The list of messages, newest first.</summary>
internal static class ListPage
{
    /// <param name="link">The address of the list, without a slash at the end.</param>
    /// <param name="deliveries">The messages of this page.</param>
    /// <param name="isFirst">Whether it is the first page, which renews itself.</param>
    /// <param name="isStill">Whether the reader asked it not to.</param>
    /// <param name="hasMore">Whether older messages follow.</param>
    public static Html Render(string link, IReadOnlyList<MessageDelivery> deliveries, bool isFirst, bool isStill, bool hasMore)
    {
        var renews = isFirst && !isStill;
        return Page.Frame(
            "Support inbox",
            renews ? Html.Of($"""<meta http-equiv="refresh" content="5">{"\n"}""") : Html.Empty,
            Html.Of(
                $"""<h1>Support inbox</h1><div class="bar"><p class="quiet">What customers were told, and what became of it. Newest first.</p>{Renewal(link, isFirst, renews)}</div>"""
            ),
            deliveries.Count > 0 ? Html.Of($"{Table(link, deliveries)}{Paging(link, deliveries[^1].Message.Id, isFirst, hasMore)}")
                : isFirst ? EmptyState.Markup
                : Html.Of($"""<p>No older message.</p>{Paging(link, "", isFirst, hasMore)}""")
        );
    }

    // A page that moves by itself can be stopped (WCAG 2.2.2).
    private static Html Renewal(string link, bool isFirst, bool renews) =>
        !isFirst ? Html.Empty
        : renews ? Html.Of($"""<p class="quiet">Renews every 5 seconds. <a href="{link}?still=true">Stop</a></p>""")
        : Html.Of($"""<p class="quiet">Does not renew itself. <a href="{link}">Renew every 5 seconds</a></p>""");

    private static Html Table(string link, IReadOnlyList<MessageDelivery> deliveries) =>
        Html.Of(
            $"""
            <div class="paper"><table class="list">
            <thead><tr><th scope="col">Decided</th><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Order</th><th scope="col">State</th></tr></thead>
            <tbody>
            {Html.Join(deliveries.Select(delivery => Row(link, delivery)))}</tbody>
            </table></div>
            """
        );

    private static Html Row(string link, MessageDelivery delivery)
    {
        var message = delivery.Message;
        var reason = delivery.Reason is null ? Html.Empty : Html.Of($"""<div class="quiet">{delivery.Reason}</div>""");
        var name = message.ToName is null ? Html.Empty : Html.Of($"{message.ToName}<br>");
        return Html.Of(
            $"""
            <tr><td class="quiet">{Page.Time(message.DecidedAt)}</td><th scope="row"><a href="{link}/{Uri.EscapeDataString(
                message.Id
            )}">{message.Subject}</a><div class="quiet">{Page.Kind(
                message
            )}</div></th><td>{name}<span class="quiet">{message.To.Value}</span></td><td>{message.Order?.Id}<div class="quiet">{message.Shop}</div></td><td>{Page.State(
                delivery.State
            )}{reason}</td></tr>

            """
        );
    }

    private static Html Paging(string link, string last, bool isFirst, bool hasMore)
    {
        if (isFirst && !hasMore)
        {
            return Html.Empty;
        }

        var newest = isFirst ? Html.Of($"<span></span>") : Html.Of($"""<a href="{link}">Newest</a>""");
        var older = hasMore ? Html.Of($"""<a href="{link}?after={Uri.EscapeDataString(last)}" rel="next">Older</a>""") : Html.Empty;
        return Html.Of($"""<nav aria-label="Pages">{newest}{older}</nav>""");
    }
}
