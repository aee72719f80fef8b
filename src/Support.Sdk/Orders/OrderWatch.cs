using Microsoft.Extensions.Logging;
using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Diagnostics;
using Support.Sdk.Intake;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;
using Support.Sdk.Templates;

namespace Support.Sdk.Orders;

/// <summary>The heart of the straight line, in batches and in order per order: observe, assess, decide, compose, save.</summary>
internal sealed partial class OrderWatch(
    SupportStart start,
    IInboxStore inbox,
    IOrderStore orders,
    IOutboxStore messages,
    Outbox outbox,
    ContactBook contacts,
    LooseEvents loose,
    IShopStore shopStore,
    ShopViews shops,
    OrderDecider decider,
    TemplateCatalog templates,
    SupportTelemetry telemetry,
    EngineTimes times,
    TimeProvider time,
    ILogger<OrderWatch> logger
)
{
    private const int BatchSize = 100;
    private const int MaxRaces = 5;
    private const int MaxClaims = 10;
    private const int MaxPastOrders = 5;

    /// <summary>Processes a batch of the inbox.</summary>
    public async Task<int> ProcessInboxAsync(CancellationToken cancellationToken)
    {
        var entries = await inbox.ClaimAsync(time.GetUtcNow(), BatchSize, times.Lease, cancellationToken);
        if (entries.Count == 0)
        {
            return 0;
        }

        using var activity = telemetry.Inbox(entries.Count);
        telemetry.Claimed(entries);
        // What is claimed is finished, even when the application stops meanwhile: it is soon done, and its lease would keep it from others.
        var finish = CancellationToken.None;
        await ParkKillersAsync([.. entries.Where(IsKiller)], finish);

        var work = entries
            .Where(entry => entry.OrderId is not null && !IsKiller(entry))
            .GroupBy(entry => entry.Order!.Value)
            .Select(group => new OrderWork(group.Key, [.. group], Order: null))
            .ToList();
        await ProcessAsync(work, finish);
        // After the orders that they may speak of.
        await loose.ApplyAsync([.. entries.Where(entry => entry.OrderId is null && !IsKiller(entry))], finish);
        return entries.Count;
    }

    /// <summary>Decides about a batch of orders whose time has come.</summary>
    public async Task<int> ProcessDueAsync(CancellationToken cancellationToken)
    {
        var claim = new OrderClaim
        {
            Clock = OrderClock.Check,
            Now = time.GetUtcNow(),
            Max = BatchSize,
            Lease = times.Lease,
        };
        var due = await orders.ClaimAsync(claim, cancellationToken);
        using var activity = due.Count > 0 ? telemetry.Due(due.Count) : null;
        await ProcessAsync([.. due.Select(order => new OrderWork(order.Key, [], order))], CancellationToken.None);
        return due.Count;
    }

    // A failure is counted when it is recorded; an entry that was claimed far more often ended the process each time.
    private static bool IsKiller(InboxEntry entry) => entry.Attempts > MaxClaims;

    private async Task ParkKillersAsync(List<InboxEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var parked = entries.Select(entry => new InboxResult
        {
            Id = entry.Id,
            LeaseToken = entry.LeaseToken,
            State = InboxState.Parked,
            Reason = "The application ended again and again while it worked on this event or on others beside it.",
        });
        await inbox.SaveAsync([.. parked], cancellationToken);
        entries.ForEach(entry => LogParked(entry.Id));
    }

    private async Task ProcessAsync(List<OrderWork> work, CancellationToken cancellationToken)
    {
        for (var race = 0; work.Count > 0 && race < MaxRaces; race++)
        {
            var lost = await ProcessOnceAsync(work, cancellationToken);
            // Whoever won has other facts; the loser is read and decided again.
            work = [.. work.Where(one => lost.Contains(one.Key)).Select(one => one with { Order = null })];
        }

        await PutBackAsync([.. work.SelectMany(one => one.Entries)], "The order was changed by others again and again.", cancellationToken);
    }

    private async Task<IReadOnlyCollection<OrderKey>> ProcessOnceAsync(List<OrderWork> work, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var installation = await start.EnsureAsync(cancellationToken);
        var views = await shops.FindAsync(work.Select(one => one.Key.Shop), now, cancellationToken);
        var known = await LoadAsync(work, cancellationToken);
        var changes = new List<OrderChange>(work.Count);
        var asked = new List<Question>(work.Count);
        foreach (var one in work)
        {
            if (!views.TryGetValue(one.Key.Shop, out var shop))
            {
                await ParkAsync(one, known.GetValueOrDefault(one.Key), changes, cancellationToken);
                continue;
            }

            var observed = await ObserveAsync(one, known.GetValueOrDefault(one.Key), shop, now, cancellationToken);
            if (observed is not null)
            {
                asked.Add(new Question(one, observed, shop));
            }
        }

        await DecideAsync(asked, changes, installation, now, cancellationToken);
        await BrakeAsync(changes, views, now, cancellationToken);
        var lost = await SaveAsync(changes, cancellationToken);
        telemetry.Decided(changes.Where(change => !lost.Contains(change.Order.Key)).SelectMany(change => change.Decisions));
        return lost;
    }

    private async Task<Dictionary<OrderKey, WatchedOrder>> LoadAsync(List<OrderWork> work, CancellationToken cancellationToken)
    {
        var known = work.Where(one => one.Order is not null).ToDictionary(one => one.Key, one => one.Order!);
        var missing = work.Where(one => one.Order is null).Select(one => one.Key).ToList();
        if (missing.Count > 0)
        {
            foreach (var order in await orders.FindAsync(missing, cancellationToken))
            {
                known[order.Key] = order;
            }
        }

        return known;
    }

    private async Task<Observed?> ObserveAsync(OrderWork work, WatchedOrder? known, ShopView shop, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var order = known;
        var done = new List<long>(work.Entries.Count);
        foreach (var entry in work.Entries)
        {
            try
            {
                // Whoever was erased stays erased, whatever is sent again.
                order = order?.ErasedAt is not null ? order : OrderObserver.Observe(order, SupportJson.ReadEvent(entry.Body), shop, entry.ReceivedAt);
                done.Add(entry.Id);
            }
            catch (Exception exception)
            {
                // A poison event must not stop the events of other orders, nor the later ones of its own.
                await PutBackAsync([entry], exception.Message, cancellationToken);
            }
        }

        return order is null || (work.Entries.Count > 0 && done.Count == 0) ? null : new Observed(order, done, Figures(known, order, now));
    }

    // Only who is about to get a message is looked up, and then everybody of a shop at once.
    private async Task DecideAsync(
        List<Question> asked,
        List<OrderChange> changes,
        Installation installation,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var open = new List<(Question Question, OrderChange Change)>();
        foreach (var question in asked)
        {
            var change = await TryDecideAsync(question, Correspondence.None, installation, now, cancellationToken);
            if (change is not null && NeedsLookUp(change))
            {
                open.Add((question, change));
            }
            else if (change is not null)
            {
                changes.Add(change);
            }
        }

        foreach (var shop in open.GroupBy(one => one.Question.Work.Key.Shop, StringComparer.Ordinal))
        {
            var points = shop.SelectMany(one => one.Question.Observed.Order.Snapshot!.Customer.ContactPoints).Distinct().ToList();
            var recent = await messages.RecentAsync(shop.Key, points, now.AddDays(-1), cancellationToken);
            var known = new Correspondence(recent, await contacts.KnownAsync(shop.Key, points, cancellationToken));
            foreach (var (question, first) in shop)
            {
                var about = templates.AsksForPastOrders ? known with { PastOrders = await PastOrdersAsync(question.Observed.Order, cancellationToken) } : known;
                // What was decided and written already stays, unless there is something to know.
                var change = about.IsSilentAbout(question.Observed.Order) ? first : await TryDecideAsync(question, about, installation, now, cancellationToken);
                if (change is not null)
                {
                    changes.Add(change);
                }
            }
        }
    }

    private async Task<IReadOnlyList<WatchedOrder>> PastOrdersAsync(WatchedOrder order, CancellationToken cancellationToken)
    {
        var found = new List<WatchedOrder>();
        foreach (var point in order.Snapshot!.Customer.ContactPoints.Where(point => !string.IsNullOrWhiteSpace(point.Value)))
        {
            found.AddRange(await orders.OfContactAsync(order.Key.Shop, point, MaxPastOrders + 1, cancellationToken));
        }

        return
        [
            .. found
                .Where(past => past.Key != order.Key && past.Snapshot?.PlacedAt <= order.Snapshot.PlacedAt)
                .DistinctBy(past => past.Key)
                .OrderByDescending(past => past.Snapshot!.PlacedAt)
                .Take(MaxPastOrders),
        ];
    }

    // A refusal in the order itself may have been taken back since.
    private static bool NeedsLookUp(OrderChange change) =>
        change.Deliveries.Count > 0
        || change.Order is { ErasedAt: null, Muted: null, Snapshot.Customer.Consents: { Count: > 0 } consents }
            && consents.Any(consent => consent is { Granted: false, Purpose: MessageClass.Transactional });

    private async Task<OrderChange?> TryDecideAsync(
        Question question,
        Correspondence known,
        Installation installation,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (work, observed, shop) = question;
        try
        {
            var change = decider.Decide(observed.Order, shop, installation, known, now);
            return change with
            {
                Order = change.Order with { QuietSince = change.Order.CheckAt is null ? now : null },
                InboxIds = observed.Done,
                Figures = Sum(change.Figures, observed.Figures),
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUndecided(exception, work.Key.Shop, work.Key.Id);
            await PutBackAsync(work.Entries, exception.Message, cancellationToken);
            // Without events the order itself waits; its clock must not call it again at once.
            return work.Entries.Count > 0 ? null : new OrderChange { Order = observed.Order with { CheckAt = now.AddHours(1) } };
        }
    }

    private async Task BrakeAsync(List<OrderChange> changes, Dictionary<string, ShopView> views, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        foreach (var group in changes.GroupBy(change => change.Order.Key.Shop, StringComparer.Ordinal))
        {
            var added = group.Sum(change => change.Figures.DelayNotices);
            if (added == 0 || !views.TryGetValue(group.Key, out var shop))
            {
                continue;
            }

            var total = shop.State.DelayNoticesByDay.GetValueOrDefault(today) + added;
            if (
                StormBrake.IsStorm(shop, today, total)
                && await shopStore.PauseAsync(group.Key, "Storm brake: an abnormal number of delay notices today.", now, cancellationToken)
            )
            {
                LogStorm(group.Key, total);
            }
        }
    }

    private async Task<IReadOnlyCollection<OrderKey>> SaveAsync(List<OrderChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return [];
        }

        try
        {
            return (await outbox.SaveAsync(changes, cancellationToken)).ToHashSet();
        }
        catch (Exception exception) when (exception is not OperationCanceledException && changes.Count > 1)
        {
            // One change that the database refuses must not hold back the others.
            LogBatchFailed(exception, changes.Count);
        }

        var lost = new HashSet<OrderKey>();
        foreach (var change in changes)
        {
            lost.UnionWith(await orders.SaveAsync([change], cancellationToken));
        }

        return lost;
    }

    private async Task ParkAsync(OrderWork work, WatchedOrder? order, List<OrderChange> changes, CancellationToken cancellationToken)
    {
        var parked = work.Entries.Select(entry => new InboxResult
        {
            Id = entry.Id,
            LeaseToken = entry.LeaseToken,
            State = InboxState.Parked,
            Reason = InboxRetry.UnknownShop,
        });
        await inbox.SaveAsync([.. parked], cancellationToken);
        if (work.Entries.Count == 0 && order is not null)
        {
            changes.Add(new OrderChange { Order = order with { CheckAt = null } });
        }
    }

    private async Task PutBackAsync(IReadOnlyList<InboxEntry> entries, string reason, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var results = entries.Select(entry => InboxRetry.After(entry, reason, time.GetUtcNow())).ToList();
        await inbox.SaveAsync(results, cancellationToken);
        foreach (var result in results.Where(result => result.State == InboxState.Parked))
        {
            LogParked(result.Id);
        }
    }

    private static ShopFigures Figures(WatchedOrder? before, WatchedOrder after, DateTimeOffset now)
    {
        var (shippedBefore, deliveredBefore) = Count(before, now);
        var (shipped, delivered) = Count(after, now);
        return new ShopFigures { Shipped = shipped - shippedBefore, Delivered = delivered - deliveredBefore };
    }

    private static (int Shipped, int Delivered) Count(WatchedOrder? order, DateTimeOffset now)
    {
        if (order?.Snapshot is null)
        {
            return (0, 0);
        }

        var parcels = OrderFacts.At(order, now).Parcels;
        // What arrived was shipped, whether or not somebody noted when.
        return (parcels.Count(parcel => parcel.IsShipped || parcel.IsDelivered), parcels.Count(parcel => parcel.IsDelivered));
    }

    private static ShopFigures Sum(ShopFigures one, ShopFigures other) =>
        new()
        {
            DelayNotices = one.DelayNotices + other.DelayNotices,
            Notices = one.Notices + other.Notices,
            Shipped = one.Shipped + other.Shipped,
            Delivered = one.Delivered + other.Delivered,
        };

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {Order} of shop {Shop} could not be decided.")]
    private partial void LogUndecided(Exception exception, string shop, string order);

    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of {Count} order changes could not be saved; each is saved alone.")]
    private partial void LogBatchFailed(Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Inbox entry {Entry} failed again and again and is parked.")]
    private partial void LogParked(long entry);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Storm brake: shop {Shop} has {Count} delay notices today and is paused. Look at the outbox, then resume the shop."
    )]
    private partial void LogStorm(string shop, int count);

    private sealed record Question(OrderWork Work, Observed Observed, ShopView Shop);

    private sealed record Observed(WatchedOrder Order, IReadOnlyList<long> Done, ShopFigures Figures);
}
