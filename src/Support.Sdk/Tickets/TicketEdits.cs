using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;

namespace Support.Sdk.Tickets;

/// <summary>Checks and applies what an agent changes.</summary>
internal static class TicketEdits
{
    private const int MaxOrders = 20;

    /// <exception cref="ArgumentException">A value is impossible.</exception>
    public static void Check(TicketEdit edit, Shop shop)
    {
        if (edit.Status == TicketStatus.New)
        {
            throw new ArgumentException("No ticket becomes New again. Use Open.", nameof(edit));
        }

        if (edit.Subject is { } subject && PlainLine.Clean(subject).Length is 0 or > MessageRules.MaxSubject)
        {
            throw new ArgumentException($"A subject has 1 to {MessageRules.MaxSubject} characters.", nameof(edit));
        }

        if (edit.Team is { Length: > 0 } team && TicketStaff.TeamOf(shop, team) is null)
        {
            throw new ArgumentException($"There is no team '{team}'. The shop has {Names(shop.Tickets.Teams.Select(known => known.Name))}.", nameof(edit));
        }

        // A shop that lists its agents means these and no others.
        if (edit.Assignee is { Length: > 0 } agent && shop.Tickets.Agents.Count > 0 && TicketStaff.Find(shop, agent) is null)
        {
            throw new ArgumentException($"There is no agent '{agent}'. Add the agent to Tickets:Agents.", nameof(edit));
        }

        foreach (var tag in edit.AddTags)
        {
            MessageRules.CheckTag(tag);
        }

        MessageRules.CheckFields(edit.Fields);
        foreach (var order in edit.AddOrders)
        {
            EventRules.CheckText(order, 200, "order id");
        }
    }

    public static Ticket Apply(Ticket ticket, TicketEdit edit, WatchedOrder? order)
    {
        var fields = new Dictionary<string, string>(ticket.Fields, StringComparer.Ordinal);
        foreach (var (name, value) in edit.Fields)
        {
            if (value.Length == 0)
            {
                fields.Remove(name);
            }
            else
            {
                fields[name] = value;
            }
        }

        return ticket with
        {
            Subject = edit.Subject is { } subject ? PlainLine.Clean(subject) : ticket.Subject,
            Kind = edit.Kind ?? ticket.Kind,
            Status = edit.Status ?? ticket.Status,
            Priority = edit.Priority ?? ticket.Priority,
            Team = edit.Team is null ? ticket.Team : Set(edit.Team),
            Assignee = edit.Assignee is null ? ticket.Assignee : Set(edit.Assignee),
            Tags = [.. ticket.Tags.Except(edit.RemoveTags, StringComparer.Ordinal).Concat(edit.AddTags)],
            Fields = fields,
            Orders = [.. ticket.Orders.Concat(edit.AddOrders).Distinct(StringComparer.Ordinal).Take(MaxOrders)],
            OrderTotal = ticket.OrderTotal ?? (ticket.Orders.Count == 0 ? order?.Snapshot?.Total : null),
        };
    }

    private static string? Set(string value) => value.Length == 0 ? null : value;

    private static string Names(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";
}
