using System.Globalization;
using System.Text.Json;
using Support.Sdk.Sla;

namespace Support.Sdk.Tickets;

/// <summary>A ticket as fields with values: what the history tells of, and what it can be put together from again.</summary>
internal static class TicketFields
{
    public const string Clock = "clock.";

    /// <summary>The shop's own field that keeps an order whose writer only claims that it is theirs.</summary>
    public const string ClaimedOrder = "claimedOrder";

    private const string Broken = ", broken ";

    public static SortedDictionary<string, string> Of(Ticket? ticket)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (ticket is null)
        {
            return fields;
        }

        Add("subject", ticket.Subject);
        Add("kind", Name(ticket.Kind));
        Add("status", Name(ticket.Status));
        Add("priority", Name(ticket.Priority));
        Add("channel", ticket.Channel);
        Add("team", ticket.Team);
        Add("assignee", ticket.Assignee);
        Add("policy", ticket.Policy);
        Add("requester.customer", ticket.Requester.CustomerId);
        Add("requester.name", ticket.Requester.Name);
        Add("requester.contacts", List(ticket.Requester.ContactPoints.Select(point => $"{point.Channel}:{point.Value}")));
        Add("orders", List(ticket.Orders));
        Add("products", List(ticket.Products));
        Add("tags", List(ticket.Tags));
        Add("segments", List(ticket.Segments));
        Add("links", List(ticket.Links.Select(link => string.Create(CultureInfo.InvariantCulture, $"{Name(link.Relation)} {link.Number}"))));
        foreach (var (name, value) in ticket.Fields)
        {
            Add("fields." + name, value);
        }

        foreach (var clock in ticket.Clocks)
        {
            Add(Clock + Name(clock.Metric), Text(clock));
        }

        return fields;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                fields[name] = value;
            }
        }
    }

    /// <summary>What became different, by the names of the fields.</summary>
    public static IReadOnlyList<TicketChangedField> Diff(SortedDictionary<string, string> before, SortedDictionary<string, string> after) =>
        [
            .. before
                .Keys.Union(after.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(name => new TicketChangedField(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
                .Where(change => !string.Equals(change.From, change.To, StringComparison.Ordinal)),
        ];

    /// <summary>How a clock ended, or that it broke, where a change tells it; else null.</summary>
    public static string? Outcome(TicketChangedField change)
    {
        if (!change.Field.StartsWith(Clock, StringComparison.Ordinal) || change.To is not { } to)
        {
            return null;
        }

        var state = to[..to.IndexOfAny([' ', ','])];
        var wasThere = change.From?.StartsWith(state, StringComparison.Ordinal) is true;
        return state is "met" or "missed" or "dropped" ? (wasThere ? null : state)
            : to.Contains(Broken, StringComparison.Ordinal) && change.From?.Contains(Broken, StringComparison.Ordinal) is not true ? "broken"
            : null;
    }

    /// <summary>The name of an enum's value as the history and the API write it.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Text(SlaClock clock)
    {
        var due = clock.DueAt is { } at && clock.EndedAt is null ? $", due {Moment(at)}" : "";
        var broken = clock.BrokenAt is { } since ? $"{Broken}{Moment(since)}" : "";
        var ended = clock.EndedAt is { } end ? $" {Moment(end)}" : "";
        return $"{Name(clock.State)}{ended}, since {Moment(clock.StartedAt)}{due}{broken}";
    }

    /// <summary>A moment as the history and the API write it: RFC 3339 in UTC.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string List(IEnumerable<string> values) => string.Join(", ", values);
}
