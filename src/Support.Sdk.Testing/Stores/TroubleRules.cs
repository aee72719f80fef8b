using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using static Support.Sdk.Testing.Stores.StoreFacts;
using static Support.Sdk.Testing.Stores.TicketFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>What the outbox reports by itself, so that a person looks at it.</summary>
internal static class TroubleRules
{
    private static readonly DeliveryState[] Troubles =
    [
        DeliveryState.Bounced,
        DeliveryState.Failed,
        DeliveryState.Rejected,
        DeliveryState.Held,
        DeliveryState.InDoubt,
    ];

    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("A message that ends in trouble is reported with its reason", ReportAsync),
        new("A message that is told, superseded, suppressed or expired is not reported", SilentAsync),
        new("A result that is not applied reports nothing", NotAppliedAsync),
        new("A message is reported once for a state, and again for another", OnceAsync),
        new("A message that is held from the beginning is reported with the order or ticket that it came with", HeldAsync),
        new("A message that was stored before is not reported by storing it again", KnownAsync),
        new("A message of a change that lost is not reported", LostAsync),
        new("A message that was cut off too often is reported", CutOffAsync),
        new("A message in doubt is reported", InDoubtAsync),
    ];

    private static async Task<IReadOnlyList<DeliveryTrouble>> ReportedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var entries = await store.Inbox.ClaimAsync(Noon + Hour, 100, RunOut, cancellationToken);
        foreach (var entry in entries)
        {
            var trouble = (DeliveryTrouble)SupportJson.ReadEvent(entry.Body);
            Expect.Equal(DeliveryTrouble.Reporter, entry.Source);
            Expect.Equal($"{trouble.DeliveryId}:{trouble.State}", entry.EventId);
            Expect.Equal(entry.EventId, trouble.EventId);
            Expect.Equal(entry.Source, trouble.Source);
            Expect.Equal(trouble.ShopId, entry.Shop);
            Expect.Equal(null, entry.OrderId);
            Expect.Equal(trouble.At, entry.ReceivedAt);
        }

        return [.. entries.Select(entry => (DeliveryTrouble)SupportJson.ReadEvent(entry.Body))];
    }

    private static async Task ReportAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([.. Troubles.Select(state => Delivery($"{state}", shop: "a"))], cancellationToken);
        foreach (var claimed in await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken))
        {
            var result = Result(claimed, Enum.Parse<DeliveryState>(claimed.Message.Id), Noon + Minute) with { Reason = "No such mailbox." };
            Expect.List([], await store.Outbox.SaveAsync([result], cancellationToken));
        }

        var reported = await ReportedAsync(store, cancellationToken);
        var expected = Troubles.Select(state => new DeliveryTrouble
        {
            Source = DeliveryTrouble.Reporter,
            EventId = $"{state}:{state}",
            ShopId = "a",
            DeliveryId = $"{state}",
            State = state,
            At = Noon + Minute,
            Reason = "No such mailbox.",
        });
        Expect.List(
            expected.OrderBy(trouble => trouble.DeliveryId, StringComparer.Ordinal),
            reported.OrderBy(trouble => trouble.DeliveryId, StringComparer.Ordinal)
        );
    }

    private static async Task SilentAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var states = Enum.GetValues<DeliveryState>().Except(Troubles).Where(state => state != DeliveryState.Sending).ToList();
        await store.SendAsync(
            [.. states.Select(state => Delivery($"{state}")), .. states.Select(state => Delivery($"was-{state}", state: state))],
            cancellationToken
        );
        var claimed = await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken);
        var results = claimed.Where(delivery => !delivery.Message.Id.StartsWith("was-", StringComparison.Ordinal));
        await store.Outbox.SaveAsync([.. results.Select(delivery => Result(delivery, Enum.Parse<DeliveryState>(delivery.Message.Id)))], cancellationToken);
        await store.SendAsync([Delivery("late", sendBefore: Noon)], cancellationToken);
        while ((await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken)).Count > 0) { }

        Expect.Equal(DeliveryState.Expired, (await store.ReadAsync("late", cancellationToken)).State);
        Expect.List([], await ReportedAsync(store, cancellationToken));
    }

    private static async Task NotAppliedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a"), Delivery("b")], cancellationToken);
        var claimed = await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken);
        var late = Result(claimed[0], DeliveryState.Failed) with { LeaseToken = claimed[0].LeaseToken - 1 };
        Expect.List(["a"], await store.Outbox.SaveAsync([late, Result(claimed[1], DeliveryState.Rejected)], cancellationToken));
        Expect.List(["b"], (await ReportedAsync(store, cancellationToken)).Select(trouble => trouble.DeliveryId));
    }

    private static async Task OnceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a", state: DeliveryState.InDoubt)], cancellationToken);
        DeliveryUpdate Update(DeliveryState from, DeliveryState to) =>
            new()
            {
                Id = "a",
                From = from,
                To = to,
                At = Noon + Minute,
            };
        await store.Outbox.SaveAsync([Update(DeliveryState.InDoubt, DeliveryState.Accepted)], cancellationToken);
        await store.Outbox.SaveAsync([Update(DeliveryState.Accepted, DeliveryState.InDoubt)], cancellationToken);
        await store.Outbox.SaveAsync([Update(DeliveryState.InDoubt, DeliveryState.Bounced)], cancellationToken);
        Expect.List([DeliveryState.InDoubt, DeliveryState.Bounced], (await ReportedAsync(store, cancellationToken)).Select(trouble => trouble.State));
    }

    private static async Task HeldAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var held = Delivery("of-order", state: DeliveryState.Held) with { Reason = "It contradicts the last one." };
        await store.KeepAsync(Order("1"), [held, Delivery("sent")], cancellationToken);
        await store.KeepAsync(
            Change(Ticket(1)) with
            {
                Deliveries = [Delivery("of-ticket", state: DeliveryState.Held), Delivery("failed", state: DeliveryState.Failed)],
            },
            cancellationToken
        );
        var reported = (await ReportedAsync(store, cancellationToken)).OrderBy(trouble => trouble.DeliveryId, StringComparer.Ordinal).ToList();
        Expect.List(["failed", "of-order", "of-ticket"], reported.Select(trouble => trouble.DeliveryId));
        Expect.List([DeliveryState.Failed, DeliveryState.Held, DeliveryState.Held], reported.Select(trouble => trouble.State));
        Expect.Equal("It contradicts the last one.", reported[1].Reason);
        Expect.Equal(Noon, reported[1].At);
    }

    private static async Task KnownAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Order("1"), [Delivery("a")], cancellationToken);
        await store.KeepAsync(Order("2"), [Delivery("a", state: DeliveryState.Held)], cancellationToken);
        Expect.List([], await ReportedAsync(store, cancellationToken));
    }

    private static async Task LostAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var held = Delivery("a", state: DeliveryState.Held);
        var missing = Order("1") with { Version = 1 };
        Expect.Equal(1, (await store.Orders.SaveAsync([new OrderChange { Order = missing, Deliveries = [held] }], cancellationToken)).Count);
        var together = Change(Ticket(1)) with { Deliveries = [held], With = Change(Ticket(2) with { Version = 1 }) };
        Expect.Equal(2, (await store.Tickets.SaveAsync([together], cancellationToken)).Count);
        Expect.List([], await ReportedAsync(store, cancellationToken));
    }

    private static async Task CutOffAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var claim = Messages(Noon, lease: RunOut, idempotent: true) with { MaxAttempts = 2 };
        await store.SendAsync([Delivery("a")], cancellationToken);
        Expect.List(["a"], await store.ClaimIdsAsync(claim, cancellationToken));
        Expect.List(["a"], await store.ClaimIdsAsync(claim, cancellationToken));
        Expect.List([], await ReportedAsync(store, cancellationToken));
        Expect.List([], await store.ClaimIdsAsync(claim with { Now = Noon + Minute }, cancellationToken));
        await IsReportedAsync(store, DeliveryState.Failed, cancellationToken);
    }

    private static async Task InDoubtAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var claim = Messages(Noon, lease: RunOut);
        await store.SendAsync([Delivery("a")], cancellationToken);
        Expect.List(["a"], await store.ClaimIdsAsync(claim, cancellationToken));
        Expect.List([], await store.ClaimIdsAsync(claim with { Now = Noon + Minute }, cancellationToken));
        await IsReportedAsync(store, DeliveryState.InDoubt, cancellationToken);
    }

    private static async Task IsReportedAsync(StoreUnderTest store, DeliveryState state, CancellationToken cancellationToken)
    {
        var delivery = await store.ReadAsync("a", cancellationToken);
        Expect.Equal(state, delivery.State);
        var reported = await ReportedAsync(store, cancellationToken);
        Expect.Equal(1, reported.Count, "troubles reported");
        Expect.Equal(state, reported[0].State);
        Expect.Equal(Noon + Minute, reported[0].At);
        Expect.Equal(delivery.Reason, reported[0].Reason);
    }
}
