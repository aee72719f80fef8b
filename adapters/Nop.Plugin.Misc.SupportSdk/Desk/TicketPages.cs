using System.Globalization;
using Support.Sdk.Orders;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>Reads the tickets of a store, and writes them for people.</summary>
internal sealed class TicketPages(OrderPages orders, DeskPeople people, TimeProvider time)
{
    public const int PageSize = 50;
    private const int Latest = 200;

    public async Task<TicketListModel> ListAsync(DeskStore store, TicketListModel asked, TicketPlace? after, string agent, CancellationToken cancellationToken)
    {
        string? order = null;
        if (asked.Order is { } number)
        {
            if (await orders.FindAsync(store.Id, number) is not { } id)
            {
                return asked;
            }

            order = id.ToString(CultureInfo.InvariantCulture);
        }

        var query = new TicketQuery
        {
            Shop = store.Shop.Id,
            Status = StatusOf(asked.Show),
            OnlyOpen = asked.Show is TicketShow.Open or TicketShow.Mine,
            Assignee = asked.Show == TicketShow.Mine ? agent : null,
            OrderId = order,
            Tag = asked.Tag,
            Order = asked.Sort,
            After = after,
            Max = PageSize + 1,
        };
        var found = await store.Get<ITickets>().ListAsync(query, cancellationToken);
        var rows = new List<TicketRowModel>();
        foreach (var ticket in found.Take(PageSize))
        {
            rows.Add(await RowAsync(store, ticket));
        }

        var last = found.Count > PageSize ? found[PageSize - 1] : null;
        return asked with
        {
            Rows = rows,
            IsBehind = after is not null,
            After = last?.Key.Number,
            AfterDue = asked.Sort == TicketOrder.Due ? last?.DueAt?.UtcTicks : null,
        };
    }

    /// <summary>A ticket with its conversation, or null when there is no such one.</summary>
    public async Task<TicketModel?> FindAsync(DeskStore store, TicketKey key, TicketDraftModel draft, CancellationToken cancellationToken)
    {
        var tickets = store.Get<ITickets>();
        if (await tickets.FindAsync(key, cancellationToken) is not { } view)
        {
            return null;
        }

        var query = new TicketEntryQuery
        {
            Key = key,
            Latest = true,
            Max = Latest,
        };
        var entries = await tickets.EntriesAsync(query, cancellationToken);
        var reading = await OrderReading.OfAsync(store, time.GetUtcNow(), cancellationToken);
        var ticket = view.Ticket;
        var row = await RowAsync(store, ticket);
        return new TicketModel
        {
            Number = row.Number,
            Subject = row.Subject,
            Status = row.Status,
            Priority = row.Priority,
            Requester = row.Requester,
            Assignee = row.Assignee,
            Channel = row.Channel,
            OpenedAt = row.OpenedAt,
            ChangedAt = row.ChangedAt,
            Tags = row.Tags,
            Due = row.Due,
            Store = store.Choice,
            Version = ticket.Version,
            Kind = ticket.Kind,
            Contacts = [.. ticket.Requester.ContactPoints.Select(point => $"{point.Value} ({point.Channel})")],
            Products = ticket.Products,
            Fields = ticket.Fields,
            AssigneeId = ticket.Assignee ?? "",
            Agents = await AgentsAsync(ticket),
            Clocks = [.. ticket.Clocks.Select(clock => Clock(store, clock))],
            Entries = await EntriesAsync(store, entries),
            HasEarlier = entries is [{ Number: > 1 }, ..] && entries.Count == Latest,
            Orders = [.. ticket.Orders.Select(id => OrderRow(store, reading, view, id))],
            MergedInto = ticket.MergedInto?.Number,
            ErasedAt = store.Times.Write(ticket.ErasedAt),
            Draft = draft,
        };
    }

    private async Task<TicketRowModel> RowAsync(DeskStore store, Ticket ticket)
    {
        var next = ticket.Clocks.Where(clock => clock is { State: SlaClockState.Running, DueAt: not null }).MinBy(clock => clock.DueAt);
        return new TicketRowModel
        {
            Number = ticket.Key.Number,
            Subject = ticket.Subject,
            Status = ticket.Status,
            Priority = ticket.Priority,
            Requester = ticket.Requester.Name ?? (ticket.Requester.ContactPoints is [var first, ..] ? first.Value : null),
            Assignee = ticket.Assignee is { } agent ? await people.NameAsync(agent) : null,
            Channel = ticket.Channel,
            OpenedAt = store.Times.Write(ticket.OpenedAt),
            ChangedAt = store.Times.Write(ticket.ChangedAt),
            Tags = ticket.Tags,
            Due = next is null ? null : Clock(store, next),
        };
    }

    // Whoever has it now can keep it, administrator or not.
    private async Task<IReadOnlyList<NamedAgent>> AgentsAsync(Ticket ticket)
    {
        var agents = await people.AllAsync();
        return ticket.Assignee is { } id && agents.All(agent => !string.Equals(agent.Id, id, StringComparison.Ordinal))
            ? [.. agents, new NamedAgent(id, await people.NameAsync(id))]
            : agents;
    }

    private async Task<IReadOnlyList<TicketEntryModel>> EntriesAsync(DeskStore store, IReadOnlyList<TicketEntry> entries)
    {
        var models = new List<TicketEntryModel>(entries.Count);
        foreach (var entry in entries)
        {
            models.Add(
                new TicketEntryModel
                {
                    Kind = entry.Kind,
                    At = store.Times.Write(entry.At),
                    By = await people.NameAsync(entry.By),
                    Text = entry.Text,
                    DeliveryId = entry.DeliveryId,
                    Changes = entry.Changes,
                    Files = [.. entry.Attachments.Select(file => new TicketFileModel(file.Id, file.Name, (file.Length + 1023) / 1024))],
                }
            );
        }

        return models;
    }

    private TicketClockModel Clock(DeskStore store, SlaClock clock)
    {
        var now = time.GetUtcNow();
        var isRunning = clock.State == SlaClockState.Running;
        return new TicketClockModel
        {
            Metric = clock.Metric,
            State = clock.State,
            IsBroken = clock.BrokenAt is not null || clock.State == SlaClockState.Missed || (isRunning && clock.DueAt < now),
            Within = clock.Metric == SlaMetric.Promise ? null : Span(clock.Within),
            StartedAt = store.Times.Write(clock.StartedAt),
            DueAt = store.Times.Write(clock.DueAt),
            Left = isRunning && clock.DueAt is { } due ? Span((due - now).Duration()) : null,
        };
    }

    private static OrderRowModel OrderRow(DeskStore store, OrderReading reading, TicketView view, string id) =>
        view.Orders.FirstOrDefault(order => string.Equals(order.Order.Key.Id, id, StringComparison.Ordinal)) is { } known
            ? reading.Row(known.Order)
            : new OrderRowModel
            {
                Id = id,
                StoreId = store.Id,
                Number = id,
                Standing = OrderStanding.Unwatched,
            };

    // Numbers and signs only: it is read in every language.
    private static string Span(TimeSpan span) =>
        span >= TimeSpan.FromDays(2)
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min");

    private static TicketStatus? StatusOf(TicketShow show) =>
        show switch
        {
            TicketShow.New => TicketStatus.New,
            TicketShow.Pending => TicketStatus.Pending,
            TicketShow.OnHold => TicketStatus.OnHold,
            TicketShow.Solved => TicketStatus.Solved,
            TicketShow.Closed => TicketStatus.Closed,
            _ => null,
        };
}
