using System.Globalization;
using Support.Sdk.Links;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Templates;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Pages.Tickets;

/// <summary>A ticket as the holder of a link may see it.</summary>
internal sealed record CustomerTicket
{
    public required Shop Shop { get; init; }

    public required SignedLink Link { get; init; }

    public required Ticket Ticket { get; init; }

    public required CultureInfo Culture { get; init; }

    /// <summary>What the customer waits for: the first response, else the next one.</summary>
    public SlaClock? Promised =>
        Ticket.Clocks.FirstOrDefault(clock =>
            clock is { State: SlaClockState.Running, DueAt: not null, Metric: SlaMetric.FirstResponse or SlaMetric.NextResponse }
        );

    /// <summary>When something was said, as it was at the customer's place, or else the shop's.</summary>
    public string Time(DateTimeOffset moment) =>
        $"{Dates.Day(moment)}, {TimeZoneInfo.ConvertTime(moment, Zone).ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>When something is due, with its offset. What is told is never earlier than that, and seconds are nobody's business.</summary>
    public string Due(DateTimeOffset due)
    {
        var over = due.Ticks % TimeSpan.TicksPerMinute;
        return Dates.Moment(over == 0 ? due : due.AddTicks(TimeSpan.TicksPerMinute - over));
    }

    /// <summary>Whose an entry is.</summary>
    public string Author(TicketEntry entry) =>
        entry.Kind == TicketEntryKind.Inbound ? PageLanguage.Of(Culture, "You", "Du")
        : PlainLine.Clean(TicketStaff.Find(Shop, entry.By)?.Name) is { Length: > 0 } name ? $"{name}, {BrandModel.Of(Shop).Name}"
        : BrandModel.Of(Shop).Name;

    private LocalDates Dates => new(Language.Find(Culture.Name) ?? Language.English, Zone);

    private TimeZoneInfo Zone =>
        Ticket.Requester.TimeZone is { } own && TimeZoneInfo.TryFindSystemTimeZoneById(own, out var zone)
        || TimeZoneInfo.TryFindSystemTimeZoneById(Shop.TimeZone, out zone)
            ? zone
            : TimeZoneInfo.Utc;
}
