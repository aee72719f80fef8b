using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;

namespace Support.Sdk.Testing.Stores;

/// <summary>The values that the rules are told with.</summary>
internal static class StoreFacts
{
    public const string Channel = "email";

    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    public static readonly TimeSpan RunOut = TimeSpan.Zero;
    public static readonly DateTimeOffset Noon = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);

    public static InboxEntry Entry(string eventId, string? order = null, string shop = "shop", DateTimeOffset? at = null) =>
        new()
        {
            Source = "app",
            EventId = eventId,
            Shop = shop,
            OrderId = order,
            Body = $$"""{"about":"{{eventId}}"}""",
            ReceivedAt = at ?? Noon,
        };

    public static WatchedOrder Order(string id, string shop = "shop", DateTimeOffset? checkAt = null, DateTimeOffset? refreshAt = null) =>
        new()
        {
            Key = new OrderKey(shop, id),
            FirstSeenAt = Noon,
            CheckAt = checkAt,
            RefreshAt = refreshAt,
        };

    public static OrderChange Change(WatchedOrder order) => new() { Order = order };

    public static Notice Notice(string deliveryId) =>
        new()
        {
            DeliveryId = deliveryId,
            Occasion = NoticeKinds.OrderDelayed,
            Kind = NoticeKinds.OrderDelayed,
            DecidedAt = Noon,
        };

    public static Decision Decision(OrderKey key, string reason, DateTimeOffset? at = null) =>
        new()
        {
            Key = key,
            At = at ?? Noon,
            Verdict = DecisionVerdict.Send,
            Occasion = NoticeKinds.OrderDelayed,
            Reason = reason,
        };

    public static MessageDelivery Delivery(
        string id,
        OrderKey? order = null,
        DeliveryState state = DeliveryState.Pending,
        DateTimeOffset? dueAt = null,
        DateTimeOffset? sendBefore = null,
        DateTimeOffset? decidedAt = null,
        string to = "ada@example.com",
        string shop = "shop",
        string channel = Channel
    ) =>
        new()
        {
            Message = new OutboundMessage
            {
                Id = id,
                Shop = order?.Shop ?? shop,
                Order = order,
                Occasion = NoticeKinds.OrderDelayed,
                To = new ContactPoint(channel, to),
                Culture = "en",
                Subject = "Your order",
                Text = "It will be late.",
                DecidedAt = decidedAt ?? Noon,
            },
            State = state,
            DueAt = dueAt ?? Noon,
            SendBefore = sendBefore,
            ChangedAt = decidedAt ?? Noon,
        };

    public static OrderClaim Checks(DateTimeOffset now, int max = 100, TimeSpan? lease = null) =>
        new()
        {
            Clock = OrderClock.Check,
            Now = now,
            Max = max,
            Lease = lease ?? Hour,
        };

    public static OrderClaim Refreshes(DateTimeOffset now, int max = 100, TimeSpan? lease = null) =>
        Checks(now, max, lease) with
        {
            Clock = OrderClock.Refresh,
        };

    public static OutboxClaim Messages(DateTimeOffset now, int max = 100, TimeSpan? lease = null, bool idempotent = false, string channel = Channel) =>
        new()
        {
            Channel = channel,
            Idempotent = idempotent,
            Now = now,
            Max = max,
            Lease = lease ?? Hour,
        };

    public static DeliveryUpdate Result(MessageDelivery claimed, DeliveryState to, DateTimeOffset? at = null) =>
        new()
        {
            Id = claimed.Message.Id,
            From = DeliveryState.Sending,
            LeaseToken = claimed.LeaseToken,
            To = to,
            At = at ?? Noon,
        };

    /// <summary>Saves a new order, with messages that it causes, and answers it as it is stored.</summary>
    public static async Task<WatchedOrder> KeepAsync(
        this StoreUnderTest store,
        WatchedOrder order,
        IReadOnlyList<MessageDelivery> deliveries,
        CancellationToken cancellationToken
    )
    {
        var lost = await store.Orders.SaveAsync([Change(order) with { Deliveries = deliveries }], cancellationToken);
        Expect.List([], lost);
        return await store.FindAsync(order.Key, cancellationToken);
    }

    public static Task<WatchedOrder> KeepAsync(this StoreUnderTest store, WatchedOrder order, CancellationToken cancellationToken) =>
        store.KeepAsync(order, [], cancellationToken);

    public static async Task<WatchedOrder> FindAsync(this StoreUnderTest store, OrderKey key, CancellationToken cancellationToken)
    {
        var found = await store.Orders.FindAsync([key], cancellationToken);
        Expect.Equal(1, found.Count, "orders found under one key");
        return found[0];
    }

    /// <summary>Keeps messages of an order that is there only to carry them.</summary>
    public static async Task SendAsync(this StoreUnderTest store, IReadOnlyList<MessageDelivery> deliveries, CancellationToken cancellationToken) =>
        await store.KeepAsync(Order("carrier-of-" + deliveries[0].Message.Id), deliveries, cancellationToken);

    public static async Task<MessageDelivery> ReadAsync(this StoreUnderTest store, string deliveryId, CancellationToken cancellationToken)
    {
        var found = await store.Outbox.ListAsync(new DeliveryQuery { Id = deliveryId }, cancellationToken);
        Expect.Equal(1, found.Count, "deliveries found under one id");
        return found[0];
    }

    public static async Task<IReadOnlyList<string>> ClaimIdsAsync(this StoreUnderTest store, OutboxClaim claim, CancellationToken cancellationToken) =>
        [.. (await store.Outbox.ClaimAsync(claim, cancellationToken)).Select(delivery => delivery.Message.Id)];

    public static async Task<IReadOnlyList<string>> ClaimIdsAsync(this StoreUnderTest store, OrderClaim claim, CancellationToken cancellationToken) =>
        [.. (await store.Orders.ClaimAsync(claim, cancellationToken)).Select(order => order.Key.Id)];

    /// <summary>Is done with every event that waits: what the outbox reported rings the alarm as well.</summary>
    public static async Task HearAsync(this StoreUnderTest store, CancellationToken cancellationToken)
    {
        var entries = await store.Inbox.ClaimAsync(Noon, 100, RunOut, cancellationToken);
        await store.Inbox.SaveAsync([.. entries.Select(entry => new InboxResult { Id = entry.Id, State = InboxState.Done })], cancellationToken);
    }

    public static async Task<IReadOnlyList<string>> ClaimEventsAsync(
        this StoreUnderTest store,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        int max = 100,
        TimeSpan? lease = null
    ) => [.. (await store.Inbox.ClaimAsync(now, max, lease ?? Hour, cancellationToken)).Select(entry => entry.EventId)];
}
