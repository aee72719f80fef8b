using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.IntegrationTests.EntityFramework;

/// <summary>What holds in the application's own context, whatever its database.</summary>
public abstract class EntityFrameworkTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly RecordingChannel _channel = new();
    private readonly FakeTimeProvider _time = new(Monday);
    private ServiceProvider? _services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ServiceProvider Services => _services ?? throw new InvalidOperationException("Not set up.");

    private ISupportIntake Intake => Services.GetRequiredService<ISupportIntake>();

    public async ValueTask InitializeAsync()
    {
        _services = Host<ShopContext>(await DatabaseAsync());
        await using var context = Context();
        var creator = context.Database.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(Token))
        {
            await creator.CreateAsync(Token);
        }

        await creator.CreateTablesAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await (_services?.DisposeAsync() ?? ValueTask.CompletedTask);
        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>What a context needs in order to use it.</returns>
    protected abstract Task<Action<DbContextOptionsBuilder>> DatabaseAsync();

    protected abstract Task RemoveAsync();

    [Fact]
    public async Task The_store_keeps_the_rules()
    {
        var store = new StoreUnderTest
        {
            Support = Services.GetRequiredService<ISupportStore>(),
            Inbox = Services.GetRequiredService<Intake.IInboxStore>(),
            Orders = Services.GetRequiredService<IOrderStore>(),
            Outbox = Services.GetRequiredService<IOutboxStore>(),
            Shops = Services.GetRequiredService<IShopStore>(),
            Contacts = Services.GetRequiredService<Contacts.IContactStore>(),
            Privacy = Services.GetRequiredService<Contacts.IPrivacyStore>(),
            Tickets = Services.GetRequiredService<Tickets.ITicketStore>(),
            Customers = Services.GetRequiredService<Customers.ICustomerStore>(),
            Contents = Services.GetRequiredService<Tickets.IContentStore>(),
            States = Services.GetRequiredService<Storefronts.IStateStore>(),
        };
        // One database for all: making the tables takes longer than most of them.
        foreach (var rule in StoreConformance.Rules)
        {
            await rule.CheckAsync(store, Token);
            await EmptyAsync();
        }
    }

    [Fact]
    public async Task An_event_is_accepted_with_the_commit_of_the_order_it_is_about()
    {
        await StartAsync();
        await using (var context = Context())
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Token);
            context.Orders.Add(new ShopOrder { Id = 1, Customer = "Ada" });
            Assert.Equal(1, await Intake.AcceptAsync(context, [Placed("1")], Token));
            await context.SaveChangesAsync(Token);
            await transaction.CommitAsync(Token);
        }

        await RunAsync(Monday);
        await RunAsync(new DateTimeOffset(2026, 11, 14, 12, 0, 0, TimeSpan.Zero));

        Assert.Equal("ada@example.com", Assert.Single(_channel.Messages).To.Value);
    }

    [Fact]
    public async Task An_event_vanishes_with_the_order_that_is_rolled_back()
    {
        await StartAsync();
        await using (var context = Context())
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Token);
            context.Orders.Add(new ShopOrder { Id = 1, Customer = "Ada" });
            await Intake.AcceptAsync(context, [Placed("1")], Token);
            await context.SaveChangesAsync(Token);
            await transaction.RollbackAsync(Token);
        }

        Assert.Equal(0, await RunAsync(Monday));
        await using var after = Context();
        Assert.Empty(await after.Orders.ToListAsync(Token));
    }

    [Fact]
    public async Task An_event_that_is_there_already_does_not_spoil_the_transaction()
    {
        await Intake.AcceptAsync([Placed("1")], Token);
        await using (var context = Context())
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Token);
            Assert.Equal(1, await Intake.AcceptAsync(context, [Placed("1"), Placed("2")], Token));
            Assert.Equal(0, await Intake.AcceptAsync(context, [Placed("2")], Token));
            context.Orders.Add(new ShopOrder { Id = 2, Customer = "Ada" });
            await context.SaveChangesAsync(Token);
            await transaction.CommitAsync(Token);
        }

        await using var after = Context();
        Assert.Single(await after.Orders.ToListAsync(Token));
        Assert.Equal(2, await Services.GetRequiredService<ISupportRunner>().SweepAsync(Token));
    }

    [Fact]
    public async Task Nobody_sees_the_event_before_the_commit()
    {
        await StartAsync();
        await using var context = Context();
        await using var transaction = await context.Database.BeginTransactionAsync(Token);
        await Intake.AcceptAsync(context, [Placed("1")], Token);

        Assert.Null(await Services.GetRequiredService<ISupportStore>().NextDueAsync(Token));

        await transaction.CommitAsync(Token);
        Assert.NotNull(await Services.GetRequiredService<ISupportStore>().NextDueAsync(Token));
    }

    [Fact]
    public async Task Without_a_transaction_there_is_nothing_to_be_part_of()
    {
        await using var context = Context();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Intake.AcceptAsync(context, [Placed("1")], Token));

        Assert.Contains("BeginTransactionAsync", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_cannot_be_kept_is_refused_before_anything_is_written()
    {
        await StartAsync();
        await using var context = Context();
        await using var transaction = await context.Database.BeginTransactionAsync(Token);

        await Assert.ThrowsAsync<ArgumentException>(() => Intake.AcceptAsync(context, [Placed("1"), Placed("")], Token));

        await transaction.CommitAsync(Token);
        Assert.Equal(0, await RunAsync(Monday));
    }

    [Fact]
    public async Task The_start_says_that_the_migration_is_missing()
    {
        await using (var context = Context())
        {
            await context.Database.ExecuteSqlRawAsync("DROP TABLE support_settings", Token);
        }

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Services.GetRequiredService<ISupportStore>().StartAsync(Token));

        Assert.Contains("dotnet ef migrations add Support", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(ShopContext), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_says_that_the_context_does_not_map_the_tables()
    {
        await using var services = Host<PlainContext>(await DatabaseAsync());

        var refused = Assert.Throws<InvalidOperationException>(services.GetRequiredService<ISupportStore>);

        Assert.Contains("UseSupport()", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_says_that_the_context_is_not_registered()
    {
        await using var services = new ServiceCollection().AddSupport().AddEntityFramework<PlainContext>().Services.BuildServiceProvider();

        var refused = Assert.Throws<InvalidOperationException>(services.GetRequiredService<ISupportStore>);

        Assert.Contains("AddDbContext<PlainContext>()", refused.Message, StringComparison.Ordinal);
    }

    private protected ShopContext Context() => Services.GetRequiredService<IDbContextFactory<ShopContext>>().CreateDbContext();

    private static OrderSnapshot Placed(string id) =>
        new()
        {
            Key = new OrderKey("main", id),
            PlacedAt = Monday,
            UpdatedAt = Monday,
            Customer = new OrderCustomer { Name = "Ada", ContactPoints = [new ContactPoint("email", "ada@example.com")] },
            Promise = new PromiseWindow { DeliverBy = PromiseDate.On(new DateOnly(2026, 11, 13)) },
        };

    private ServiceProvider Host<TContext>(Action<DbContextOptionsBuilder> database)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddSingleton<IChannel>(_channel);
        services.AddDbContextFactory<TContext>(database);
        services
            .AddSupport()
            .AddEntityFramework<TContext>()
            .AddShop(
                new Shop
                {
                    Id = "main",
                    RecordsDeliveries = true,
                    Brand = new Brand { Name = "Tiny Shop", EmailFrom = "hello@shop.example" },
                    Tells = [NoticeKinds.OrderDelayed],
                }
            );
        return services.BuildServiceProvider(validateScopes: true);
    }

    private async Task EmptyAsync()
    {
        await using var context = Context();
        var tables = context.Model.GetEntityTypes().Select(type => type.GetTableName()!).Where(table => table.StartsWith("support_", StringComparison.Ordinal));
        foreach (var table in tables)
        {
#pragma warning disable EF1002 // The names are the model's.
            await context.Database.ExecuteSqlRawAsync(
                table is "support_settings" ? $"DELETE FROM {table} WHERE name NOT LIKE 'schema-%'" : $"DELETE FROM {table}",
                Token
            );
#pragma warning restore EF1002
        }
    }

    // As the host does before the first request.
    private Task<int> StartAsync() => Services.GetRequiredService<ISupportRunner>().SweepAsync(Token);

    private async Task<int> RunAsync(DateTimeOffset now)
    {
        _time.SetUtcNow(now);
        var runner = Services.GetRequiredService<ISupportRunner>();
        return await runner.SweepAsync(Token) + await runner.DeliverAsync(Token);
    }
}
