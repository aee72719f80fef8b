using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Gdpr;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Core.Events;
using Nop.Plugin.Misc.SupportSdk.Orders;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Common;
using NSubstitute;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Xunit;
using Shipment = Nop.Core.Domain.Shipping.Shipment;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Orders;

public sealed class OrderNewsTests
{
    [Fact]
    public async Task The_days_of_the_chosen_way_are_kept_before_the_shop_forgets_them()
    {
        await using var shop = new Shop();
        var order = shop.Place();
        shop.Chosen(new ShippingOption { Name = "Ground", TransitDays = 5 });

        await TellAsync(shop, news => news.HandleEventAsync(new EntityInsertedEvent<Order>(order)));

        Assert.Equal((order.Id, 5), (Assert.Single(shop.Transits).OrderId, shop.Transits[0].Days));
    }

    [Theory]
    [InlineData("Air", 5)]
    [InlineData("Ground", null)]
    [InlineData("Ground", -3)]
    [InlineData("Ground", 100_000)]
    public async Task Days_that_are_not_the_orders_or_make_no_sense_are_not_kept(string name, int? days)
    {
        await using var shop = new Shop();
        var order = shop.Place();
        shop.Chosen(new ShippingOption { Name = name, TransitDays = days });

        await TellAsync(shop, news => news.HandleEventAsync(new EntityInsertedEvent<Order>(order)));

        Assert.Empty(shop.Transits);
    }

    [Fact]
    public async Task Placing_an_order_is_one_piece_of_news_however_often_it_changes_meanwhile()
    {
        await using var shop = new Shop();
        var order = shop.Place();

        await TellAsync(
            shop,
            async news =>
            {
                await news.HandleEventAsync(new EntityInsertedEvent<Order>(order));
                await news.HandleEventAsync(new EntityUpdatedEvent<Order>(order));
                await news.HandleEventAsync(new EntityUpdatedEvent<Order>(order));
                await news.HandleEventAsync(new OrderPaidEvent(order));
            }
        );
        Assert.Empty(await InboxAsync(shop));

        await TellAsync(shop, news => news.HandleEventAsync(new OrderPlacedEvent(order)));
        Assert.Single(await InboxAsync(shop));
    }

    [Fact]
    public async Task News_of_an_order_is_read_by_the_next_turn()
    {
        await using var shop = new Shop();
        var order = shop.Place();

        await TellAsync(shop, news => news.HandleEventAsync(new OrderPlacedEvent(order)));
        await shop.TurnAsync();

        Assert.Equal("N1", (await WatchedAsync(shop))!.Snapshot!.Number);
    }

    [Fact]
    public async Task A_parcel_that_was_deleted_no_longer_counts()
    {
        await using var shop = new Shop();
        var order = shop.Place();
        var parcel = new Shipment
        {
            Id = 5,
            OrderId = order.Id,
            ShippedDateUtc = shop.Time.GetUtcNow().UtcDateTime,
        };
        shop.Shipments.Add(parcel);
        shop.ShipmentItems.Add(
            new ShipmentItem
            {
                Id = 6,
                ShipmentId = 5,
                OrderItemId = 1001,
                Quantity = 1,
            }
        );
        await TellAsync(shop, news => news.HandleEventAsync(new EntityInsertedEvent<Shipment>(parcel)));
        await shop.TurnAsync();

        shop.Shipments.Clear();
        shop.ShipmentItems.Clear();
        shop.Time.Advance(TimeSpan.FromMinutes(1));
        await TellAsync(shop, news => news.HandleEventAsync(new EntityDeletedEvent<Shipment>(parcel)));
        await shop.TurnAsync();

        var seen = Assert.Single((await WatchedAsync(shop))!.Snapshot!.Shipments);
        Assert.Equal(TrackingStatus.Cancelled, Assert.Single(seen.Events).Status);
    }

    [Fact]
    public async Task News_of_an_order_that_is_gone_is_no_fault()
    {
        await using var shop = new Shop();

        await TellAsync(shop, news => news.HandleEventAsync(new EntityInsertedEvent<Shipment>(new Shipment { Id = 5, OrderId = 99 })));

        Assert.Empty(shop.Journal.Recent);
    }

    [Fact]
    public async Task A_database_that_refuses_does_not_reach_the_shops_request()
    {
        await using var shop = new Shop();
        shop.OpenDatabase = () => throw new InvalidOperationException("The database refuses.");
        var order = shop.Place();

        await TellAsync(shop, news => news.HandleEventAsync(new OrderPlacedEvent(order)));

        Assert.Contains(shop.Host.Faults, fault => fault.Contains("refuses", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_switched_off_by_a_bad_setting_hears_nothing_and_the_others_go_on()
    {
        await using var shop = new Shop();
        shop.Stores.Add(
            new Nop.Core.Domain.Stores.Store
            {
                Id = 2,
                Name = "Second",
                Url = "https://two.example/",
            }
        );
        shop.Settings(new SupportSettings { Mode = SupportMode.Live, TimeZone = "Nowhere/Never" }, 2);
        var first = shop.Place(1);
        var second = shop.Place(2, order => order.StoreId = 2);

        await TellAsync(shop, news => news.HandleEventAsync(new OrderPlacedEvent(first)));
        await TellAsync(shop, news => news.HandleEventAsync(new OrderPlacedEvent(second)));

        Assert.Equal("store-1", Assert.Single(await InboxAsync(shop)).Shop);
        Assert.Contains("Second", Assert.Single(shop.Host.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_who_is_deleted_for_good_is_erased()
    {
        await using var shop = new Shop();
        var order = shop.Place();
        await TellAsync(shop, news => news.HandleEventAsync(new OrderPlacedEvent(order)));
        await shop.TurnAsync();

        await TellAsync(shop, news => news.HandleEventAsync(new CustomerPermanentlyDeleted(7, "ada@example.com")));
        await shop.TurnAsync();

        var erased = await WatchedAsync(shop);
        Assert.NotNull(erased!.ErasedAt);
        Assert.Null(erased.Snapshot?.Customer.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("account@example.com")]
    public async Task So_is_a_guest_and_one_whose_orders_were_billed_to_another_address(string? account)
    {
        await using var shop = new Shop();
        var order = shop.Place();
        await TellAsync(shop, news => news.HandleEventAsync(new OrderPlacedEvent(order)));
        await shop.TurnAsync();

        await TellAsync(shop, news => news.HandleEventAsync(new CustomerPermanentlyDeleted(7, account)));
        await shop.TurnAsync();

        Assert.NotNull((await WatchedAsync(shop))!.ErasedAt);
    }

    private static async Task TellAsync(Shop shop, Func<OrderNews, Task> tell)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        await tell(ActivatorUtilities.CreateInstance<OrderNews>(scope.ServiceProvider));
    }

    private static async Task<IReadOnlyList<InboxEntry>> InboxAsync(Shop shop) =>
        await (await shop.Host.FindAsync())!
            .Get<IInboxStore>()
            .ClaimAsync(shop.Time.GetUtcNow(), 100, TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);

    private static async Task<WatchedOrder?> WatchedAsync(Shop shop)
    {
        var orders = (await shop.Host.FindAsync())!.Get<IOrderStore>();
        return await orders.FindAsync([new OrderKey("store-1", "1")], TestContext.Current.CancellationToken) is [var order] ? order : null;
    }
}
