using Support.Sdk.Orders;
using Support.Sdk.Sweep;

namespace Support.Sdk.Deliveries;

internal sealed class DeliveryDesk(IOutboxStore outbox, IOrderStore orders, SupportStart start, TimeProvider time, WakeUp wake) : IDeliveryDesk
{
    private const int MaxRaces = 5;

    public async Task<IReadOnlyList<MessageDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        if (query.Max is < 1 or > 1000)
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Max, "Max must lie between 1 and 1,000.");
        }

        await start.EnsureAsync(cancellationToken);
        return await outbox.ListAsync(query, cancellationToken);
    }

    public async Task<DeskResult> ReleaseAsync(string id, string by, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        var now = time.GetUtcNow();
        return await ChangeAsync(
            id,
            [DeliveryState.Held],
            delivery => Update(delivery, DeliveryState.Pending, now, $"Released by {by}.") with { DueAt = now, SendBefore = now + RetrySchedule.SendWithin },
            new Act(DecisionVerdict.Send, $"Released by {by}.", by),
            cancellationToken
        );
    }

    public async Task<DeskResult> DiscardAsync(string id, string by, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var now = time.GetUtcNow();
        var text = $"Discarded by {by}: {reason}";
        return await ChangeAsync(
            id,
            [DeliveryState.Held, DeliveryState.Pending, DeliveryState.Retry, DeliveryState.InDoubt],
            delivery => Update(delivery, DeliveryState.Suppressed, now, text),
            new Act(DecisionVerdict.Suppress, text, by),
            cancellationToken
        );
    }

    public async Task<DeskResult> ResendAsync(string id, string by, ContactPoint? to = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        for (var race = 0; race < MaxRaces; race++)
        {
            var found = await FindAsync(id, cancellationToken);
            if (found is null)
            {
                return NotFound(id);
            }

            if (found.State is DeliveryState.Pending or DeliveryState.Sending or DeliveryState.Retry or DeliveryState.Held)
            {
                return DeskResult.Refused($"The delivery is {found.State}; it can be sent again once it has ended.");
            }

            if (found.Message.IsErased)
            {
                return DeskResult.Refused("The customer's data was erased, and the text with it.");
            }

            if (found.Message.Order is not { } key || await orders.FindAsync([key], cancellationToken) is not [var order])
            {
                return DeskResult.Refused("The order of the delivery is not stored.");
            }

            if (await ResendAsync(found.Message, order, to, by, cancellationToken) is { } resent)
            {
                return DeskResult.Done(resent);
            }
        }

        return DeskResult.Refused("The order is being changed by others. Try again.");
    }

    private async Task<string?> ResendAsync(OutboundMessage message, WatchedOrder order, ContactPoint? to, string by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ids = (await start.EnsureAsync(cancellationToken)).Ids;
        var attempt = order.Notices.Count(notice => string.Equals(notice.Occasion, message.Occasion, StringComparison.Ordinal));
        var id = ids.Create(order.Key, message.Occasion, "customer", attempt);
        var original = order.Notices.LastOrDefault(notice => string.Equals(notice.Occasion, message.Occasion, StringComparison.Ordinal));
        var notice = (
            original
            ?? new Notice
            {
                DeliveryId = id,
                Occasion = message.Occasion,
                Kind = message.Occasion.Split('/')[0],
                DecidedAt = now,
            }
        ) with
        {
            DeliveryId = id,
            DecidedAt = now,
            State = DeliveryState.Pending,
        };
        var change = new OrderChange
        {
            Order = order with { Notices = [.. order.Notices, notice] },
            Deliveries =
            [
                new MessageDelivery
                {
                    Message = message with { Id = id, To = to ?? message.To, DecidedAt = now },
                    State = DeliveryState.Pending,
                    DueAt = now,
                    SendBefore = now + RetrySchedule.SendWithin,
                    ChangedAt = now,
                    Reason = $"Sent again by {by}.",
                },
            ],
            Decisions = [Record(order.Key, message.Occasion, id, new Act(DecisionVerdict.Send, $"Sent again by {by}.", by), now)],
            Figures = new ShopFigures { Notices = 1 },
        };
        var lost = await orders.SaveAsync([change], cancellationToken);
        wake.Set();
        return lost.Count == 0 ? id : null;
    }

    private async Task<DeskResult> ChangeAsync(
        string id,
        IReadOnlyList<DeliveryState> from,
        Func<MessageDelivery, DeliveryUpdate> change,
        Act act,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(id, cancellationToken) is not { } found)
        {
            return NotFound(id);
        }

        if (!from.Contains(found.State) || (await outbox.SaveAsync([change(found)], cancellationToken)).Count > 0)
        {
            var now = await FindAsync(id, cancellationToken);
            return DeskResult.Refused($"The delivery is {now?.State}; this can be done while it is {string.Join(" or ", from)}.");
        }

        await RecordAsync(found.Message, act, cancellationToken);
        wake.Set();
        return DeskResult.Done(id);
    }

    // The delivery itself already names who did it, in the same transaction; the order's history tells it too.
    private async Task RecordAsync(OutboundMessage message, Act act, CancellationToken cancellationToken)
    {
        for (var race = 0; race < MaxRaces && message.Order is { } key; race++)
        {
            if (await orders.FindAsync([key], cancellationToken) is not [var order])
            {
                return;
            }

            var decision = Record(key, message.Occasion, message.Id, act, time.GetUtcNow());
            if ((await orders.SaveAsync([new OrderChange { Order = order, Decisions = [decision] }], cancellationToken)).Count == 0)
            {
                return;
            }
        }
    }

    private async Task<MessageDelivery?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await ListAsync(new DeliveryQuery { Id = id, Max = 1 }, cancellationToken);
        return found.Count > 0 ? found[0] : null;
    }

    private static DeliveryUpdate Update(MessageDelivery delivery, DeliveryState to, DateTimeOffset now, string reason) =>
        new()
        {
            Id = delivery.Message.Id,
            From = delivery.State,
            To = to,
            At = now,
            Reason = reason,
        };

    private static Decision Record(OrderKey key, string occasion, string deliveryId, Act act, DateTimeOffset now) =>
        new()
        {
            Key = key,
            At = now,
            Verdict = act.Verdict,
            Occasion = occasion,
            Reason = act.Reason,
            DeliveryId = deliveryId,
            By = act.By,
        };

    private static DeskResult NotFound(string id) => DeskResult.Refused($"There is no delivery '{id}'.");

    private sealed record Act(DecisionVerdict Verdict, string Reason, string By);
}
