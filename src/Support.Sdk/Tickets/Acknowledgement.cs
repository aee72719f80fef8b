using Support.Sdk.Contacts;
using Support.Sdk.Orders;

namespace Support.Sdk.Tickets;

/// <summary>Decides whether a customer is told at once that a word arrived: once a conversation and day, and never a robot.</summary>
internal static class Acknowledgement
{
    // Who answers these is no person (RFC 2142 names some; the rest is custom), and two machines would go on for ever.
    private static readonly string[] Robots =
    [
        "abuse",
        "auto-reply",
        "autoreply",
        "bounce",
        "bounces",
        "do-not-reply",
        "donotreply",
        "mailer-daemon",
        "no-reply",
        "no_reply",
        "noreply",
        "notification",
        "notifications",
        "postmaster",
    ];

    /// <summary>Why not, wherever the customer can be reached; null when that decides.</summary>
    public static string? WhyNot(Ticket ticket, InboundMessage message, Shops.Shop shop, DateTimeOffset now) =>
        !shop.Tickets.Acknowledges ? "The shop acknowledges nothing."
        : message.IsAutomatic || IsRobot(message.From) ? "A machine wrote it."
        : ticket.AcknowledgedAt is { } last && Day(last, ticket, shop) == Day(now, ticket, shop) ? "It was acknowledged today already."
        : null;

    /// <summary>Why not there, or null to tell.</summary>
    public static string? WhyNot(TicketReach reach, Shops.Shop shop) =>
        reach.Obstacle ?? (reach.InLastDay >= shop.MaxPerCustomerAndDay ? "The customer got many messages in the last 24 hours." : null);

    public static bool IsRobot(ContactPoint? from)
    {
        if (from is null || !string.Equals(from.Channel, "email", StringComparison.Ordinal))
        {
            return false;
        }

        var local = from.Canonical().Value.Split('@')[0].Split('+')[0];
        return Array.Exists(Robots, robot => string.Equals(robot, local, StringComparison.Ordinal));
    }

    private static DateOnly Day(DateTimeOffset moment, Ticket ticket, Shops.Shop shop) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, TicketTimes.Zone(ticket.Requester.TimeZone, shop)).DateTime);
}

/// <summary>Where a ticket's customer can be reached, or why nowhere.</summary>
/// <param name="To">The contact point, or null.</param>
/// <param name="Obstacle">Why there is none, or null.</param>
/// <param name="InLastDay">How many messages were decided for it in the last 24 hours.</param>
internal sealed record TicketReach(ContactPoint? To, string? Obstacle, int InLastDay)
{
    /// <summary>The first contact point, the one written from last first, that has a channel of ours and is open to messages.</summary>
    public static TicketReach Choose(
        IReadOnlyList<ContactPoint> points,
        IReadOnlyList<string> channels,
        IReadOnlyList<Contact> known,
        IReadOnlyList<RecentContact> recent
    )
    {
        var obstacle = points.Count == 0 ? "The customer left no address." : "No channel of ours reaches the customer.";
        foreach (var point in points.Where(point => channels.Contains(point.Channel, StringComparer.Ordinal)))
        {
            var canonical = point.Canonical();
            if (known.FirstOrDefault(contact => contact.Point == canonical)?.WhyNot(MessageClass.Transactional) is { } why)
            {
                obstacle = why;
                continue;
            }

            return new TicketReach(point, Obstacle: null, recent.FirstOrDefault(one => one.ContactPoint.Canonical() == canonical)?.InLastDay ?? 0);
        }

        return new TicketReach(To: null, obstacle, 0);
    }
}
