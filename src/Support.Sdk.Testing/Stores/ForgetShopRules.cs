using System.Globalization;
using Support.Sdk.Contacts;
using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Storefronts;
using Support.Sdk.Tickets;
using static Support.Sdk.Testing.Stores.StoreFacts;
using static Support.Sdk.Testing.Stores.TicketFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>What is left of a shop that is forgotten, and of the others.</summary>
internal static class ForgetShopRules
{
    private static readonly ContactPoint Ada = new(Channel, "ada@example.com");

    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("Nothing is left of a forgotten shop, whatever its age", NothingLeftAsync),
        new("Another shop keeps everything when one is forgotten", OthersAsync),
        new("A forgotten shop begins anew", AnewAsync),
        new("No more of a sort is forgotten at once than asked for", BatchAsync),
        new("A message that is being sent is left when its shop is forgotten, and takes its result", SendingAsync),
        new("A message whose lease ran out is forgotten", RunOutMessageAsync),
        new("An entry that is claimed is left when its shop is forgotten", ClaimedEntryAsync),
        new("Who was about to save something of a forgotten shop finds it gone", RaceAsync),
        new("The record of erasures outlives its shop", ErasuresAsync),
        new("Between 1 and 1,000 of each sort are forgotten at once", LimitsAsync),
    ];

    private static async Task NothingLeftAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var file = await FillAsync(store, "shop", cancellationToken);
        Expect.True(await ForgetAsync(store, cancellationToken) > 0);
        Expect.List(None, await ReadAsync(store, "shop", file, cancellationToken));
        Expect.Equal(null, await store.Support.NextDueAsync(cancellationToken));
        Expect.Equal(0, await store.Contents.RemoveUnusedAsync(DateTimeOffset.MaxValue, cancellationToken));
    }

    private static async Task OthersAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var file = await FillAsync(store, "other", cancellationToken);
        var before = await ReadAsync(store, "other", file, cancellationToken);
        Expect.Equal(false, before.Intersect(None, StringComparer.Ordinal).Any(), "something of the other shop is missing");
        await FillAsync(store, "shop", cancellationToken);
        await ForgetAsync(store, cancellationToken);
        Expect.List(before, await ReadAsync(store, "other", file, cancellationToken));
        Expect.Equal(0, (await store.Inbox.AppendAsync([Entry("done-other", shop: "other")], cancellationToken)).Count);
    }

    private static async Task AnewAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var first = await FillAsync(store, "shop", cancellationToken);
        var before = await ReadAsync(store, "shop", first, cancellationToken);
        await ForgetAsync(store, cancellationToken);
        var second = await FillAsync(store, "shop", cancellationToken);
        Expect.List(before, await ReadAsync(store, "shop", second, cancellationToken));
    }

    private static async Task BatchAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        string[] ids = ["a", "b", "c"];
        var changes = ids.Select(id => Change(Order(id)) with { Deliveries = [Delivery(id, new OrderKey("shop", id))] });
        await store.Orders.SaveAsync([.. changes], cancellationToken);
        await store.Inbox.AppendAsync([.. ids.Select(id => Entry(id))], cancellationToken);
        var calls = 0;
        for (var (rest, left) = ((3, 3, 3), (3, 3, 3)); rest != (0, 0, 0); rest = left)
        {
            Expect.True(await store.Privacy.ForgetShopAsync("shop", 2, cancellationToken) > 0);
            left = await LeftAsync();
            Expect.True(rest.Item1 - left.Item1 <= 2 && rest.Item2 - left.Item2 <= 2 && rest.Item3 - left.Item3 <= 2, "at most two of each sort at once");
            calls++;
        }

        Expect.True(calls > 1, "more than one call");
        Expect.Equal(0, await store.Privacy.ForgetShopAsync("shop", 2, cancellationToken));

        async Task<(int Entries, int Orders, int Messages)> LeftAsync() =>
            (
                (await store.Privacy.WaitingAsync("shop", 0, 10, cancellationToken)).Count,
                (await store.Orders.FindAsync([.. ids.Select(id => new OrderKey("shop", id))], cancellationToken)).Count,
                (await store.Outbox.ListAsync(new DeliveryQuery { Shop = "shop" }, cancellationToken)).Count
            );
    }

    private static async Task SendingAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a"), Delivery("b", dueAt: Noon + Hour)], cancellationToken);
        var claimed = (await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken))[0];
        await ForgetAsync(store, cancellationToken);
        Expect.Equal("It will be late.", (await store.ReadAsync("a", cancellationToken)).Message.Text);
        Expect.Equal(1, (await store.Outbox.ListAsync(new DeliveryQuery { Shop = "shop" }, cancellationToken)).Count);
        Expect.List([], await store.Outbox.SaveAsync([Result(claimed, DeliveryState.Accepted)], cancellationToken));
        Expect.Equal(1, await ForgetAsync(store, cancellationToken));
        Expect.Equal(0, (await store.Outbox.ListAsync(new DeliveryQuery { Shop = "shop" }, cancellationToken)).Count);
    }

    private static async Task RunOutMessageAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a")], cancellationToken);
        var claimed = (await store.Outbox.ClaimAsync(Messages(Noon, lease: RunOut), cancellationToken))[0];
        await ForgetAsync(store, cancellationToken);
        Expect.Equal(0, (await store.Outbox.ListAsync(new DeliveryQuery { Shop = "shop" }, cancellationToken)).Count);
        Expect.List(["a"], await store.Outbox.SaveAsync([Result(claimed, DeliveryState.Accepted)], cancellationToken));
    }

    private static async Task ClaimedEntryAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a"), Entry("b", at: Noon + Hour)], cancellationToken);
        var claimed = await store.Inbox.ClaimAsync(Noon, 1, Hour, cancellationToken);
        Expect.Equal(1, await ForgetAsync(store, cancellationToken));
        Expect.List(["a"], (await store.Privacy.WaitingAsync("shop", 0, 10, cancellationToken)).Select(entry => entry.EventId));
        await store.Inbox.SaveAsync([new InboxResult { Id = claimed[0].Id, State = InboxState.Done }], cancellationToken);
        Expect.Equal(1, await ForgetAsync(store, cancellationToken));
        Expect.Equal(2, (await store.Inbox.AppendAsync([Entry("a"), Entry("b")], cancellationToken)).Count);
    }

    private static async Task RaceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var order = await store.KeepAsync(Order("1"), cancellationToken);
        var ticket = await store.KeepAsync(Ticket(1), cancellationToken);
        var customer = await PersonAsync(store, "shop", cancellationToken);
        await ForgetAsync(store, cancellationToken);
        Expect.List([order.Key], await store.Orders.SaveAsync([Change(order) with { Deliveries = [Delivery("a", order.Key)] }], cancellationToken));
        Expect.List([ticket.Key], await store.Tickets.SaveAsync([Change(ticket, Said(1))], cancellationToken));
        Expect.Equal(false, await store.Customers.SaveAsync([customer], cancellationToken));
        Expect.Equal(0, await store.Privacy.ForgetShopAsync("shop", 10, cancellationToken));
    }

    private static async Task ErasuresAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var result = new ErasureResult { At = Noon, By = "eve" };
        await store.Privacy.EraseAsync(
            new ErasureBatch
            {
                Shop = "shop",
                At = Noon,
                Result = result,
            },
            cancellationToken
        );
        Expect.Equal(0, await store.Privacy.ForgetShopAsync("shop", 10, cancellationToken));
        Expect.List([result], await store.Privacy.ErasuresAsync("shop", 10, cancellationToken));
    }

    private static async Task LimitsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        foreach (var max in (int[])[0, 1001])
        {
            await Expect.RefusedAsync(() => store.Privacy.ForgetShopAsync("shop", max, cancellationToken), $"a batch of {max}");
        }

        Expect.Equal(0, await store.Privacy.ForgetShopAsync("shop", 1000, cancellationToken));
    }

    /// <summary>Puts something of a shop wherever something can be.</summary>
    /// <returns>The file that its ticket names.</returns>
    private static async Task<ContentReference> FillAsync(StoreUnderTest store, string shop, CancellationToken cancellationToken)
    {
        await EntriesAsync(store, shop, cancellationToken);
        var order = Order("1", shop) with
        {
            Snapshot = new OrderSnapshot
            {
                Key = new OrderKey(shop, "1"),
                PlacedAt = Noon,
                Customer = new OrderCustomer { ContactPoints = [Ada] },
            },
        };
        var states = Enum.GetValues<DeliveryState>().Where(state => state != DeliveryState.Sending);
        var change = Change(order) with
        {
            Decisions = [Decision(order.Key, "late")],
            Deliveries = [.. states.Select(state => Delivery($"{state}-{shop}", order.Key, state))],
            Figures = new ShopFigures
            {
                Notices = 1,
                DelayNotices = 1,
                Shipped = 1,
                Delivered = 1,
            },
        };
        Expect.List([], await store.Orders.SaveAsync([change], cancellationToken));
        await PersonAsync(store, shop, cancellationToken);
        var contact = new Contact
        {
            Shop = shop,
            Key = "ada",
            Suppressed = new ContactAct { At = Noon, By = "eve" },
        };
        var word = new ConsentRecord
        {
            Purpose = MessageClass.Marketing,
            Granted = true,
            At = Noon,
            Source = ConsentSource.Shop,
        };
        Expect.List([], await store.Contacts.SaveAsync([new ContactChange { Contact = contact, Consents = [word] }], cancellationToken));
        Expect.True(await store.Shops.PauseAsync(shop, "a storm", Noon, cancellationToken));
        Expect.True(await store.States.SaveAsync(State(shop), cancellationToken));
        return await TalkAsync(store, shop, cancellationToken);
    }

    // One that is done, one that was put aside, and one that waits.
    private static async Task EntriesAsync(StoreUnderTest store, string shop, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry($"done-{shop}", "1", shop)], cancellationToken);
        await store.HearAsync(cancellationToken);
        var parked = Entry($"parked-{shop}", "1", shop) with { State = InboxState.Parked, Reason = "for Ada" };
        Expect.Equal(2, (await store.Inbox.AppendAsync([parked, Entry($"waits-{shop}", "1", shop, DateTimeOffset.MaxValue)], cancellationToken)).Count);
    }

    private static async Task<ContentReference> TalkAsync(StoreUnderTest store, string shop, CancellationToken cancellationToken)
    {
        var (named, _) = (await store.FileAsync(cancellationToken, shop: shop), await store.FileAsync(cancellationToken, "unused", shop: shop));
        var number = await store.Tickets.TakeNumbersAsync(shop, 1, cancellationToken);
        var ticket = Ticket(number, shop, checkAt: Noon, dueAt: Noon) with
        {
            Tags = ["late"],
            Orders = ["1"],
            Requester = new TicketRequester { CustomerId = "ada" },
        };
        var reply = Said(2, kind: TicketEntryKind.Reply) with { DeliveryId = $"reply-{shop}" };
        var change = Change(ticket, Said(1, requestId: "r", files: named), reply) with
        {
            Deliveries = [Delivery($"reply-{shop}", state: DeliveryState.Held, shop: shop)],
        };
        await store.KeepAsync(change, cancellationToken);
        await store.HearAsync(cancellationToken);
        return named;
    }

    private static async Task<Customer> PersonAsync(StoreUnderTest store, string shop, CancellationToken cancellationToken)
    {
        var customer = new Customer
        {
            Shop = shop,
            Id = "ada",
            Name = "Ada",
            ContactPoints = [Ada],
            CreatedAt = Noon,
            ChangedAt = Noon,
        };
        Expect.True(await store.Customers.SaveAsync([customer], cancellationToken));
        return (await store.Customers.FindAsync(shop, ["ada"], cancellationToken))[0];
    }

    private static StateEntry State(string shop) =>
        new()
        {
            Shop = shop,
            Name = "storefront/token",
            Value = "secret",
        };

    private static IReadOnlyList<string> None { get; } =
    [
        "0 entries",
        "0 orders",
        "0 decisions",
        "0 orders of Ada",
        "0 messages",
        "0 tickets",
        "0 tagged",
        "0 of order 1",
        "0 said",
        "0 customers",
        "0 of Ada",
        "0 contacts",
        "0 consents",
        "0 pauses",
        "0 notices",
        "0 days",
        "0 states",
        "0 files",
    ];

    private static async Task<IReadOnlyList<string>> ReadAsync(StoreUnderTest store, string shop, ContentReference file, CancellationToken cancellationToken)
    {
        var key = new OrderKey(shop, "1");
        var tickets = new TicketQuery { Shop = shop };
        var state = (await store.Shops.FindAsync([shop], Noon, cancellationToken))[0];
        return
        [
            Count((await store.Privacy.WaitingAsync(shop, 0, 10, cancellationToken)).Count, "entries"),
            Count((await store.Orders.FindAsync([key], cancellationToken)).Count, "orders"),
            Count((await store.Orders.HistoryAsync(key, cancellationToken)).Count, "decisions"),
            Count((await store.Orders.OfContactAsync(shop, Ada, 10, cancellationToken)).Count, "orders of Ada"),
            Count((await store.Outbox.ListAsync(new DeliveryQuery { Shop = shop }, cancellationToken)).Count, "messages"),
            Count((await store.Tickets.ListAsync(tickets, cancellationToken)).Count, "tickets"),
            Count((await store.Tickets.ListAsync(tickets with { Tag = "late" }, cancellationToken)).Count, "tagged"),
            Count((await store.Tickets.ListAsync(tickets with { OrderId = "1" }, cancellationToken)).Count, "of order 1"),
            Count((await store.EntriesAsync(Key(1, shop), cancellationToken)).Count, "said"),
            Count((await store.Customers.ListAsync(shop, null, 10, cancellationToken)).Count, "customers"),
            Count((await store.Customers.OfContactsAsync(shop, [Ada], cancellationToken)).Count, "of Ada"),
            Count((await store.Contacts.FindAsync(shop, ["ada"], cancellationToken)).Count, "contacts"),
            Count((await store.Contacts.ConsentsAsync(shop, "ada", cancellationToken)).Count, "consents"),
            Count(state.PausedAt is null ? 0 : 1, "pauses"),
            Count(state.Notices + state.Shipped + state.Delivered, "notices"),
            Count(state.DelayNoticesByDay.Count, "days"),
            Count(await store.States.FindAsync(shop, "storefront/token", cancellationToken) is null ? 0 : 1, "states"),
            Count(await store.OpenAsync(file.Id, cancellationToken, shop) is null ? 0 : 1, "files"),
        ];
    }

    private static string Count(long count, string of) => string.Create(CultureInfo.InvariantCulture, $"{count} {of}");

    private static async Task<int> ForgetAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var removed = 0;
        for (var count = 1; count > 0; removed += count)
        {
            count = await store.Privacy.ForgetShopAsync("shop", 3, cancellationToken);
        }

        return removed;
    }
}
