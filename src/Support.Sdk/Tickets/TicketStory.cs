using System.Globalization;
using System.Text;
using Support.Sdk.Orders;

namespace Support.Sdk.Tickets;

/// <summary>What the shop's own people read first in a ticket about an order: what was promised when, and what the customer was told.</summary>
internal static class TicketStory
{
    public static string Of(WatchedOrder order)
    {
        var story = new StringBuilder();
        var snapshot = order.Snapshot;
        story.Append(CultureInfo.InvariantCulture, $"Order {snapshot?.Number ?? order.Key.Id}");
        if (snapshot is not null)
        {
            story.Append(CultureInfo.InvariantCulture, $", placed {snapshot.PlacedAt.UtcDateTime:yyyy-MM-dd}, {snapshot.Status}");
        }

        story.Append(".\n");
        foreach (var (promise, index) in order.Promises.Select((promise, index) => (promise, index)))
        {
            var dates = string.Join(", ", new[] { Part("ship by", promise.ShipBy), Part("arrive by", promise.DeliverBy) }.OfType<string>());
            if (dates.Length > 0)
            {
                story.Append(CultureInfo.InvariantCulture, $"{(index == 0 ? "Promised" : "Promise moved to")}: {dates}.\n");
            }
        }

        foreach (var notice in order.Notices)
        {
            var date = notice.NewDate is { } told ? $", new date {Date(told)}" : "";
            var next = notice.NextWordBy is { } by ? string.Create(CultureInfo.InvariantCulture, $", next word by {by.UtcDateTime:u}") : "";
            story.Append(CultureInfo.InvariantCulture, $"{notice.DecidedAt.UtcDateTime:u} {notice.Occasion}: {notice.State}{date}{next}.\n");
        }

        foreach (var ruling in order.Rulings)
        {
            story.Append(CultureInfo.InvariantCulture, $"Not told at present, {ruling.Occasion}: {ruling.Reason}\n");
        }

        return story.ToString().TrimEnd();
    }

    private static string? Part(string what, PromiseDate? date) => date is null ? null : $"{what} {Date(date)} ({date.Source})";

    private static string Date(PromiseDate date) =>
        date.Date is { } day ? day.ToString("O", CultureInfo.InvariantCulture) : date.Moment?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) ?? "";
}
