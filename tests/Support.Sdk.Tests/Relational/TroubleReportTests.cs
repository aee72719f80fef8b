using Microsoft.Data.Sqlite;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.Tests.Relational;

/// <summary>A trouble and its report are one: there is never the one without the other.</summary>
public sealed class TroubleReportTests : IDisposable
{
    private const string Break = "CREATE TRIGGER broken BEFORE INSERT ON support_inbox BEGIN SELECT RAISE(ABORT, 'broken'); END";
    private const string Mend = "DROP TRIGGER broken";
    private const string Reports = "SELECT COUNT(*) FROM support_inbox WHERE source = 'outbox'";

    private readonly SqliteFile _file = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_result_whose_report_cannot_be_written_is_not_recorded()
    {
        await using var database = _file.Open();
        var store = Stores.Of(database);
        await SendAsync(store);
        var claimed = Assert.Single(await store.Outbox.ClaimAsync(Claim, Stop));
        var result = new DeliveryUpdate
        {
            Id = "a",
            From = DeliveryState.Sending,
            LeaseToken = claimed.LeaseToken,
            To = DeliveryState.Bounced,
            At = Given.Monday,
        };
        _file.Run(Break);

        await Assert.ThrowsAsync<SqliteException>(() => store.Outbox.SaveAsync([result], Stop));

        _file.Run(Mend);
        Assert.Equal(DeliveryState.Sending, await StateAsync(store));
        Assert.Empty(await store.Outbox.SaveAsync([result], Stop));
        Assert.Equal(1L, _file.Run(Reports));
    }

    [Fact]
    public async Task Who_dies_before_an_end_is_reported_leaves_it_to_the_next_claim()
    {
        await using var database = _file.Open();
        var store = Stores.Of(database);
        await SendAsync(store);
        Assert.Single(await store.Outbox.ClaimAsync(Claim, Stop));
        _file.Run(Break);

        await Assert.ThrowsAsync<SqliteException>(() => store.Outbox.ClaimAsync(Claim, Stop));

        _file.Run(Mend);
        Assert.Equal(DeliveryState.Sending, await StateAsync(store));
        Assert.Empty(await store.Outbox.ClaimAsync(Claim, Stop));
        Assert.Equal(DeliveryState.InDoubt, await StateAsync(store));
        Assert.Equal(1L, _file.Run(Reports));
    }

    [Fact]
    public async Task A_message_that_nobody_can_read_is_reported()
    {
        await using var database = _file.Open();
        var store = Stores.Of(database);
        await SendAsync(store);
        _file.Run("UPDATE support_deliveries SET message = '{'");

        Assert.Empty(await store.Outbox.ClaimAsync(Claim, Stop));

        var body = Assert.IsType<string>(_file.Run("SELECT body FROM support_inbox WHERE event_id = 'a:Failed'"));
        Assert.Equal("The stored message cannot be read.", Assert.IsType<DeliveryTrouble>(SupportJson.ReadEvent(body)).Reason);
    }

    private static Task<IReadOnlyList<OrderKey>> SendAsync(StoreUnderTest store)
    {
        var order = new WatchedOrder { Key = new OrderKey("main", "1"), FirstSeenAt = Given.Monday };
        var delivery = new MessageDelivery
        {
            Message = new OutboundMessage
            {
                Id = "a",
                Shop = "main",
                Order = order.Key,
                Occasion = NoticeKinds.OrderDelayed,
                To = new ContactPoint("email", "ada@example.com"),
                Culture = "en",
                Subject = "Your order",
                Text = "It will be late.",
                DecidedAt = Given.Monday,
            },
            State = DeliveryState.Pending,
            DueAt = Given.Monday,
            ChangedAt = Given.Monday,
        };
        return store.Orders.SaveAsync([new OrderChange { Order = order, Deliveries = [delivery] }], Stop);
    }

    private static async Task<DeliveryState> StateAsync(StoreUnderTest store) =>
        Assert.Single(await store.Outbox.ListAsync(new DeliveryQuery { Id = "a" }, Stop)).State;

    // A lease of no length stands for one that ran out.
    private static OutboxClaim Claim =>
        new()
        {
            Channel = "email",
            Idempotent = false,
            Now = Given.Monday,
            Max = 10,
            Lease = TimeSpan.Zero,
        };
}
