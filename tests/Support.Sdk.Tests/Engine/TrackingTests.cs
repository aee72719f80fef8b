using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Tests.Storefronts;
using Xunit;

namespace Support.Sdk.Tests.Engine;

/// <summary>Feeds are asked about open parcels, in turn, and only when their time has come.</summary>
public sealed class TrackingTests
{
    private static readonly TimeSpan Soonest = TimeSpan.FromHours(3.6);
    private static readonly TimeSpan Latest = TimeSpan.FromHours(4.4);

    private static World Create(params ITrackingFeed[] feeds) =>
        new(with: services =>
        {
            services.AddSingletonShop("other");
            foreach (var feed in feeds)
            {
                services.AddSingleton(feed);
            }
        });

    private static OrderSnapshot Shipped(string id = "1001", string shop = "main", DateTimeOffset? deliveredAt = null) =>
        Given.Snapshot() with
        {
            Key = new OrderKey(shop, id),
            UpdatedAt = deliveredAt ?? Given.Monday,
            Shipments = [Given.Parcel(shippedAt: Given.Monday, deliveredAt: deliveredAt)],
        };

    [Fact]
    public async Task What_a_feed_says_becomes_part_of_the_order()
    {
        var feed = new Feed { Scans = [Given.Scan(TrackingStatus.Delivered, Given.Day(2, 12))] };
        await using var world = Create(feed);
        await world.AcceptAsync(Shipped());
        await world.RunAsync();
        Assert.Empty(feed.Asked);

        await world.AtAsync(Given.Monday + Latest);

        Assert.Equal(["main/1"], feed.Asked);
        Assert.Equal(["order-shipped/1", "order-delivered/1"], world.Channel.Messages.Select(message => message.Occasion));
        var order = await world.OrderAsync();
        Assert.Equal((null, null), (order.TrackAt, order.RefreshAt));
        await world.AtAsync(Given.Day(30));
        Assert.Single(feed.Asked);
    }

    [Fact]
    public async Task A_feed_is_asked_every_four_hours_give_or_take_a_tenth_and_the_orders_are_spread()
    {
        var feed = new Feed();
        await using var world = Create(feed);
        for (var n = 0; n < 20; n++)
        {
            await world.AcceptAsync(Shipped($"{n}"));
        }

        await world.AtAsync(Given.Monday);
        var times = new List<DateTimeOffset>();
        for (var n = 0; n < 20; n++)
        {
            times.Add((await world.OrderAsync($"{n}")).TrackAt!.Value);
        }

        Assert.All(times, time => Assert.InRange(time, Given.Monday + Soonest, Given.Monday + Latest));
        Assert.True(times.Distinct().Count() > 15);
        await world.AtAsync(Given.Monday + Soonest - TimeSpan.FromTicks(10));
        Assert.Empty(feed.Asked);
        await world.AtAsync(Given.Monday + Latest);
        Assert.Equal(20, feed.Asked.Count);
    }

    [Fact]
    public async Task A_feed_that_has_nothing_new_changes_nothing()
    {
        var feed = new Feed { Scans = [Given.Scan(TrackingStatus.InTransit, Given.Day(2, 10))] };
        await using var world = Create(feed);
        await world.AcceptAsync(Shipped());
        await world.RunAsync();

        await world.AtAsync(Given.Monday + Latest);
        await world.AtAsync(Given.Monday + (Latest * 2));

        Assert.Equal(2, feed.Asked.Count);
        Assert.Single((await world.OrderAsync()).Snapshot!.Shipments[0].Events);
    }

    [Fact]
    public async Task A_question_to_a_feed_does_not_keep_the_order_from_being_read()
    {
        var source = new ListedSource("main");
        source.Orders.Add(Shipped() with { UpdatedAt = Given.Monday + Latest, Status = OrderStatus.Cancelled });
        var feed = new Feed();
        await using var world = new World(with: services => services.AddSingleton<ITrackingFeed>(feed).AddSingleton<IOrderSource>(source));
        await world.AcceptAsync(Shipped());
        await world.RunAsync();
        world.Time.SetUtcNow(Given.Monday + Latest);
        await world.AcceptAsync(new OrderChanged { Key = new OrderKey("main", "1001"), At = Given.Monday + Latest });

        await world.RunAsync();

        Assert.Single(feed.Asked);
        Assert.Equal(OrderStatus.Cancelled, (await world.OrderAsync()).Snapshot!.Status);
    }

    [Fact]
    public async Task A_feed_that_fails_rests_longer_and_longer_and_holds_back_no_other_shop()
    {
        var feed = new Feed { FailsFor = "main" };
        await using var world = Create(feed);
        await world.AcceptAsync(Shipped("1"), Shipped("2"), Shipped("3"), Shipped("1", "other"));
        await world.RunAsync();

        await world.AtAsync(Given.Monday + Latest);

        Assert.Equal(1, feed.Asked.Count(asked => asked.StartsWith("main", StringComparison.Ordinal)));
        Assert.Contains("other/1", feed.Asked);
        var first = (await world.OrderAsync("1")).TrackAt!.Value;
        Assert.Equal(Given.Monday + Latest + TimeSpan.FromMinutes(5), first);
        await world.AtAsync(first);
        Assert.Equal(first + TimeSpan.FromMinutes(10), (await world.OrderAsync("1")).TrackAt);
        feed.FailsFor = null;
        await world.AtAsync(first + TimeSpan.FromMinutes(10));
        Assert.True((await world.OrderAsync("1")).TrackAt >= first + Soonest);
    }

    [Fact]
    public async Task Parcels_that_cannot_be_followed_have_arrived_or_are_not_served_are_not_asked_about()
    {
        var feed = new Feed();
        await using var world = Create(feed);
        var parcel = Given.Parcel(shippedAt: Given.Monday);
        await world.AcceptAsync(
            Shipped("arrived", deliveredAt: Given.Monday),
            Shipped("untracked") with
            {
                Shipments = [parcel with { TrackingNumber = null }],
            },
            Shipped("other carrier") with
            {
                Shipments = [parcel with { Carrier = "Pigeon" }],
            },
            Shipped("expired") with
            {
                Shipments = [parcel with { Events = [Given.Scan(TrackingStatus.Expired, Given.Monday)] }],
            },
            Shipped("cancelled") with
            {
                Status = OrderStatus.Cancelled,
            }
        );
        await world.RunAsync();

        await world.AtAsync(Given.Monday + Latest);

        Assert.Empty(feed.Asked);
    }

    [Fact]
    public async Task After_sixty_days_without_news_nobody_is_asked_any_more()
    {
        var feed = new Feed();
        await using var world = Create(feed);
        await world.AcceptAsync(Shipped());
        await world.RunAsync();

        await world.AtAsync(Given.Monday.AddDays(59));
        Assert.Single(feed.Asked);
        Assert.NotNull((await world.OrderAsync()).TrackAt);
        await world.AtAsync(Given.Monday.AddDays(61));
        await world.AtAsync(Given.Monday.AddDays(62));

        Assert.Single(feed.Asked);
        Assert.Null((await world.OrderAsync()).TrackAt);
    }

    [Fact]
    public async Task A_hint_that_the_order_changed_does_not_put_the_question_off()
    {
        var feed = new Feed();
        var source = new Source();
        await using var world = new World(with: services =>
        {
            services.AddSingleton<ITrackingFeed>(feed);
            services.AddSingleton<IOrderSource>(source);
        });
        await world.AcceptAsync(Shipped());
        await world.RunAsync();
        var asked = (await world.OrderAsync()).TrackAt;

        await world.AcceptAsync(new OrderChanged { Key = new OrderKey("main", "1001"), At = Given.Monday.AddHours(1) });
        await world.AtAsync(Given.Monday.AddHours(1));

        Assert.Equal(1, source.Asked);
        var order = await world.OrderAsync();
        Assert.Equal((asked, asked, null), (order.TrackAt, order.RefreshAt, order.RefreshWantedSince));
    }

    private sealed class Feed : ITrackingFeed
    {
        private readonly List<string> _asked = [];

        public string Name => "pigeons";

        public string? FailsFor { get; set; }

        public IReadOnlyList<TrackingEvent> Scans { get; init; } = [];

        public IReadOnlyList<string> Asked
        {
            get
            {
                lock (_asked)
                {
                    return [.. _asked];
                }
            }
        }

        public bool Serves(string shop, Shipment shipment) => string.Equals(shipment.Carrier, "PostNord", StringComparison.Ordinal);

        public Task<Shipment?> ReadAsync(string shop, Shipment shipment, CancellationToken cancellationToken = default)
        {
            lock (_asked)
            {
                _asked.Add($"{shop}/{shipment.Id}");
            }

            return string.Equals(shop, FailsFor, StringComparison.Ordinal)
                ? throw new HttpRequestException("The pigeons are asleep.")
                : Task.FromResult<Shipment?>(new Shipment { Id = "theirs", Events = Scans });
        }
    }

    private sealed class Source : IOrderSource
    {
        public int Asked { get; private set; }

        public bool Serves(string shop) => true;

        public Task<OrderSnapshot?> FindAsync(OrderKey key, CancellationToken cancellationToken = default)
        {
            Asked++;
            return Task.FromResult<OrderSnapshot?>(Shipped());
        }
    }
}
