using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Postgres;
using Support.Sdk.Relational;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.IntegrationTests.Postgres;

/// <summary>Processes of this version and of the next share a database while an upgrade rolls.</summary>
public sealed class RollingUpgradeTests(SharedPostgres postgres)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static int Next => SupportSchema.Scripts("postgres").Count + 1;

    // A column more in every table.
    private static string Script =>
        $"""
            DO $$ DECLARE name TEXT; BEGIN
                FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename LIKE 'support\_%' LOOP
                    EXECUTE format('ALTER TABLE %I ADD COLUMN future TEXT', name);
                END LOOP;
            END $$;
            UPDATE support_settings SET value = '{Next}' WHERE name = 'schema-version';
            """;

    [Fact]
    public async Task This_version_goes_on_while_the_next_one_changes_the_tables_and_starts_on_them_again()
    {
        var server = await postgres.ServerAsync();
        var connectionString = await server.CreateDatabaseAsync();
        await using var present = Open(connectionString);
        var store = Stores.Of(present);
        var orders = 0;
        // Often enough that the statements are prepared on the connections.
        await WorkAsync(store, orders++);
        await WorkAsync(store, orders++);
        await WorkAsync(store, orders++);

        await using var next = Open(connectionString);
        var upgrade = UpgradeAsync(next);
        do
        {
            await WorkAsync(store, orders++);
        } while (!upgrade.IsCompleted);
        await upgrade;
        await WorkAsync(store, orders);

        await using var fresh = Open(connectionString);
        await WorkAsync(Stores.Of(fresh), orders + 1);
        Assert.Equal((Next, 1), await VersionAsync(fresh));
        await server.DropDatabaseAsync(connectionString);
    }

    [Fact]
    public async Task Tables_that_this_version_cannot_live_with_are_refused()
    {
        var server = await postgres.ServerAsync();
        var connectionString = await server.CreateDatabaseAsync();
        await using (var next = Open(connectionString))
        {
            await UpgradeAsync(next);
            await next.StatementAsync(
                $"UPDATE support_settings SET value = '{Next}' WHERE name = 'schema-oldest-reader'",
                reader => reader.GetInt64(0),
                survivesPowerCut: true,
                Stop
            );
        }

        await using var present = Open(connectionString);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Stores.Of(present).Support.StartAsync(Stop));
        Assert.Equal(
            $"The support tables have version {Next}, and this application knows {Next - 1}. Use the version of Support.Sdk that wrote them, or a newer one.",
            refusal.Message
        );
        await server.DropDatabaseAsync(connectionString);
    }

    [Fact]
    public async Task Processes_of_both_versions_that_start_at_once_make_one_schema()
    {
        var server = await postgres.ServerAsync();
        var connectionString = await server.CreateDatabaseAsync();
        PostgresDatabase[] processes = [.. Enumerable.Range(0, 6).Select(_ => Open(connectionString))];

        await Task.WhenAll(
            processes.Index().Select(process => process.Index % 2 == 0 ? (Task)process.Item.StartAsync(Stop).AsTask() : UpgradeAsync(process.Item))
        );

        Assert.Equal((Next, 1), await VersionAsync(processes[0]));
        await Task.WhenAll(processes.Select(process => process.DisposeAsync().AsTask()));
        await server.DropDatabaseAsync(connectionString);
    }

    private static PostgresDatabase Open(string connectionString) => new(PostgresDatabase.Connect(connectionString), ownsSource: true);

    private static Task<(int Version, int OldestReader)> VersionAsync(Database database) =>
        database.ReadAsync(session => SchemaVersion.ReadAsync(session, database.Dialect, Stop), Stop);

    // What a start of the next version does: this one, with a script more.
    private static Task<int> UpgradeAsync(PostgresDatabase database) =>
        database.WriteAsync(
            async session =>
            {
                await SchemaVersion.UpgradeAsync(session, database.Dialect, [.. SupportSchema.Scripts("postgres"), Script], Stop);
                return 0;
            },
            Stop
        );

    // One order from its event to its message.
    private static async Task WorkAsync(StoreUnderTest store, int number)
    {
        var entry = new InboxEntry
        {
            Source = "app",
            EventId = $"event-{number}",
            Shop = "main",
            OrderId = $"{number}",
            Body = "{}",
            ReceivedAt = Now,
        };
        Assert.Single(await store.Inbox.AppendAsync([entry], Stop));
        var claimed = Assert.Single(await store.Inbox.ClaimAsync(Now, 10, TimeSpan.FromMinutes(1), Stop));
        var order = new WatchedOrder
        {
            Key = new OrderKey("main", $"{number}"),
            FirstSeenAt = Now,
            CheckAt = Now,
        };
        Assert.Empty(await store.Orders.SaveAsync([Change(order, [claimed.Id], $"message-{number}")], Stop));
        var due = Assert.Single(await store.Orders.ClaimAsync(Due, Stop));
        Assert.Empty(await store.Orders.SaveAsync([new OrderChange { Order = due with { CheckAt = null } }], Stop));
        var message = Assert.Single(await store.Outbox.ClaimAsync(Messages, Stop));
        Assert.Equal($"message-{number}", message.Message.Id);
        var sent = new DeliveryUpdate
        {
            Id = message.Message.Id,
            From = DeliveryState.Sending,
            To = DeliveryState.Accepted,
            LeaseToken = message.LeaseToken,
            At = Now,
        };
        Assert.Empty(await store.Outbox.SaveAsync([sent], Stop));
    }

    private static OrderChange Change(WatchedOrder order, IReadOnlyList<long> entries, string message) =>
        new()
        {
            Order = order,
            InboxIds = entries,
            Deliveries =
            [
                new MessageDelivery
                {
                    Message = new OutboundMessage
                    {
                        Id = message,
                        Shop = "main",
                        Order = order.Key,
                        Occasion = NoticeKinds.OrderDelayed,
                        To = new ContactPoint("email", "ada@example.com"),
                        Culture = "en",
                        Subject = "Your order",
                        Text = "It will be late.",
                        DecidedAt = Now,
                    },
                    State = DeliveryState.Pending,
                    DueAt = Now,
                    ChangedAt = Now,
                },
            ],
        };

    private static OrderClaim Due =>
        new()
        {
            Clock = OrderClock.Check,
            Now = Now,
            Max = 10,
            Lease = TimeSpan.FromMinutes(1),
        };

    private static OutboxClaim Messages =>
        new()
        {
            Channel = "email",
            Idempotent = false,
            Now = Now,
            Max = 10,
            Lease = TimeSpan.FromMinutes(1),
        };
}
