using Support.Sdk.Postgres;
using Support.Sdk.Relational;
using Support.Sdk.Testing;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.IntegrationTests.Postgres;

public sealed class PostgresConformanceTests(SharedPostgres postgres, RuleDatabase rules) : IClassFixture<RuleDatabase>
{
    public static TheoryData<string> Rules => [.. StoreConformance.Rules.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_store_keeps_the_rule(string name)
    {
        await using var database = new PostgresDatabase(PostgresDatabase.Connect(await rules.EmptyAsync()), ownsSource: true);
        var rule = StoreConformance.Rules.Single(rule => string.Equals(rule.Name, name, StringComparison.Ordinal));
        await rule.CheckAsync(Stores.Of(database), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_character_that_the_database_cannot_keep_is_replaced()
    {
        var server = await postgres.ServerAsync();
        await using var database = new PostgresDatabase(PostgresDatabase.Connect(await server.CreateDatabaseAsync()), ownsSource: true);
        var stores = Stores.Of(database);

        await stores.Shops.PauseAsync("a\0b", "be\0cause", TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);

        var state = await stores.Shops.FindAsync(["a\uFFFDb"], TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.Equal("be\uFFFDcause", state[0].PausedReason);
    }

    [Fact]
    public async Task Another_process_is_told_of_a_new_event()
    {
        var server = await postgres.ServerAsync();
        var connectionString = await server.CreateDatabaseAsync();
        await using var one = new PostgresDatabase(PostgresDatabase.Connect(connectionString), ownsSource: true);
        await using var other = new PostgresDatabase(PostgresDatabase.Connect(connectionString), ownsSource: true);
        var news = Stores.Of(other).Support.WaitForNewsAsync(TestContext.Current.CancellationToken);

        // Until it listens; what is told before that is heard by nobody.
        while (!news.IsCompleted)
        {
            await one.TellAsync(TestContext.Current.CancellationToken);
            await Task.WhenAny(news, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        await news;
    }

    [Fact]
    public async Task Two_processes_that_start_at_once_make_one_schema()
    {
        var server = await postgres.ServerAsync();
        var connectionString = await server.CreateDatabaseAsync();
        var starts = Enumerable
            .Range(0, 6)
            .Select(async _ =>
            {
                await using var database = new PostgresDatabase(PostgresDatabase.Connect(connectionString), ownsSource: true);
                await Stores.Of(database).Support.StartAsync(TestContext.Current.CancellationToken);
            });

        await Task.WhenAll(starts);
    }
}

internal static class Stores
{
    // Small, so that a rule need not write much to go beyond it.
    public const int MaxContentBytes = 100_000;

    /// <param name="database">The database.</param>
    /// <param name="folder">Where files are kept; null for the database.</param>
    public static StoreUnderTest Of(Database database, string? folder = null) =>
        Of(database, new ContentOptions { Folder = folder, MaxBytes = MaxContentBytes });

    private static StoreUnderTest Of(Database database, ContentOptions content) =>
        new()
        {
            Support = new SupportStore(database),
            Inbox = new InboxStore(database),
            Orders = new OrderStore(database),
            Outbox = new OutboxStore(database),
            Shops = new ShopStore(database),
            Contacts = new ContactStore(database),
            Privacy = new PrivacyStore(database, content),
            Tickets = new TicketStore(database),
            Customers = new CustomerStore(database),
            Contents = new ContentStore(database, content),
            States = new StateStore(database),
            MaxContentBytes = content.MaxBytes,
        };
}
