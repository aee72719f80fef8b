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

    /// <summary>What the customer waits for, while that has an end; else null.</summary>
    public SlaClock? Promised => TicketClocks.Promised(Ticket) is { DueAt: not null } clock ? clock : null;

    /// <summary>When something was said, as it was at the customer's place, or else the shop's.</summary>
    public string Time(DateTimeOffset moment) =>
        $"{Dates.Day(moment)}, {TimeZoneInfo.ConvertTime(moment, Zone).ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>When something is due, with its offset.</summary>
    public string Due(DateTimeOffset due) => Dates.Due(due);

    /// <summary>Whose an entry is.</summary>
    public string Author(TicketEntry entry) =>
        entry.Kind == TicketEntryKind.Inbound ? PageLanguage.Of(Culture, "You", "Du")
        : PlainLine.Clean(TicketStaff.Find(Shop, entry.By)?.Name) is { Length: > 0 } name ? $"{name}, {BrandModel.Of(Shop).Name}"
        : BrandModel.Of(Shop).Name;

    private LocalDates Dates => new(Language.Find(Culture.Name) ?? Language.English, Zone);

    private TimeZoneInfo Zone => TicketTimes.Zone(Ticket.Requester.TimeZone, Shop);
}
