using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;
using Support.Sdk.AspNetCore.Inbox;
using Support.Sdk.Orders;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Desk;

/// <summary>One ticket as an agent works on it.</summary>
internal sealed record TicketPage
{
    public required string Root { get; init; }

    public required TicketView View { get; init; }

    /// <summary>The latest entries, in their order.</summary>
    public required IReadOnlyList<TicketEntry> Entries { get; init; }

    public required IReadOnlyList<SupportAgent> Agents { get; init; }

    public required AntiforgeryTokenSet Tokens { get; init; }

    public required string? Refusal { get; init; }

    public required DateTimeOffset Now { get; init; }

    private Ticket Ticket => View.Ticket;

    public Html Render()
    {
        var refused = Refusal is null ? Html.Empty : Html.Of($"""<p role="alert"><strong>{Refusal}</strong></p>""");
        var number = Ticket.Key.Number.ToString(CultureInfo.InvariantCulture);
        return DeskPages.Frame(
            $"{number} · {Ticket.Subject}",
            Html.Of(
                $"""<p class="quiet way"><a href="{Root}">Support desk</a> · <a href="{Root}/tickets?shop={Uri.EscapeDataString(Ticket.Key.Shop)}">Tickets</a></p><h1>{Ticket.Subject}</h1><p>{TicketPages.Status(Ticket.Status)} <span class="quiet">Ticket {number} of shop {Ticket.Key.Shop}</span></p>{refused}"""
            ),
            Html.Of($"{Clocks()}{Conversation()}{Forms()}{Facts()}{Orders()}")
        );
    }

    private Html Clocks() =>
        Ticket.Clocks.Count == 0
            ? Html.Of($"""<p class="quiet">No clock runs.</p>""")
            : Html.Of(
                $"""
                <h2>Clocks</h2>
                <div class="paper"><table class="list">
                <thead><tr><th scope="col">State</th><th scope="col">What was promised</th><th scope="col">Due</th><th scope="col">Left</th></tr></thead>
                <tbody>
                {Html.Join(Ticket.Clocks.Select(Clock))}</tbody>
                </table></div>

                """
            );

    private Html Clock(SlaClock clock)
    {
        var isBroken = clock.BrokenAt is not null || (clock is { State: SlaClockState.Running, DueAt: { } end } && end < Now);
        var tone = clock.State switch
        {
            SlaClockState.Met => "good",
            SlaClockState.Missed => "bad",
            SlaClockState.Running => isBroken ? "bad" : "wait",
            _ => "calm",
        };
        var state = isBroken && clock.EndedAt is null ? "Broken" : clock.State.ToString();
        var due = clock.DueAt is { } at ? Page.Time(at) : Html.Empty;
        var left = clock is { State: SlaClockState.Running, DueAt: { } dueAt } ? Left(dueAt - Now) : "";
        return Html.Of(
            $"""<tr><td><span class="state {tone}">{state}</span></td><th scope="row">{TicketPages.Name(clock.Metric)}<div class="quiet">since {Page.Time(clock.StartedAt)}</div></th><td>{due}</td><td>{left}</td></tr>{"\n"}"""
        );
    }

    private static string Left(TimeSpan left)
    {
        var (time, words) = left < TimeSpan.Zero ? (-left, "late") : (left, "left");
        return time >= TimeSpan.FromDays(2)
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} days {words}")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min {words}");
    }

    private Html Conversation() =>
        Html.Of(
            $"""
            <h2>Conversation{(Ticket.Entries > Entries.Count ? " (the latest)" : "")}</h2>
            {Html.Join(Entries.Select(Entry))}
            """
        );

    private static Html Entry(TicketEntry entry)
    {
        var isMessage = TicketMerge.IsMessage(entry);
        var text = string.IsNullOrEmpty(entry.Text) ? Html.Empty : Html.Of($"<pre>{entry.Text}</pre>");
        var files = Html.Join(entry.Attachments.Select(file => Html.Of($"""<p class="quiet">File: {file.Name} ({Size(file.Length)})</p>""")));
        var changes = Html.Join(entry.Changes.Where(change => !isMessage || !change.Field.StartsWith("requester.", StringComparison.Ordinal)).Select(Change));
        return Html.Of(
            $"""
            <div class="paper entry {Tone(entry.Kind)}"><p class="quiet"><strong>{Who(entry)}</strong> · {Page.Time(entry.At)}</p>{text}{files}{changes}</div>

            """
        );
    }

    private static Html Change(TicketChangedField change) => Html.Of($"""<p class="quiet">{change.Field}: {change.From ?? "–"} → {change.To ?? "–"}</p>""");

    private static string Who(TicketEntry entry) =>
        entry.Kind switch
        {
            TicketEntryKind.Inbound => "Customer",
            TicketEntryKind.Reply => $"{entry.By} replied",
            TicketEntryKind.Note => $"{entry.By} noted, not shown to the customer",
            TicketEntryKind.Told => "Support.Sdk to the customer",
            TicketEntryKind.Alert => "Support.Sdk to the staff",
            TicketEntryKind.Trouble => "Delivery",
            TicketEntryKind.Clock => "Clock",
            _ => entry.By,
        };

    private static string Tone(TicketEntryKind kind) =>
        kind switch
        {
            TicketEntryKind.Inbound => "theirs",
            TicketEntryKind.Reply => "ours",
            TicketEntryKind.Note => "note",
            _ => "event",
        };

    private static string Size(long bytes) =>
        bytes < 1024 ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024} KB");

    private Html Forms()
    {
        if (Ticket.MergedInto is { } into)
        {
            return Html.Of(
                $"""<p>Everything goes on in <a href="{TicketPages.Link(Root, into)}">ticket {into.Number.ToString(CultureInfo.InvariantCulture)}</a>.</p>"""
            );
        }

        var statuses = TicketPages.Options(
            [("Pending", "it is the customer's turn"), ("Open", "we go on with it"), ("OnHold", "we wait for somebody else"), ("Solved", "it is solved")],
            "Pending"
        );
        return Html.Of(
            $"""
            <h2>Answer</h2>
            <form class="paper act" method="post">{Hidden("reply")}
            <label>To the customer <textarea name="text" rows="6" required maxlength="100000"></textarea></label>
            <div class="search"><label>Afterwards <select name="status">{statuses}</select></label>
            <label>Next word promised within <input name="next" inputmode="decimal" size="4" autocomplete="off"> hours</label>
            <button>Send</button></div>
            </form>
            <details><summary>Note among ourselves</summary>
            <form class="paper act" method="post">{Hidden("note")}
            <label>Not shown to the customer <textarea name="text" rows="3" required maxlength="100000"></textarea></label>
            <div class="search"><button>Write down</button></div>
            </form></details>
            <details><summary>Change</summary>
            <form class="paper search" method="post">{Hidden("change")}
            <label>Status <select name="status"><option value="">as it is</option>{TicketPages.Options(Names(TicketStatus.New), "")}</select></label>
            <label>Priority <select name="priority">{TicketPages.Options(Names<TicketPriority>(), Ticket.Priority.ToString())}</select></label>
            <label>Assignee {Assignee()}</label>
            <button>Change</button>
            </form></details>

            """
        );
    }

    private Html Assignee() =>
        Agents.Count == 0
            ? Html.Of($"""<input name="assignee" maxlength="100" autocomplete="off" value="{Ticket.Assignee}">""")
            : Html.Of(
                $"""<select name="assignee">{TicketPages.Options(Agents.Select(agent => (agent.Id, agent.Name ?? agent.Id)).Prepend(("", "nobody")), Ticket.Assignee ?? "")}</select>"""
            );

    private Html Hidden(string act)
    {
        var request = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        return Html.Of(
            $"""<input type="hidden" name="{Tokens.FormFieldName}" value="{Tokens.RequestToken}"><input type="hidden" name="act" value="{act}"><input type="hidden" name="request" value="{request}">"""
        );
    }

    private Html Facts()
    {
        Html[] facts =
        [
            Fact("Who", Ticket.Requester.Name),
            Fact("Reached at", string.Join(", ", Ticket.Requester.ContactPoints.Select(point => $"{point.Value} ({point.Channel})"))),
            Fact("Matter", Ticket.Kind.ToString()),
            Fact("Priority", Ticket.Priority.ToString()),
            Fact("Assignee", Ticket.Assignee),
            Fact("Team", Ticket.Team),
            Fact("Policy", Ticket.Policy),
            Fact("Tags", string.Join(", ", Ticket.Tags)),
            Fact("Segments", string.Join(", ", Ticket.Segments)),
            Fact("Products", string.Join(", ", Ticket.Products)),
            .. Ticket.Fields.Select(field => Fact(field.Key, field.Value)),
            .. Ticket.Links.Select(link =>
                Html.Of(
                    $"""<tr><th scope="row">{link.Relation.ToString()}</th><td><a href="{TicketPages.Link(Root, Ticket.Key with { Number = link.Number })}">{link.Number.ToString(CultureInfo.InvariantCulture)}</a></td></tr>{"\n"}"""
                )
            ),
        ];
        return Html.Of($"""<h2>About it</h2><div class="paper facts"><table><tbody>{"\n"}{Html.Join(facts)}</tbody></table></div>{"\n"}""");
    }

    private Html Orders() =>
        Html.Join(
            View.Orders.Select(view =>
                Html.Of(
                    $"""
                    <h2>Order {view.Order.Snapshot?.Number ?? view.Order.Key.Id}</h2>
                    <div class="paper"><pre>{TicketStory.Of(view.Order)}</pre>{Decisions(view.Decisions)}<p class="act"><a href="{DeskPages.OrderLink(
                        Root,
                        view.Order.Key
                    )}">The whole story</a></p></div>

                    """
                )
            )
        );

    private static Html Decisions(IReadOnlyList<Decision> decisions) =>
        decisions.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""<table class="list"><thead><tr><th scope="col">When</th><th scope="col">Decision</th><th scope="col">Why</th></tr></thead><tbody>{Html.Join(
                    decisions.Select(decision =>
                        Html.Of(
                            $"""<tr><td class="quiet">{Page.Time(decision.At)}</td><th scope="row">{decision.Verdict.ToString()}<div class="quiet">{decision.Occasion}</div></th><td>{decision.Reason}</td></tr>"""
                        )
                    )
                )}</tbody></table>"""
            );

    private static IEnumerable<(string Value, string Text)> Names<T>(params T[] without)
        where T : struct, Enum => Enum.GetValues<T>().Except(without).Select(value => (value.ToString(), value.ToString()));

    private static Html Fact(string name, string? value) =>
        string.IsNullOrEmpty(value) ? Html.Empty : Html.Of($"""<tr><th scope="row">{name}</th><td>{value}</td></tr>{"\n"}""");
}
