using Support.Sdk.Contacts;
using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;
using static Support.Sdk.Testing.Stores.StoreFacts;
using static Support.Sdk.Testing.Stores.TicketFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>What an erasure finds, and what it leaves.</summary>
internal static class PrivacyRules
{
    private static readonly ContactPoint Ada = new(Channel, "ada@example.com");

    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("Entries that still have a body are found in the order of their ids, claimed or parked ones too", WaitingAsync),
        new("An emptied entry is done, is known, and comes back no more", EmptiedEntryAsync),
        new("An entry that is claimed is left alone, and named", ClaimedEntryAsync),
        new("An erased message keeps its state; one that waits is superseded", MessagesAsync),
        new("An erased message is found under its order and no longer under its recipient", RecipientAsync),
        new("A message that is being sent is left alone, and named", SendingAsync),
        new("Words of operators and of failures are blanked in decisions, those of the engine stay", DecisionsAsync),
        new("An erased ticket keeps its entries without texts, files and changed values", TicketAsync),
        new("A ticket that was saved since it was read is left alone, and named", TicketRaceAsync),
        new("An erased ticket is found no more under what it lost", TicketLabelsAsync),
        new("A file of an erased ticket goes, unless another ticket names it", FilesAsync),
        new("An erased customer has no contact points, and is in no list", CustomerAsync),
        new("A customer who was saved since it was read is left alone, and named", CustomerRaceAsync),
        new("Erasures are listed by shop, the latest first", ErasuresAsync),
    ];

    private static async Task WaitingAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a"), Entry("b", shop: "other"), Entry("c") with { State = InboxState.Parked }, Entry("d")], cancellationToken);
        await store.Inbox.ClaimAsync(Noon, 1, Hour, cancellationToken);
        var found = await store.Privacy.WaitingAsync("shop", 0, 2, cancellationToken);
        Expect.List(["a", "c"], found.Select(entry => entry.EventId));
        Expect.Equal("""{"about":"a"}""", found[0].Body);
        var rest = await store.Privacy.WaitingAsync("shop", found[1].Id, 2, cancellationToken);
        Expect.List(["d"], rest.Select(entry => entry.EventId));
    }

    private static async Task EmptiedEntryAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a"), Entry("b") with { State = InboxState.Parked, Reason = "Ada" }, Entry("c")], cancellationToken);
        var ids = (await store.Privacy.WaitingAsync("shop", 0, 10, cancellationToken)).Take(2).Select(entry => entry.Id);
        var rest = await store.Privacy.EraseAsync(Batch with { InboxIds = [.. ids] }, cancellationToken);
        Expect.List([], rest.InboxIds);
        Expect.List(["c"], (await store.Privacy.WaitingAsync("shop", 0, 10, cancellationToken)).Select(entry => entry.EventId));
        Expect.List(["c"], await store.ClaimEventsAsync(Noon, cancellationToken));
        Expect.Equal(0, (await store.Inbox.ParkedAsync(null, 10, cancellationToken)).Count);
        Expect.Equal(0, (await store.Inbox.AppendAsync([Entry("a"), Entry("b")], cancellationToken)).Count);
    }

    private static async Task ClaimedEntryAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a")], cancellationToken);
        var claimed = await store.Inbox.ClaimAsync(Noon, 1, Hour, cancellationToken);
        var rest = await store.Privacy.EraseAsync(Batch with { InboxIds = [claimed[0].Id] }, cancellationToken);
        Expect.List([claimed[0].Id], rest.InboxIds);
        Expect.Equal(1, (await store.Privacy.WaitingAsync("shop", 0, 10, cancellationToken)).Count);
    }

    private static async Task MessagesAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var states = Enum.GetValues<DeliveryState>().Where(state => state != DeliveryState.Sending).ToList();
        var deliveries = states.Select(state => Delivery(state.ToString(), state: state) with { Reason = "Ada", ProviderId = "p" }).ToList();
        await store.SendAsync(deliveries, cancellationToken);
        var rest = await store.Privacy.EraseAsync(Batch with { Messages = [.. deliveries.Select(delivery => Emptied(delivery.Message))] }, cancellationToken);
        Expect.List([], rest.Messages);
        foreach (var state in states)
        {
            var kept = await store.ReadAsync(state.ToString(), cancellationToken);
            var waited = state is DeliveryState.Pending or DeliveryState.Retry or DeliveryState.Held;
            Expect.Equal(waited ? DeliveryState.Superseded : state, kept.State);
            Expect.Equal(waited ? Noon + Hour : Noon, kept.ChangedAt);
            Expect.True(kept.Message.IsErased && kept.Reason?.Contains("Ada", StringComparison.Ordinal) is not true && kept.ProviderId is null);
            Expect.Equal("Erased.", kept.Message.Text);
        }
    }

    private static async Task RecipientAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var key = new OrderKey("shop", "1");
        await store.SendAsync([Delivery("a", key, DeliveryState.Bounced), Delivery("b", key)], cancellationToken);
        var message = (await store.ReadAsync("a", cancellationToken)).Message;
        await store.Privacy.EraseAsync(Batch with { Messages = [Emptied(message)] }, cancellationToken);
        var byOrder = await store.Outbox.ListAsync(new DeliveryQuery { Order = key }, cancellationToken);
        Expect.List(["b", "a"], byOrder.Select(delivery => delivery.Message.Id));
        var byRecipient = await store.Outbox.ListAsync(new DeliveryQuery { Shop = "shop", To = Ada }, cancellationToken);
        Expect.List(["b"], byRecipient.Select(delivery => delivery.Message.Id));
        var recent = await store.Outbox.RecentAsync("shop", [Ada], Noon - Hour, cancellationToken);
        Expect.True(recent is [{ InLastDay: 1, Unreachable: false }]);
    }

    private static async Task SendingAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a")], cancellationToken);
        var claimed = (await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken))[0];
        var rest = await store.Privacy.EraseAsync(Batch with { Messages = [Emptied(claimed.Message)] }, cancellationToken);
        Expect.List(["a"], rest.Messages);
        Expect.List([], await store.Outbox.SaveAsync([Result(claimed, DeliveryState.Accepted)], cancellationToken));
        Expect.Equal("It will be late.", (await store.ReadAsync("a", cancellationToken)).Message.Text);
    }

    private static async Task DecisionsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var order = Order("1");
        var other = Order("2");
        var decisions = new[]
        {
            Decision(order.Key, "engine"),
            Decision(order.Key, "Ada called", Noon + Minute) with
            {
                By = "bob",
            },
            Decision(order.Key, "Ada", Noon + Hour) with
            {
                Verdict = DecisionVerdict.Fail,
            },
        };
        var untouched = Decision(other.Key, "Eve called") with { By = "bob" };
        await store.Orders.SaveAsync([Change(order) with { Decisions = decisions }, Change(other) with { Decisions = [untouched] }], cancellationToken);
        await store.Privacy.EraseAsync(Batch with { Orders = [order.Key] }, cancellationToken);
        var history = await store.Orders.HistoryAsync(order.Key, cancellationToken);
        Expect.List(["engine", "Erased.", "Erased."], history.Select(decision => decision.Reason));
        Expect.List([untouched], await store.Orders.HistoryAsync(other.Key, cancellationToken));
    }

    private static async Task TicketAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        TicketEntry[] entries =
        [
            Said(1, "I am Ada", requestId: "r"),
            Said(2, "Dear Ada", TicketEntryKind.Reply) with
            {
                At = Noon + Minute,
                DeliveryId = "d",
            },
            Said(3, "moved", TicketEntryKind.Changed) with
            {
                Changes = [new TicketChangedField("fields.name", "Ada", "Eve")],
            },
        ];
        var kept = await store.KeepAsync(Change(Ticket(1) with { Subject = "Ada's" }, entries), cancellationToken);
        await store.KeepAsync(Change(Ticket(2), Said(1, "I am Eve")), cancellationToken);
        var rest = await store.Privacy.EraseAsync(Batch with { Tickets = [kept with { Subject = "Erased.", ErasedAt = Noon }] }, cancellationToken);
        Expect.List([], rest.Tickets);
        var erased = await store.FindAsync(Key(1), cancellationToken);
        Expect.Equal("Erased.", erased.Subject);
        Expect.Equal(2L, erased.Version);
        var blank = entries.Select(entry => entry with { Text = null, Changes = [] });
        Expect.List(blank.Select(SupportJson.Write), (await store.EntriesAsync(Key(1), cancellationToken)).Select(SupportJson.Write));
        Expect.List(["I am Eve"], await store.TextsAsync(Key(2), cancellationToken));
    }

    private static async Task TicketRaceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var stale = await store.KeepAsync(Change(Ticket(1), Said(1, "stays")), cancellationToken);
        await store.KeepAsync(stale, cancellationToken);
        var fresh = await store.KeepAsync(Change(Ticket(2), Said(1, "goes")), cancellationToken);
        var rest = await store.Privacy.EraseAsync(Batch with { Tickets = [stale with { Subject = "Erased." }, fresh] }, cancellationToken);
        Expect.List([Key(1)], rest.Tickets);
        Expect.Equal(stale.Subject, (await store.FindAsync(Key(1), cancellationToken)).Subject);
        Expect.List(["stays"], await store.TextsAsync(Key(1), cancellationToken));
        Expect.List([null], await store.TextsAsync(Key(2), cancellationToken));
    }

    private static async Task TicketLabelsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var ticket = Ticket(1) with
        {
            Tags = ["ada"],
            Orders = ["1"],
            Requester = new TicketRequester { CustomerId = "ada" },
        };
        var kept = await store.KeepAsync(ticket, cancellationToken);
        await store.Privacy.EraseAsync(Batch with { Tickets = [kept with { Tags = [], Requester = new TicketRequester() }] }, cancellationToken);
        var query = new TicketQuery { Shop = "shop" };
        Expect.Equal(0, (await store.Tickets.ListAsync(query with { Tag = "ada" }, cancellationToken)).Count);
        Expect.Equal(0, (await store.Tickets.ListAsync(query with { CustomerId = "ada" }, cancellationToken)).Count);
        Expect.Equal(1, (await store.Tickets.ListAsync(query with { OrderId = "1" }, cancellationToken)).Count);
    }

    private static async Task FilesAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var (gone, shared) = (await store.FileAsync(cancellationToken, "gone"), await store.FileAsync(cancellationToken, "shared"));
        var kept = await store.KeepAsync(Change(Ticket(1), Said(1, files: gone), Said(2, files: shared)), cancellationToken);
        var copy = new TicketCopy
        {
            From = 1,
            Entries = [2],
            Through = 2,
            Offset = 0,
        };
        var other = await store.KeepAsync(Change(Ticket(2)) with { Copy = copy }, cancellationToken);
        await store.Privacy.EraseAsync(Batch with { Tickets = [kept] }, cancellationToken);
        Expect.Equal(null, await store.OpenAsync(gone.Id, cancellationToken));
        Expect.Equal("shared", await store.OpenAsync(shared.Id, cancellationToken));
        await store.Privacy.EraseAsync(Batch with { Tickets = [other] }, cancellationToken);
        Expect.Equal(null, await store.OpenAsync(shared.Id, cancellationToken));
        Expect.Equal(0, await store.Contents.RemoveUnusedAsync(DateTimeOffset.MaxValue, cancellationToken));
    }

    private static async Task CustomerAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var kept = await PersonAsync(store, cancellationToken);
        var rest = await store.Privacy.EraseAsync(
            Batch with
            {
                Customers = [kept with { Name = null, ContactPoints = [], ErasedAt = Noon }],
            },
            cancellationToken
        );
        Expect.List([], rest.Customers);
        Expect.Equal(null, (await store.Customers.FindAsync("shop", ["ada"], cancellationToken))[0].Name);
        Expect.Equal(0, (await store.Customers.OfContactsAsync("shop", [Ada], cancellationToken)).Count);
        Expect.Equal(0, (await store.Customers.ListAsync("shop", null, 10, cancellationToken)).Count);
    }

    private static async Task CustomerRaceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var stale = await PersonAsync(store, cancellationToken);
        Expect.True(await store.Customers.SaveAsync([stale], cancellationToken));
        var rest = await store.Privacy.EraseAsync(Batch with { Customers = [stale with { Name = null, ContactPoints = [] }] }, cancellationToken);
        Expect.List(["ada"], rest.Customers);
        Expect.List(["Ada"], (await store.Customers.OfContactsAsync("shop", [Ada], cancellationToken)).Select(customer => customer.Name));
    }

    private static async Task<Customer> PersonAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var customer = new Customer
        {
            Shop = "shop",
            Id = "ada",
            Name = "Ada",
            ContactPoints = [Ada],
            CreatedAt = Noon,
            ChangedAt = Noon,
        };
        Expect.True(await store.Customers.SaveAsync([customer], cancellationToken));
        return (await store.Customers.FindAsync("shop", ["ada"], cancellationToken))[0];
    }

    private static async Task ErasuresAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var first = new ErasureResult
        {
            At = Noon,
            By = "ada",
            Orders = 1,
            Deliveries = 2,
            Events = 3,
            Contacts = 4,
            UnderWay = 5,
            Tickets = 6,
            Customers = 7,
        };
        var second = first with { At = Noon + Hour, UnderWay = 0 };
        await store.Privacy.EraseAsync(Batch with { Result = first }, cancellationToken);
        await store.Privacy.EraseAsync(Batch with { Result = second }, cancellationToken);
        await store.Privacy.EraseAsync(Batch with { Shop = "other", Result = first }, cancellationToken);
        Expect.List([second, first], await store.Privacy.ErasuresAsync("shop", 10, cancellationToken));
        Expect.List([second], await store.Privacy.ErasuresAsync("shop", 1, cancellationToken));
    }

    private static ErasureBatch Batch => new() { Shop = "shop", At = Noon + Hour };

    private static OutboundMessage Emptied(OutboundMessage message) =>
        message with
        {
            To = new ContactPoint(Channel, ""),
            Subject = "Erased.",
            Text = "Erased.",
            IsErased = true,
        };
}
