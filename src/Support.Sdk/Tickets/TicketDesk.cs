using Support.Sdk.Deliveries;
using Support.Sdk.Diagnostics;
using Support.Sdk.Intake;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;

namespace Support.Sdk.Tickets;

internal sealed class TicketDesk(
    SupportStart start,
    IServiceProvider services,
    IShopDirectory shops,
    TimeProvider time,
    WakeUp wake,
    SupportTelemetry telemetry
) : ITicketDesk
{
    private const int MaxRaces = 10;
    private const int MaxSplit = 100;

    public async Task<TicketResult> OpenAsync(InboundMessage message, string by, CancellationToken cancellationToken = default)
    {
        CheckBy(by);
        // The same rules, and the same id for the same facts, as for what comes in by itself.
        var entry = EventRules.ToEntry(message, time.GetUtcNow());
        await start.EnsureAsync(cancellationToken);
        var shop = await ShopAsync(message.Shop, cancellationToken);
        var work = Work();
        var openedBy = $"agent:{entry.Source}:{entry.EventId}";
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await OpenedAsync(work, shop.Id, openedBy, cancellationToken) is { } already)
            {
                return TicketResult.Done(already);
            }

            var now = time.GetUtcNow();
            var order = message.OrderId is { } id ? await work.Finder.OrderAsync(shop.Id, [id], cancellationToken) : null;
            var draft = await work.People.OpenAsync(
                shop,
                message.From,
                TicketPeople.Seen(message),
                new TicketOrigin { OpenedBy = openedBy, Order = order },
                (key, origin) => TicketDecider.Fresh(key, message, origin, now),
                now,
                cancellationToken
            );
            draft.Hear(message);
            draft.Change(ticket => ticket with { Assignee = ticket.Assignee ?? by, Status = TicketStatus.Open }, by, "Opened for the customer.");
            if (await SaveAsync(work, draft.Finish(), cancellationToken) is { } saved)
            {
                return TicketResult.Done(saved);
            }
        }

        return Busy();
    }

    public Task<TicketResult> ReplyAsync(TicketKey key, TicketReply reply, string by, CancellationToken cancellationToken = default)
    {
        CheckBy(by);
        CheckText(reply.Text, reply.Attachments.Count);
        if (reply.Status == TicketStatus.New)
        {
            throw new ArgumentException("A ticket that was answered is not New. Use Pending, Open, OnHold or Solved.", nameof(reply));
        }

        return ActAsync(
            key,
            reply.RequestId,
            reply.Version,
            async (work, draft) =>
            {
                if (reply.NextWordBy <= draft.Now)
                {
                    throw new ArgumentException("The next word is promised for a moment that has passed.", nameof(reply));
                }

                var attachments = await work.LoadAsync(key.Shop, reply.Attachments, cancellationToken);
                var reach = await work.People.ReachAsync(key.Shop, draft.Ticket.Requester.ContactPoints, draft.Now, cancellationToken);
                work.Decider.Reply(draft, reply, by, reach, attachments, await start.EnsureAsync(cancellationToken));
            },
            cancellationToken
        );
    }

    public Task<TicketResult> NoteAsync(TicketKey key, TicketNote note, string by, CancellationToken cancellationToken = default)
    {
        CheckBy(by);
        CheckText(note.Text, note.Attachments.Count);
        return ActAsync(
            key,
            note.RequestId,
            note.Version,
            (_, draft) =>
            {
                draft.Note(note, by);
                return Task.CompletedTask;
            },
            cancellationToken,
            isAllowedWhenOver: true
        );
    }

    public async Task<TicketResult> ChangeAsync(TicketKey key, TicketEdit edit, string by, CancellationToken cancellationToken = default)
    {
        CheckBy(by);
        await start.EnsureAsync(cancellationToken);
        TicketEdits.Check(edit, await ShopAsync(key.Shop, cancellationToken));
        return await ActAsync(
            key,
            edit.RequestId,
            edit.Version,
            async (work, draft) =>
            {
                var order = await work.Finder.OrderAsync(key.Shop, edit.AddOrders, cancellationToken);
                draft.Change(ticket => TicketEdits.Apply(ticket, edit, order), by, edit.Reason, edit.RequestId);
            },
            cancellationToken,
            // What was closed by mistake can be opened again.
            isAllowedWhenOver: edit.Status is not null
        );
    }

    public async Task<TicketResult> MergeAsync(TicketKey from, TicketKey into, string by, CancellationToken cancellationToken = default)
    {
        CheckBy(by);
        if (from == into || !string.Equals(from.Shop, into.Shop, StringComparison.Ordinal))
        {
            throw new ArgumentException("Two different tickets of one shop can be merged.", nameof(into));
        }

        await start.EnsureAsync(cancellationToken);
        var shop = await ShopAsync(from.Shop, cancellationToken);
        var work = Work();
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await work.Finder.FindAsync(from, cancellationToken) is not { } source)
            {
                return TicketResult.NotFound(from);
            }

            if (await work.Finder.FindAsync(into, cancellationToken) is not { } target)
            {
                return TicketResult.NotFound(into);
            }

            if (source.MergedInto == into)
            {
                return TicketResult.Done(target);
            }

            if ((source.MergedInto ?? target.MergedInto) is { } merged)
            {
                return TicketResult.Refused($"One of them was merged into {merged} already.", target);
            }

            if (source.ErasedAt is not null || target.ErasedAt is not null)
            {
                return TicketResult.Refused("The customer of one of them was erased.", target);
            }

            if (source.Requester.CustomerId is { } one && target.Requester.CustomerId is { } other && !string.Equals(one, other, StringComparison.Ordinal))
            {
                return TicketResult.Refused("They are of two customers. If these are one person, merge the customers first.", target);
            }

            if (target.Status == TicketStatus.Closed)
            {
                return TicketResult.Refused("The ticket that shall go on is closed. Open it first.", target);
            }

            if (await SaveAsync(work, TicketMerge.Of(source, target, shop, by, time.GetUtcNow()), cancellationToken) is { } saved)
            {
                return TicketResult.Done(saved);
            }
        }

        return Busy();
    }

    public async Task<TicketResult> SplitAsync(TicketKey key, TicketSplit split, string by, CancellationToken cancellationToken = default)
    {
        CheckBy(by);
        if (split.Entries.Count is 0 or > MaxSplit)
        {
            throw new ArgumentException($"Name 1 to {MaxSplit} messages to split off.", nameof(split));
        }

        if (string.IsNullOrWhiteSpace(split.Subject) || split.Subject.Length > MessageRules.MaxSubject)
        {
            throw new ArgumentException($"The new ticket needs a subject of 1 to {MessageRules.MaxSubject} characters.", nameof(split));
        }

        await start.EnsureAsync(cancellationToken);
        var shop = await ShopAsync(key.Shop, cancellationToken);
        var work = Work();
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await work.Finder.FindAsync(key, cancellationToken) is not { } ticket)
            {
                return TicketResult.NotFound(key);
            }

            if (Refusal(ticket, isAllowedWhenOver: true) is { } refusal)
            {
                return TicketResult.Refused(refusal, ticket);
            }

            if (await SplitBeforeAsync(work, ticket, split, cancellationToken) is { } already)
            {
                return TicketResult.Done(already);
            }

            var entries = await work.MessagesAsync(key, split.Entries, cancellationToken);
            if (entries.Count < split.Entries.Distinct().Count())
            {
                return TicketResult.Refused("Not every number names a message of this ticket.", ticket);
            }

            var number = await work.Tickets.TakeNumbersAsync(key.Shop, 1, cancellationToken);
            if (await SaveAsync(work, TicketMerge.Split(ticket, entries, number, split, shop, by, time.GetUtcNow()), cancellationToken) is { } saved)
            {
                return TicketResult.Done(saved);
            }
        }

        return Busy();
    }

    private async Task<TicketResult> ActAsync(
        TicketKey key,
        string? requestId,
        long? version,
        Func<TicketWork, TicketDraft, Task> act,
        CancellationToken cancellationToken,
        bool isAllowedWhenOver = false
    )
    {
        if (requestId is not null)
        {
            EventRules.CheckText(requestId, 200, "request id");
        }

        await start.EnsureAsync(cancellationToken);
        var work = Work();
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await work.Finder.FindAsync(key, cancellationToken) is not { } ticket || await shops.FindAsync(key.Shop, cancellationToken) is not { } shop)
            {
                return TicketResult.NotFound(key);
            }

            // Before the version: whoever asks again saw the ticket as it was before the first time.
            if (requestId is not null && await IsDoneAsync(work, key, requestId, cancellationToken))
            {
                return TicketResult.Done(ticket);
            }

            if (version is { } seen && seen != ticket.Version)
            {
                return TicketResult.Overtaken(ticket);
            }

            if (Refusal(ticket, isAllowedWhenOver) is { } refusal)
            {
                return TicketResult.Refused(refusal, ticket);
            }

            var draft = TicketDraft.Of(ticket, shop, time.GetUtcNow());
            await act(work, draft);
            if (await SaveAsync(work, draft.Finish(), cancellationToken) is { } saved)
            {
                return TicketResult.Done(saved);
            }
        }

        return Busy();
    }

    private static string? Refusal(Ticket ticket, bool isAllowedWhenOver) =>
        ticket.MergedInto is { } into ? $"The ticket was merged into {into}."
        : ticket.ErasedAt is not null ? "The customer of this ticket was erased."
        : ticket.Status == TicketStatus.Closed && !isAllowedWhenOver ? "The ticket is closed. Open it again first."
        : null;

    private async Task<Ticket?> SaveAsync(TicketWork work, TicketChange change, CancellationToken cancellationToken)
    {
        if ((await work.Tickets.SaveAsync([change], cancellationToken)).Count > 0)
        {
            return null;
        }

        telemetry.Changed(change);
        wake.Set();
        return change.Ticket with { Version = change.Ticket.Version + 1 };
    }

    private static async Task<bool> IsDoneAsync(TicketWork work, TicketKey key, string requestId, CancellationToken cancellationToken) =>
        (await work.Tickets.EntriesAsync(new TicketEntryQuery { Key = key, RequestId = requestId }, cancellationToken)).Count > 0;

    private static async Task<Ticket?> OpenedAsync(TicketWork work, string shop, string openedBy, CancellationToken cancellationToken) =>
        await work.Tickets.ListAsync(new TicketQuery { Shop = shop, OpenedBy = openedBy }, cancellationToken) is [var ticket] ? ticket : null;

    private static async Task<Ticket?> SplitBeforeAsync(TicketWork work, Ticket ticket, TicketSplit split, CancellationToken cancellationToken)
    {
        if (split.RequestId is not { } id)
        {
            return null;
        }

        var openedBy = TicketMerge.OpenedBy(ticket, id);
        var parts = ticket.Links.Where(link => link.Relation == TicketRelation.SplitInto).Select(link => ticket.Key with { Number = link.Number });
        return (await work.Tickets.FindAsync([.. parts], cancellationToken)).FirstOrDefault(part =>
            string.Equals(part.OpenedBy, openedBy, StringComparison.Ordinal)
        );
    }

    private async Task<Shop> ShopAsync(string shop, CancellationToken cancellationToken) =>
        await shops.FindAsync(shop, cancellationToken)
        ?? throw new ArgumentException($"The shop '{shop}' is not set up. Call AddShop(), or set Support:Shops:{shop}.", nameof(shop));

    private static void CheckBy(string by)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        if (TicketBy.IsReserved(by))
        {
            throw new ArgumentException($"'{by}' is nobody's id.", nameof(by));
        }
    }

    private static void CheckText(string text, int files)
    {
        if ((string.IsNullOrWhiteSpace(text) && files == 0) || text.Length > InboundMessage.MaxText)
        {
            throw new ArgumentException($"A message needs a text of 1 to {InboundMessage.MaxText} characters, or a file.", nameof(text));
        }
    }

    private static TicketResult Busy() => TicketResult.Refused("The ticket is being changed by others again and again. Try again.");

    // The stores are asked for only after the start has found them, or has said which call is missing.
    private TicketWork Work() => TicketWork.Of(services);
}
