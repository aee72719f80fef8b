using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Shipping;
using Support.Sdk.Orders;
using Xunit;
using OrderStatus = Support.Sdk.Orders.OrderStatus;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Orders;

public sealed class OrderSourceTests
{
    private static readonly OrderKey First = new("store-1", "1");

    [Fact]
    public async Task An_order_is_read_with_its_customer_its_way_and_what_is_in_it()
    {
        await using var shop = new Shop();
        shop.Place();

        var order = await FindAsync(shop);

        Assert.Equal("N1", order.Number);
        Assert.Equal("Ada Lind", order.Customer.Name);
        Assert.Equal("ada@example.com", Assert.Single(order.Customer.ContactPoints).Value);
        Assert.Equal("en-US", order.Customer.Culture);
        Assert.Equal("SE", order.DestinationCountry);
        Assert.Equal("Mug", Assert.Single(order.Items).Name);
        Assert.Equal(shop.Time.GetUtcNow(), order.PlacedAt);
    }

    [Theory]
    [InlineData(40, 20, OrderStatus.Cancelled)]
    [InlineData(30, 30, OrderStatus.Completed)]
    [InlineData(20, 10, OrderStatus.Completed)]
    [InlineData(20, 20, OrderStatus.Open)]
    [InlineData(10, 25, OrderStatus.Open)]
    public async Task What_the_shop_says_of_an_order_decides_whether_it_is_waited_for(int status, int shipping, OrderStatus expected)
    {
        await using var shop = new Shop();
        shop.Place(change: order => (order.OrderStatusId, order.ShippingStatusId) = (status, shipping));

        Assert.Equal(expected, (await FindAsync(shop)).Status);
    }

    [Fact]
    public async Task A_deleted_order_is_cancelled()
    {
        await using var shop = new Shop();
        shop.Place(change: order => order.Deleted = true);

        Assert.Equal(OrderStatus.Cancelled, (await FindAsync(shop)).Status);
    }

    [Fact]
    public async Task An_order_without_address_or_email_has_nobody_to_tell()
    {
        await using var shop = new Shop();
        shop.Place(email: null);
        shop.Addresses.Clear();

        var order = await FindAsync(shop);

        Assert.Empty(order.Customer.ContactPoints);
        Assert.Null(order.Customer.Name);
        Assert.Null(order.DestinationCountry);
    }

    [Theory]
    [InlineData("Payments.CheckMoneyOrder", true)]
    [InlineData("Payments.CashOnDelivery", false)]
    public async Task An_unpaid_order_promises_nothing_but_where_the_parcel_comes_first(string method, bool expected)
    {
        await using var shop = new Shop();
        shop.Place(change: order => (order.PaymentStatusId, order.PaidDateUtc, order.PaymentMethodSystemName) = (10, null, method));

        Assert.Equal(expected, (await FindAsync(shop)).AwaitsPayment);
    }

    [Fact]
    public async Task The_parcels_say_themselves_that_all_has_arrived()
    {
        await using var shop = new Shop();
        var order = shop.Place(change: order => (order.OrderStatusId, order.ShippingStatusId) = (30, 40));
        var now = shop.Time.GetUtcNow().UtcDateTime;
        shop.Shipments.Add(
            new Nop.Core.Domain.Shipping.Shipment
            {
                Id = 5,
                OrderId = order.Id,
                ShippedDateUtc = now,
                DeliveryDateUtc = now,
                TrackingNumber = "T5",
            }
        );
        shop.ShipmentItems.Add(
            new ShipmentItem
            {
                Id = 6,
                ShipmentId = 5,
                OrderItemId = 1001,
                Quantity = 1,
            }
        );

        var read = await FindAsync(shop);

        Assert.Equal(OrderStatus.Open, read.Status);
        var parcel = Assert.Single(read.Shipments);
        Assert.Equal(("5", "T5", shop.Time.GetUtcNow()), (parcel.Id, parcel.TrackingNumber, parcel.DeliveredAt));
        Assert.Equal("Mug", Assert.Single(parcel.Items).Name);
    }

    [Fact]
    public async Task Every_open_order_has_its_turn_once_a_day()
    {
        await using var shop = new Shop();
        for (var id = 1; id <= 300; id++)
        {
            shop.Place(id, order => order.CreatedOnUtc = order.CreatedOnUtc.AddDays(-10));
        }

        var visits = new Dictionary<string, int>(StringComparer.Ordinal);
        var since = shop.Time.GetUtcNow();
        for (var round = 0; round < 144; round++)
        {
            shop.Time.Advance(TimeSpan.FromMinutes(10));
            foreach (var id in await ListAsync(shop, since + TimeSpan.FromTicks(1)))
            {
                visits[id] = visits.GetValueOrDefault(id) + 1;
            }

            since = shop.Time.GetUtcNow();
        }

        Assert.Equal(300, visits.Count);
        Assert.All(visits.Values, count => Assert.InRange(count, 1, 2));
    }

    [Fact]
    public async Task After_a_day_without_a_turn_every_open_order_is_listed()
    {
        await using var shop = new Shop();
        for (var id = 1; id <= 300; id++)
        {
            shop.Place(id, order => order.CreatedOnUtc = order.CreatedOnUtc.AddDays(-10));
        }

        Assert.Equal(300, (await ListAsync(shop, shop.Time.GetUtcNow().AddDays(-2))).Count);
    }

    [Fact]
    public async Task The_first_time_lists_what_is_open_and_nothing_else()
    {
        await using var shop = new Shop();
        shop.Place(1);
        shop.Place(2, order => order.OrderStatusId = 40);
        shop.Place(3, order => order.ShippingStatusId = 10);
        shop.Place(4, order => order.StoreId = 2);
        shop.Place(5, order => order.CreatedOnUtc = order.CreatedOnUtc.AddYears(-2));

        Assert.Equal(["1"], await ListAsync(shop, since: null));
    }

    private static async Task<OrderSnapshot> FindAsync(Shop shop) => (await Source(shop).FindAsync(First, TestContext.Current.CancellationToken))!;

    private static async Task<List<string>> ListAsync(Shop shop, DateTimeOffset? since)
    {
        var found = new List<string>();
        await foreach (var order in Source(shop).ChangedSinceAsync("store-1", since, TestContext.Current.CancellationToken))
        {
            found.Add(order.Key.Id);
        }

        return found;
    }

    private static Nop.Plugin.Misc.SupportSdk.Orders.ShopOrderSource Source(Shop shop) =>
        new(shop.Services.GetRequiredService<IServiceScopeFactory>(), shop.Time, ["store-1"]);
}
