using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Relational;
using Support.Sdk.Shops;
using Support.Sdk.Storefronts;
using Support.Sdk.Testing;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Contacts;

public sealed class ForgetShopTests
{
    private const string TablesWithShops = """
        SELECT t.name FROM sqlite_master t JOIN pragma_table_info(t.name) c ON c.name = 'shop' WHERE t.type = 'table' AND t.name <> 'support_erasures'
        """;

    private static readonly DateTimeOffset AtRisk = Given.PromiseEnds.AddHours(-48);

    [Fact]
    public async Task After_a_shop_is_forgotten_no_table_no_column_and_no_byte_of_the_file_knows_its_customers()
    {
        await using var world = await WorldAsync();
        Assert.All(ErasureTests.Traces.Append(ErasureTests.FileTrace), trace => Assert.NotEmpty(ErasureTests.Found(world, trace)));

        var result = await world.Get<IPrivacyDesk>().ForgetShopAsync("main", "eve");

        Assert.True(result.IsComplete);
        string[] traces = [.. ErasureTests.Traces, ErasureTests.FileTrace, "a storm of notices", "token of the shop"];
        Assert.All(traces, trace => Assert.Empty(ErasureTests.Found(world, trace)));
        Assert.All(traces, trace => Assert.False(ErasureTests.FileHolds(world, trace), $"The file still holds '{trace}'."));
    }

    [Fact]
    public async Task Every_table_with_shops_holds_nothing_of_a_shop_that_is_forgotten()
    {
        await using var world = await WorldAsync();
        var tables = Rows(world, TablesWithShops);
        Assert.All(tables, table => Assert.NotEmpty(Rows(world, $"SELECT shop FROM {table} WHERE shop = 'main'")));

        await world.Get<IPrivacyDesk>().ForgetShopAsync("main", "eve");

        Assert.All(tables, table => Assert.Empty(Rows(world, $"SELECT shop FROM {table}")));
        Assert.All(ErasureTests.Found(world, "main"), found => Assert.Equal("support_erasures: main", found));
    }

    [Fact]
    public async Task That_it_was_forgotten_stays_on_record()
    {
        await using var world = await WorldAsync();

        var result = await world.Get<IPrivacyDesk>().ForgetShopAsync("main", "eve");

        Assert.Equal(("eve", world.Time.GetUtcNow(), 0), (result.By, result.At, result.UnderWay));
        Assert.Equal(result, Assert.Single(await world.Get<IPrivacyDesk>().ErasuresAsync("main")));
    }

    [Fact]
    public async Task Nothing_more_is_told_and_nothing_is_due()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        world.Time.SetUtcNow(AtRisk);
        await world.Runner.SweepAsync();

        await world.Get<IPrivacyDesk>().ForgetShopAsync("main", "eve");

        await world.AtAsync(Given.PromiseEnds.AddDays(30));
        Assert.Empty(world.Channel.Attempts);
        Assert.Null(await world.Runner.NextDueAsync());
    }

    [Fact]
    public async Task An_order_that_comes_after_that_is_taken_as_a_new_one()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        await world.Get<IPrivacyDesk>().ForgetShopAsync("main", "eve");

        await world.AcceptAsync(Given.Snapshot());

        await world.AtAsync(AtRisk);
        Assert.Single(world.Channel.Messages);
    }

    [Fact]
    public async Task A_message_that_is_being_sent_makes_it_incomplete_and_the_next_call_completes_it()
    {
        using var sending = new SemaphoreSlim(0);
        using var sent = new SemaphoreSlim(0);
        await using var world = new World(
            channel: new RecordingChannel().Answer(_ =>
            {
                sending.Release();
                sent.Wait();
                return DeliveryResult.Accepted();
            })
        );
        await world.AcceptAsync(Given.Snapshot());
        world.Time.SetUtcNow(AtRisk);
        await world.Runner.SweepAsync();
        var delivering = Task.Run(() => world.Runner.DeliverAsync());
        await sending.WaitAsync(TestContext.Current.CancellationToken);

        var early = await world.Get<IPrivacyDesk>().ForgetShopAsync("main", "eve");
        sent.Release();
        await delivering;
        var late = await world.Get<IPrivacyDesk>().ForgetShopAsync("main", "eve");

        Assert.Equal((1, 0), (early.UnderWay, late.UnderWay));
        Assert.Empty(await world.DeliveriesAsync());
    }

    [Fact]
    public async Task An_event_that_is_being_processed_makes_it_incomplete()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        await world.Get<IInboxStore>().ClaimAsync(world.Time.GetUtcNow(), 10, TimeSpan.FromMinutes(5));

        var result = await world.Get<IPrivacyDesk>().ForgetShopAsync("main", "eve");

        Assert.Equal(1, result.UnderWay);
    }

    [Fact]
    public async Task A_shop_whose_door_stays_open_does_not_keep_it_from_ending()
    {
        await using var world = new World(with: services => services.AddSingleton<IPrivacyStore, OpenDoor>());

        var result = await world.Get<IPrivacyDesk>().ForgetShopAsync("main", "eve");

        Assert.False(result.IsComplete);
    }

    [Fact]
    public async Task More_than_a_batch_goes_at_one_call()
    {
        await using var world = new World();
        await world.Get<IOrderStore>().SaveAsync([.. Enumerable.Range(0, 2500).Select(number => Change($"{number}"))]);

        var result = await world.Get<IPrivacyDesk>().ForgetShopAsync("main", "eve");

        Assert.True(result.IsComplete);
        Assert.Empty(Rows(world, "SELECT shop FROM support_orders"));
    }

    [Theory]
    [InlineData("", "eve")]
    [InlineData("main", " ")]
    public async Task Whose_and_by_whom_is_said(string shop, string by)
    {
        await using var world = new World();

        await Assert.ThrowsAsync<ArgumentException>(() => world.Get<IPrivacyDesk>().ForgetShopAsync(shop, by));
    }

    /// <summary>Something of the shop in every table.</summary>
    private static async Task<World> WorldAsync()
    {
        var world = await ErasureTests.WorldAsync();
        await world.Get<ITicketDesk>().ChangeAsync(new TicketKey("main", 1), new TicketEdit { AddTags = ["lamp-17"] }, "bo");
        await world.Get<IShopStore>().PauseAsync("main", "a storm of notices", world.Time.GetUtcNow());
        await world
            .Get<IStateStore>()
            .SaveAsync(
                new StateEntry
                {
                    Shop = "main",
                    Name = "storefront/token",
                    Value = "token of the shop",
                }
            );
        return world;
    }

    private static OrderChange Change(string id) =>
        new()
        {
            Order = new WatchedOrder { Key = new OrderKey("main", id), FirstSeenAt = Given.Monday },
        };

    private static List<string> Rows(World world, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = world.Database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are those of the schema.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <summary>An event of the shop comes in whenever it is looked through.</summary>
    private sealed class OpenDoor(Database database, IInboxStore inbox) : IPrivacyStore
    {
        private readonly PrivacyStore _store = new(database, new ContentOptions());
        private int _events;

        public async Task<int> ForgetShopAsync(string shop, int max, CancellationToken cancellationToken = default)
        {
            var entry = new InboxEntry
            {
                Source = "app",
                EventId = $"{_events++}",
                Shop = shop,
                Body = "{}",
                ReceivedAt = Given.Monday,
            };
            await inbox.AppendAsync([entry], cancellationToken);
            return await _store.ForgetShopAsync(shop, max, cancellationToken);
        }

        public Task<IReadOnlyList<InboxEntry>> WaitingAsync(string shop, long after, int max, CancellationToken cancellationToken = default) =>
            _store.WaitingAsync(shop, after, max, cancellationToken);

        public Task<ErasureRest> EraseAsync(ErasureBatch batch, CancellationToken cancellationToken = default) => _store.EraseAsync(batch, cancellationToken);

        public Task<IReadOnlyList<ErasureResult>> ErasuresAsync(string shop, int max, CancellationToken cancellationToken = default) =>
            _store.ErasuresAsync(shop, max, cancellationToken);

        public Task<int> RemoveAsync(RetentionCut cut, CancellationToken cancellationToken = default) => _store.RemoveAsync(cut, cancellationToken);
    }
}
