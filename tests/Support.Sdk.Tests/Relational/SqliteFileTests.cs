using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Relational;
using Support.Sdk.Sqlite;
using Support.Sdk.Tests.Tickets;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Relational;

public sealed class SqliteFileTests : IDisposable
{
    private const int MegaByte = 1_000_000;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly SqliteFile _file = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_second_owner_is_refused_and_told_what_to_do()
    {
        await using var first = _file.Open();
        await Stores.Of(first).Support.StartAsync(Stop);
        await using var second = _file.Open();
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Stores.Of(second).Support.StartAsync(Stop));
        Assert.Contains(_file.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Support:Sqlite:Path", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_owner_starts_once_the_first_has_gone()
    {
        await using var second = _file.Open();
        await using (var first = _file.Open())
        {
            await Stores.Of(first).Support.StartAsync(Stop);
            await Assert.ThrowsAsync<InvalidOperationException>(() => Stores.Of(second).Support.StartAsync(Stop));
        }

        await Stores.Of(second).Support.StartAsync(Stop);
    }

    [Fact]
    public async Task A_schema_that_is_newer_than_the_code_is_refused_and_left_alone()
    {
        await using (var first = _file.Open())
        {
            await Stores.Of(first).Support.StartAsync(Stop);
        }

        _file.Run("UPDATE support_settings SET value = '99' WHERE name IN ('schema-version', 'schema-oldest-reader')");
        await using var second = _file.Open();
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Stores.Of(second).Support.NextDueAsync(Stop));
        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("99", _file.Run("SELECT CAST(value AS TEXT) FROM support_settings WHERE name = 'schema-version'"));
    }

    [Fact]
    public async Task A_newer_schema_that_this_code_can_live_with_is_used_and_left_alone()
    {
        await using (var first = _file.Open())
        {
            await Stores.Of(first).Support.StartAsync(Stop);
        }

        _file.Run("UPDATE support_settings SET value = '99' WHERE name = 'schema-version'");
        await using var second = _file.Open();
        Assert.Null(await Stores.Of(second).Support.NextDueAsync(Stop));
        Assert.Equal("99", _file.Run("SELECT CAST(value AS TEXT) FROM support_settings WHERE name = 'schema-version'"));
    }

    [Fact]
    public async Task Leases_that_a_dead_process_left_end_at_the_start()
    {
        await using (var dead = _file.Open())
        {
            var before = Stores.Of(dead);
            await before.Inbox.AppendAsync([Entry("event")], Stop);
            await before.Orders.SaveAsync([new OrderChange { Order = Order, Deliveries = [Delivery("a"), Delivery("b", "sms")] }], Stop);
            await before.Inbox.ClaimAsync(Given.Monday, 10, Hour, Stop);
            await before.Orders.ClaimAsync(Checks, Stop);
            await before.Outbox.ClaimAsync(Messages("email"), Stop);
            await before.Outbox.ClaimAsync(Messages("sms"), Stop);
            Assert.Null(await before.Support.NextDueAsync(Stop));
        }

        await using var database = _file.Open();
        var after = Stores.Of(database);
        Assert.NotNull(await after.Support.NextDueAsync(Stop));
        Assert.Single(await after.Inbox.ClaimAsync(Given.Monday, 10, Hour, Stop));
        Assert.Single(await after.Orders.ClaimAsync(Checks, Stop));
        Assert.Single(await after.Outbox.ClaimAsync(Messages("email") with { Idempotent = true }, Stop));
        Assert.Empty(await after.Outbox.ClaimAsync(Messages("sms"), Stop));
        Assert.Equal(DeliveryState.InDoubt, Assert.Single(await after.Outbox.ListAsync(new DeliveryQuery { Id = "b" }, Stop)).State);
    }

    [Fact]
    public async Task A_ticket_that_a_dead_process_had_claimed_is_free_at_the_start()
    {
        await using (var dead = _file.Open())
        {
            var before = new TicketStore(dead);
            await before.SaveAsync([new TicketChange { Ticket = DueTicket(1) }], Stop);
            Assert.Single(await before.ClaimAsync(Given.Monday, 10, Hour, Stop));
        }

        await using var database = _file.Open();
        Assert.Single(await new TicketStore(database).ClaimAsync(Given.Monday, 10, Hour, Stop));
    }

    [Fact]
    public async Task A_ticket_that_cannot_be_read_is_put_aside_and_keeps_no_other_waiting()
    {
        await using var database = _file.Open();
        var tickets = new TicketStore(database);
        await tickets.SaveAsync([new TicketChange { Ticket = DueTicket(1) }, new TicketChange { Ticket = DueTicket(2) }], Stop);
        _file.Run("""UPDATE support_tickets SET body = '{"key":' WHERE number = 1""");

        Assert.Equal(2, Assert.Single(await tickets.ClaimAsync(Given.Monday, 10, TimeSpan.Zero, Stop)).Key.Number);
        Assert.Equal(2, Assert.Single(await tickets.ClaimAsync(Given.Monday, 10, TimeSpan.Zero, Stop)).Key.Number);
        Assert.Null(_file.Run("SELECT check_at FROM support_tickets WHERE number = 1") as long?);
    }

    [Fact]
    public async Task The_script_makes_the_tables_that_the_store_takes_over()
    {
        foreach (var script in SupportSchema.Scripts("sqlite"))
        {
            _file.Run(script);
        }

        Assert.Throws<ArgumentException>(() => SupportSchema.Scripts("oracle"));
        await using var database = _file.Open();
        await Stores.Of(database).Support.StartAsync(Stop);
    }

    [Fact]
    public async Task Commits_wait_for_the_disk()
    {
        await using var database = _file.Open();
        await Stores.Of(database).Support.StartAsync(Stop);
        Assert.Equal("wal", _file.Run("PRAGMA journal_mode"));
        Assert.Equal(2L, (await database.WriteAsync(session => session.QueryAsync("PRAGMA synchronous", row => row.GetInt64(0), Stop), Stop))[0]);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_written_reaches_the_file_beside_the_writer()
    {
        await using var database = _file.Open();
        await WriteAsync(database, megabytes: 20);

        // The writer itself would wait for more than that.
        while (new FileInfo(_file.Path).Length < 10 * MegaByte)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task The_log_stays_small_while_a_writer_never_rests()
    {
        await using var database = _file.Open();
        await WriteAsync(database, megabytes: 100);

        // As long as it may get before somebody looks at it, as much again while the pages are taken out on a slow disk, and what is written last.
        Assert.InRange(new FileInfo(_file.Path + "-wal").Length, 0, 75 * MegaByte);
    }

    [Fact]
    public async Task Of_a_long_batch_exactly_the_orders_that_were_there_already_lose()
    {
        await using var database = _file.Open();
        var orders = Stores.Of(database).Orders;
        List<OrderChange> changes = [.. Enumerable.Range(0, 50).Select(number => Change($"{number:D3}"))];
        await orders.SaveAsync([changes[3], changes[16], changes[49]], Stop);

        var lost = await orders.SaveAsync(changes, Stop);

        Assert.Equal(["003", "016", "049"], lost.Select(key => key.Id));
        Assert.Equal(50, (await orders.FindAsync([.. changes.Select(change => change.Order.Key)], Stop)).Count);

        static OrderChange Change(string id) => new() { Order = Order with { Key = new OrderKey("main", id) } };
    }

    [Fact]
    public async Task A_change_that_fails_halfway_leaves_nothing()
    {
        await using var database = _file.Open();
        var store = Stores.Of(database);
        await store.Support.StartAsync(Stop);
        _file.Run("CREATE TRIGGER broken BEFORE INSERT ON support_deliveries BEGIN SELECT RAISE(ABORT, 'broken'); END");
        await Assert.ThrowsAnyAsync<Exception>(() => store.Orders.SaveAsync([new OrderChange { Order = Order, Deliveries = [Delivery("a")] }], Stop));
        _file.Run("DROP TRIGGER broken");
        Assert.Empty(await store.Orders.FindAsync([Order.Key], Stop));
        Assert.Empty(await store.Orders.SaveAsync([new OrderChange { Order = Order, Deliveries = [Delivery("a")] }], Stop));
    }

    [Fact]
    public async Task A_contact_that_cannot_be_read_gets_nothing_and_keeps_nobody_else_waiting()
    {
        await using var database = _file.Open();
        var contacts = Stores.Of(database).Contacts;
        var changes = ((string[])["a", "b"]).Select(key => new ContactChange
        {
            Contact = new Contact { Shop = "main", Key = key },
        });
        await contacts.SaveAsync([.. changes], Stop);
        _file.Run("""UPDATE support_contacts SET body = '{"key":' WHERE contact_key = 'a'""");

        var found = (await contacts.FindAsync("main", ["a", "b"], Stop)).ToDictionary(contact => contact.Key, StringComparer.Ordinal);

        Assert.NotNull(found["a"].WhyNot(MessageClass.Transactional));
        Assert.Null(found["b"].WhyNot(MessageClass.Transactional));
        Assert.Empty(await contacts.SaveAsync([new ContactChange { Contact = found["a"] with { Suppressed = null } }], Stop));
        Assert.Null((await contacts.FindAsync("main", ["a"], Stop))[0].WhyNot(MessageClass.Transactional));
    }

    private static async Task WriteAsync(SqliteDatabase database, int megabytes)
    {
        var inbox = Stores.Of(database).Inbox;
        for (var write = 0; write < megabytes; write++)
        {
            await inbox.AppendAsync([Entry($"event-{write}") with { Body = new string('x', MegaByte) }], Stop);
        }
    }

    private static Ticket DueTicket(long number) =>
        GivenTicket.Fresh(Given.Monday) with
        {
            Key = new TicketKey("main", number),
            OpenedBy = FormattableString.Invariant($"test:{number}"),
            CheckAt = Given.Monday,
        };

    [Fact]
    public void The_path_comes_from_the_configuration_and_the_code_has_the_last_word()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Support:Sqlite:Path", "configured.db")]).Build();
        Assert.Equal("configured.db", Options(configuration).Path);
        Assert.Equal("coded.db", Options(configuration, options => options.Path = "coded.db").Path);
        Assert.Equal("support.db", Options(new ConfigurationBuilder().Build()).Path);
    }

    [Fact]
    public void An_empty_path_is_named()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Options(new ConfigurationBuilder().Build(), options => options.Path = " "));
        Assert.Contains("Support:Sqlite:Path", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_is_registered_first_stays_and_the_rest_is_added_once()
    {
        var services = new ServiceCollection();
        var own = Stores.Of(_file.Open()).Shops;
        services.AddSingleton(own);
        var builder = services.AddSupport();
        builder.AddSqlite();
        var count = services.Count(service => service.ServiceType == typeof(IOrderStore));
        builder.AddSqlite();
        Assert.Equal(1, count);
        Assert.Equal(1, services.Count(service => service.ServiceType == typeof(IOrderStore)));
        Assert.Same(own, services.Single(service => service.ServiceType == own.GetType().GetInterfaces()[0]).ImplementationInstance);
    }

    private static SqliteOptions Options(IConfiguration configuration, Action<SqliteOptions>? configure = null)
    {
        var services = new ServiceCollection().AddSingleton(configuration);
        services.AddSupport().AddSqlite(configure);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<SqliteOptions>>().Value;
    }

    private static WatchedOrder Order =>
        new()
        {
            Key = new OrderKey("main", "1001"),
            FirstSeenAt = Given.Monday,
            CheckAt = Given.Monday,
        };

    private static OrderClaim Checks =>
        new()
        {
            Clock = OrderClock.Check,
            Now = Given.Monday,
            Max = 10,
            Lease = Hour,
        };

    private static OutboxClaim Messages(string channel) =>
        new()
        {
            Channel = channel,
            Idempotent = false,
            Now = Given.Monday,
            Max = 10,
            Lease = Hour,
        };

    private static InboxEntry Entry(string id) =>
        new()
        {
            Source = "app",
            EventId = id,
            Shop = "main",
            Body = "{}",
            ReceivedAt = Given.Monday,
        };

    private static MessageDelivery Delivery(string id, string channel = "email") =>
        new()
        {
            Message = new OutboundMessage
            {
                Id = id,
                Shop = "main",
                Occasion = NoticeKinds.OrderDelayed,
                To = new ContactPoint(channel, "ada@example.com"),
                Culture = "en",
                Subject = "Your order",
                Text = "It will be late.",
                DecidedAt = Given.Monday,
            },
            State = DeliveryState.Pending,
            DueAt = Given.Monday,
            ChangedAt = Given.Monday,
        };
}
