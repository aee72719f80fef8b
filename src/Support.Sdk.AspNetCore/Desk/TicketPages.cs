using System.Globalization;
using Support.Sdk.AspNetCore.Inbox;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Desk;

/// <summary>The list of tickets, and what the ticket's own page shares with it.</summary>
internal static class TicketPages
{
    public static Html List(string root, TicketQuery query, IReadOnlyList<string> shops, IReadOnlyList<Ticket> tickets, int max)
    {
        var byDue = query.Order == TicketOrder.Due;
        return DeskPages.Frame(
            "Tickets",
            Html.Of($"""<p class="quiet way"><a href="{root}">Support desk</a></p><h1>Tickets</h1>{Filter(root, query, shops)}"""),
            tickets.Count == 0
                ? Html.Of(
                    $"""<h2>No tickets</h2><p class="quiet">{(query.OnlyOpen ? "Nothing is open. Solved and closed ones are under “all”." : "Nobody has written yet.")}</p>"""
                )
                : Html.Of(
                    $"""
                    <div class="paper"><table class="list">
                    <thead><tr><th scope="col">Number</th><th scope="col">Subject</th><th scope="col">Due</th><th scope="col">Status</th></tr></thead>
                    <tbody>
                    {Html.Join(tickets.Select(ticket => Row(root, ticket)))}</tbody>
                    </table></div>
                    {(tickets.Count < max ? Html.Empty : Next(root, query, tickets[^1], byDue))}
                    """
                )
        );
    }

    public static Html NoTicket(string root) =>
        DeskPages.Frame(
            "No such ticket",
            Html.Of($"""<h1>No such ticket</h1><p>There is none of that number in that shop. <a href="{root}/tickets">All tickets</a></p>"""),
            Html.Empty
        );

    public static string Link(string root, TicketKey key) =>
        string.Create(CultureInfo.InvariantCulture, $"{root}/tickets/{Uri.EscapeDataString(key.Shop)}/{key.Number}");

    public static Html Status(TicketStatus status) =>
        Html.Of($"""<span class="state {Tone(status)}">{(status == TicketStatus.OnHold ? "On hold" : status.ToString())}</span>""");

    public static Html Due(Ticket ticket) =>
        ticket.Clocks.Where(clock => clock.State == SlaClockState.Running).MinBy(clock => clock.DueAt) is { DueAt: { } due } clock
            ? Html.Of($"""{Page.Time(due)}<div class="quiet">{Name(clock.Metric)}{(clock.BrokenAt is null ? "" : ", broken")}</div>""")
            : Html.Empty;

    public static string Name(SlaMetric metric) =>
        metric switch
        {
            SlaMetric.FirstResponse => "First response",
            SlaMetric.NextResponse => "Next response",
            SlaMetric.PeriodicUpdate => "Periodic update",
            SlaMetric.Promise => "Promised word",
            _ => metric.ToString(),
        };

    private static Html Row(string root, Ticket ticket) =>
        Html.Of(
            $"""
            <tr><td class="quiet">{Number(ticket.Key.Number)}</td><th scope="row"><a href="{Link(
                root,
                ticket.Key
            )}">{ticket.Subject}</a><div class="quiet">{ticket.Requester.Name
                ?? "Unnamed"} · {ticket.Channel} · {ticket.Priority.ToString()}</div></th><td>{Due(ticket)}</td><td>{Status(
                ticket.Status
            )}<div class="quiet">{ticket.Assignee}</div></td></tr>

            """
        );

    private static Html Filter(string root, TicketQuery query, IReadOnlyList<string> shops)
    {
        var shop = shops.Count switch
        {
            0 => Html.Of($"""<label>Shop <input name="shop" required maxlength="100" autocomplete="off" value="{query.Shop}"></label>"""),
            1 => Html.Empty,
            _ => Html.Of($"""<label>Shop <select name="shop">{Options(shops.Select(one => (one, one)), query.Shop)}</select></label>"""),
        };
        var sort = Options([("newest", "newest first"), ("due", "due first")], query.Order == TicketOrder.Due ? "due" : "newest");
        var show = Options([("open", "open"), ("all", "all")], query.OnlyOpen ? "open" : "all");
        return Html.Of(
            $"""
            <form class="paper search" method="get" action="{root}/tickets">
            {shop}<label>Show <select name="show">{show}</select></label>
            <label>Order <select name="sort">{sort}</select></label>
            <button>Show</button>
            </form>
            """
        );
    }

    public static Html Options(IEnumerable<(string Value, string Text)> options, string chosen) =>
        Html.Join(
            options.Select(option =>
                Html.Of(
                    $"""<option value="{option.Value}"{(string.Equals(option.Value, chosen, StringComparison.Ordinal) ? new Html(" selected") : Html.Empty)}>{option.Text}</option>"""
                )
            )
        );

    private static Html Next(string root, TicketQuery query, Ticket last, bool byDue)
    {
        var due = byDue && last.DueAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"&due={at.UtcTicks}") : "";
        var link = string.Create(
            CultureInfo.InvariantCulture,
            $"{root}/tickets?shop={Uri.EscapeDataString(query.Shop)}&sort={(byDue ? "due" : "newest")}&show={(query.OnlyOpen ? "open" : "all")}&after={last.Key.Number}{due}"
        );
        return Html.Of($"""<nav><a href="{link}" rel="next">More</a></nav>""");
    }

    private static Html Number(long number) => Html.Of($"{number.ToString(CultureInfo.InvariantCulture)}");

    private static string Tone(TicketStatus status) =>
        status switch
        {
            TicketStatus.New => "bad",
            TicketStatus.Open => "wait",
            TicketStatus.Solved => "good",
            _ => "calm",
        };
}
