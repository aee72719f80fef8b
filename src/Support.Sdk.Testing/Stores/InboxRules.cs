using Support.Sdk.Intake;
using static Support.Sdk.Testing.Stores.StoreFacts;

namespace Support.Sdk.Testing.Stores;

internal static class InboxRules
{
    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("An event is appended once for each source and event id", OnceAsync),
        new("An event is appended once even when a batch brings it twice", OnceInABatchAsync),
        new("An event id of another source is another event", OfAnotherSourceAsync),
        new("An entry comes back as it was appended", AsAppendedAsync),
        new("Entries are claimed in the order of their arrival", InOrderAsync),
        new("No more entries are claimed than asked for", AtMostAsync),
        new("A claimed entry is hidden until its lease ends", LeaseAsync),
        new("A claimed entry holds back what is younger of its order, and nothing else", OrderPerOrderAsync),
        new("An entry that waits to be tried again comes back at its time, and holds nothing back", RetryAsync),
        new("A parked entry holds nothing back", ParkedHoldsNothingAsync),
        new("Entries without an order hold nothing back", WithoutOrderAsync),
        new("A claim counts the try, and a replay begins to count anew", AttemptsAsync),
        new("The token of a claim grows, and an old one changes nothing", TokenAsync),
        new("An entry that is done never comes back, and is still known", DoneAsync),
        new("Parked entries are listed by shop, oldest first", ListParkedAsync),
        new("Ids with spaces, quotes and characters of every script are kept apart", IdsAsync),
    ];

    private static async Task OnceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Expect.Equal(2, (await store.Inbox.AppendAsync([Entry("a"), Entry("b")], cancellationToken)).Count);
        Expect.List([1], await store.Inbox.AppendAsync([Entry("b"), Entry("c")], cancellationToken));
        Expect.List(["a", "b", "c"], await store.ClaimEventsAsync(Noon, cancellationToken));
    }

    private static async Task OnceInABatchAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Expect.List([0, 2], await store.Inbox.AppendAsync([Entry("a"), Entry("a"), Entry("b"), Entry("b")], cancellationToken));
        Expect.Equal(0, (await store.Inbox.AppendAsync([], cancellationToken)).Count);
    }

    private static async Task OfAnotherSourceAsync(StoreUnderTest store, CancellationToken cancellationToken) =>
        Expect.Equal(2, (await store.Inbox.AppendAsync([Entry("a"), Entry("a") with { Source = "shopify" }], cancellationToken)).Count);

    private static async Task AsAppendedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var entry = Entry("a", "1");
        await store.Inbox.AppendAsync([entry], cancellationToken);
        var claimed = (await store.Inbox.ClaimAsync(Noon, 1, Hour, cancellationToken))[0];
        Expect.True(claimed.Id > 0);
        Expect.True(claimed.LeaseToken > 0);
        Expect.Equal(entry with { Id = claimed.Id, Attempts = 1, LeaseToken = claimed.LeaseToken }, claimed);
    }

    private static async Task InOrderAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var names = Enumerable.Range(0, 50).Select(number => $"e{number}").ToList();
        await store.Inbox.AppendAsync([.. names.Select(name => Entry(name))], cancellationToken);
        Expect.List(names, await store.ClaimEventsAsync(Noon, cancellationToken));
    }

    private static async Task AtMostAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a"), Entry("b"), Entry("c")], cancellationToken);
        Expect.List(["a", "b"], await store.ClaimEventsAsync(Noon, cancellationToken, max: 2));
        Expect.List(["c"], await store.ClaimEventsAsync(Noon, cancellationToken, max: 2));
    }

    private static async Task LeaseAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a"), Entry("b")], cancellationToken);
        Expect.List(["a"], await store.ClaimEventsAsync(Noon, cancellationToken, max: 1));
        Expect.List(["b"], await store.ClaimEventsAsync(Noon, cancellationToken, lease: RunOut));
        Expect.List(["b"], await store.ClaimEventsAsync(Noon, cancellationToken));
    }

    private static async Task OrderPerOrderAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a1", "A")], cancellationToken);
        Expect.List(["a1"], await store.ClaimEventsAsync(Noon, cancellationToken));
        await store.Inbox.AppendAsync([Entry("a2", "A"), Entry("b1", "B"), Entry("other", "A", shop: "other")], cancellationToken);
        Expect.List(["b1", "other"], await store.ClaimEventsAsync(Noon, cancellationToken));
    }

    private static async Task RetryAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a1", "A"), Entry("a2", "A"), Entry("b1", "B")], cancellationToken);
        var claimed = await store.Inbox.ClaimAsync(Noon, 100, Hour, cancellationToken);
        await store.Inbox.SaveAsync(
            [
                new InboxResult
                {
                    Id = claimed[0].Id,
                    State = InboxState.Pending,
                    DueAt = Noon + Minute,
                    Reason = "busy",
                },
                new InboxResult { Id = claimed[1].Id, State = InboxState.Pending },
                new InboxResult { Id = claimed[2].Id, State = InboxState.Pending },
            ],
            cancellationToken
        );
        Expect.List(["a2", "b1"], await store.ClaimEventsAsync(Noon + Minute - TimeSpan.FromTicks(1), cancellationToken));
        Expect.List(["a1"], await store.ClaimEventsAsync(Noon + Minute, cancellationToken));
    }

    private static async Task ParkedHoldsNothingAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a1", "A") with { State = InboxState.Parked, Reason = "unknown shop" }, Entry("a2", "A")], cancellationToken);
        Expect.List(["a2"], await store.ClaimEventsAsync(Noon, cancellationToken));
    }

    private static async Task WithoutOrderAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a"), Entry("b")], cancellationToken);
        Expect.List(["a"], await store.ClaimEventsAsync(Noon, cancellationToken, max: 1));
        Expect.List(["b"], await store.ClaimEventsAsync(Noon, cancellationToken));
    }

    private static async Task AttemptsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a")], cancellationToken);
        Expect.Equal(1, (await store.Inbox.ClaimAsync(Noon, 1, RunOut, cancellationToken))[0].Attempts);
        var second = (await store.Inbox.ClaimAsync(Noon, 1, Hour, cancellationToken))[0];
        Expect.Equal(2, second.Attempts);
        await store.Inbox.SaveAsync(
            [
                new InboxResult
                {
                    Id = second.Id,
                    State = InboxState.Parked,
                    Reason = "poison",
                },
            ],
            cancellationToken
        );
        Expect.List([], await store.ClaimEventsAsync(Noon, cancellationToken));
        await store.Inbox.SaveAsync(
            [
                new InboxResult
                {
                    Id = second.Id,
                    State = InboxState.Pending,
                    ResetAttempts = true,
                },
            ],
            cancellationToken
        );
        Expect.Equal(1, (await store.Inbox.ClaimAsync(Noon, 1, Hour, cancellationToken))[0].Attempts);
    }

    private static async Task TokenAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a")], cancellationToken);
        var first = (await store.Inbox.ClaimAsync(Noon, 1, RunOut, cancellationToken))[0];
        var second = (await store.Inbox.ClaimAsync(Noon, 1, Hour, cancellationToken))[0];
        Expect.True(second.LeaseToken > first.LeaseToken);
        InboxResult Parked(InboxEntry claimed, string reason) =>
            new()
            {
                Id = claimed.Id,
                LeaseToken = claimed.LeaseToken,
                State = InboxState.Parked,
                Reason = reason,
            };
        await store.Inbox.SaveAsync([Parked(first, "late")], cancellationToken);
        Expect.Equal(0, (await store.Inbox.ParkedAsync(null, 10, cancellationToken)).Count);
        await store.Inbox.SaveAsync([Parked(second, "poison")], cancellationToken);
        Expect.List(["poison"], (await store.Inbox.ParkedAsync(null, 10, cancellationToken)).Select(entry => entry.Reason));
    }

    private static async Task DoneAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a")], cancellationToken);
        var id = (await store.Inbox.ClaimAsync(Noon, 1, RunOut, cancellationToken))[0].Id;
        await store.Inbox.SaveAsync([new InboxResult { Id = id, State = InboxState.Done }], cancellationToken);
        await store.Inbox.SaveAsync(
            [
                new InboxResult
                {
                    Id = id,
                    State = InboxState.Pending,
                    Reason = "too late",
                },
            ],
            cancellationToken
        );
        Expect.List([], await store.ClaimEventsAsync(Noon + Hour, cancellationToken));
        Expect.Equal(0, (await store.Inbox.AppendAsync([Entry("a")], cancellationToken)).Count);
    }

    private static async Task ListParkedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var parked = new[] { Entry("a"), Entry("b", shop: "other"), Entry("c"), Entry("d") }.Select(entry =>
            entry with
            {
                State = InboxState.Parked,
                Reason = "unknown shop",
            }
        );
        await store.Inbox.AppendAsync([.. parked, Entry("e")], cancellationToken);
        Expect.List(["a", "c"], (await store.Inbox.ParkedAsync("shop", 2, cancellationToken)).Select(entry => entry.EventId));
        var all = await store.Inbox.ParkedAsync(null, 100, cancellationToken);
        Expect.List(["a", "b", "c", "d"], all.Select(entry => entry.EventId));
        Expect.Equal("unknown shop", all[0].Reason);
        Expect.Equal(InboxState.Parked, all[0].State);
    }

    private static async Task IdsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        string[] ids = ["a b", "a  b", "A b", "a'b", "a\"b", "\u00C5sa/\u2116 1", "A\u030Asa/\u2116 1", "\u6CE8\u6587 7", "\U0001F600", "1", "01", "1.0"];
        Expect.Equal(ids.Length, (await store.Inbox.AppendAsync([.. ids.Select(id => Entry(id, id))], cancellationToken)).Count);
        Expect.List(ids, (await store.Inbox.ClaimAsync(Noon, 100, Hour, cancellationToken)).Select(entry => entry.OrderId));
    }
}
