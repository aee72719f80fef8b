using System.Globalization;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Templates;
using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>Puts a ticket into words for its customer.</summary>
internal sealed class TicketTeller(Words words, TimeProvider time)
{
    private const int PageSize = 50;

    /// <summary>The ticket without what was said.</summary>
    public async Task<TicketModel> TellAsync(Ticket ticket, Shop shop, string culture) =>
        new()
        {
            Number = ticket.Key.Number,
            Subject = PlainLine.Clean(ticket.Subject),
            State = await words.OfAsync($"Ticket.State.{ticket.Status}"),
            ChangedOn = Dates(ticket, shop, culture).Day(ticket.ChangedAt),
            Standing = await StandingAsync(ticket, shop, culture),
        };

    /// <summary>The ticket with what was said.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="ticket">The ticket.</param>
    /// <param name="shop">Its shop.</param>
    /// <param name="culture">The culture to write dates in.</param>
    /// <param name="after">The number after which to begin, or null for the latest.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public async Task<TicketModel> TellAsync(SupportEngine engine, Ticket ticket, Shop shop, string culture, long? after, CancellationToken cancellationToken)
    {
        // One more than is shown tells that there are others.
        var query = new TicketEntryQuery
        {
            Key = ticket.Key,
            After = Math.Max(0, after ?? 0),
            Latest = after is null,
            OnlyPublic = true,
            Max = PageSize + 1,
        };
        var found = (await engine.Get<ITickets>().EntriesAsync(query, cancellationToken)).Where(entry => entry.IsPublic).ToList();
        var shown = after is null ? found.TakeLast(PageSize).ToList() : found.Take(PageSize).ToList();
        var hasMore = found.Count > PageSize;
        var you = await words.OfAsync("Ticket.You");
        return await TellAsync(ticket, shop, culture) with
        {
            Said = [.. shown.Select(entry => Said(entry, shop, you, Dates(ticket, shop, culture)))],
            HasEarlier = after is null ? hasMore : after > 0,
            LaterAfter = after is not null && hasMore ? shown[^1].Number : null,
        };
    }

    private async Task<string> StandingAsync(Ticket ticket, Shop shop, string culture) =>
        ticket.Status switch
        {
            TicketStatus.Solved => await words.OfAsync("Ticket.Solved"),
            TicketStatus.Closed => await words.OfAsync("Ticket.Closed"),
            _ when TicketClocks.Promised(ticket) is { DueAt: { } due } clock => await words.OfAsync(
                clock.BrokenAt is not null || due < time.GetUtcNow() ? "Ticket.Overdue" : "Ticket.AnswerBy",
                Dates(ticket, shop, culture).Due(due)
            ),
            TicketStatus.OnHold => await words.OfAsync("Ticket.OnHold"),
            _ => "",
        };

    private static SaidModel Said(TicketEntry entry, Shop shop, string you, LocalDates dates) =>
        new()
        {
            Number = entry.Number,
            IsOurs = entry.Kind == TicketEntryKind.Reply,
            By =
                entry.Kind == TicketEntryKind.Inbound ? you
                : PlainLine.Clean(TicketStaff.Find(shop, entry.By)?.Name) is { Length: > 0 } name ? $"{name}, {BrandModel.Of(shop).Name}"
                : BrandModel.Of(shop).Name,
            At = dates.Moment(entry.At),
            Moment = entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Text = entry.Text ?? "",
            Files = [.. entry.Attachments.Select(file => new FileModel(file.Id, PlainLine.Clean(file.Name)))],
        };

    private static LocalDates Dates(Ticket ticket, Shop shop, string culture) =>
        new(Language.Find(culture) ?? Language.English, TicketTimes.Zone(ticket.Requester.TimeZone, shop));
}
