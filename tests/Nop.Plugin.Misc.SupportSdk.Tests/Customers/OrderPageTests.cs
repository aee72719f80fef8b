using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Misc.SupportSdk.Customers;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Web.Framework.Models;
using Support.Sdk.Links;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Customers;

public sealed class OrderPageTests
{
    private sealed record DetailsModel : BaseNopEntityModel;

    [Fact]
    public async Task The_page_of_an_order_says_until_when_it_ships_and_arrives()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place();
        await storefront.SweepAsync(1);

        var order = (OrderModel)(await OrderAsync(storefront))!;

        Assert.Equal(
            ("N1", "Being prepared", "Wednesday, March 4, 2026", "Saturday, March 7, 2026"),
            (order.Number, order.State, order.ShipBy, order.ArrivesBy)
        );
        Assert.Empty(order.Reasons);
    }

    [Fact]
    public async Task An_order_that_is_not_paid_yet_is_not_said_to_be_prepared()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place(change: order =>
            (order.PaymentStatusId, order.PaidDateUtc, order.PaymentMethodSystemName) = (10, null, "Payments.CheckMoneyOrder")
        );
        await storefront.SweepAsync(1);

        var order = Assert.Single((await storefront.ReadAsync<SupportOrdersController, OrderListModel>(page => page.Account())).Orders);

        Assert.Equal(("Waits for payment", ""), (order.State, order.ShipBy));
    }

    [Fact]
    public async Task It_speaks_the_language_of_who_looks()
    {
        await using var storefront = new Storefront { LanguageId = 2 };
        storefront.Shop.Place();
        await storefront.SweepAsync(1);

        var order = (OrderModel)(await OrderAsync(storefront))!;

        Assert.Equal(("Förbereds", "onsdag 4 mars 2026"), (order.State, order.ShipBy));
    }

    [Fact]
    public async Task A_late_order_says_why_and_what_its_customer_was_told()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        storefront.Shop.Time.Advance(TimeSpan.FromDays(4));
        await storefront.SweepAsync(1);

        var order = (OrderModel)(await OrderAsync(storefront))!;

        Assert.True(order.IsDelayed);
        Assert.Contains("It has not been shipped yet.", order.Reasons);
        Assert.NotEmpty(order.Told);
        Assert.All(order.Told, told => Assert.DoesNotContain("Plugins.", told.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_parcel_is_shown_with_its_number()
    {
        await using var storefront = new Storefront();
        var order = storefront.Shop.Place();
        var now = storefront.Shop.Time.GetUtcNow().UtcDateTime;
        storefront.Shop.Shipments.Add(
            new Shipment
            {
                Id = 5,
                OrderId = order.Id,
                ShippedDateUtc = now,
                TrackingNumber = "T5",
            }
        );
        storefront.Shop.ShipmentItems.Add(
            new ShipmentItem
            {
                Id = 6,
                ShipmentId = 5,
                OrderItemId = 1001,
                Quantity = 1,
            }
        );
        await storefront.SweepAsync(1);

        var parcel = Assert.Single(((OrderModel)(await OrderAsync(storefront))!).Parcels);

        Assert.Equal(("on its way", "T5"), (parcel.State, parcel.TrackingNumber));
    }

    [Fact]
    public async Task On_the_page_of_somebody_elses_order_nothing_is_shown()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        storefront.Customer = new Nop.Core.Domain.Customers.Customer { Id = 8, Email = "ada@example.com" };

        Assert.Null(await OrderAsync(storefront));
    }

    [Fact]
    public async Task Of_an_order_of_which_nothing_is_known_nothing_is_shown()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place();
        storefront.Shop.Place(2, order => order.Deleted = true);
        await storefront.EngineAsync();

        Assert.Null(await OrderAsync(storefront));
        Assert.Null(await OrderAsync(storefront, 2));
        Assert.Null(await OrderAsync(storefront, 999));
    }

    [Fact]
    public async Task A_view_that_fails_leaves_the_page_as_it_is()
    {
        await using var storefront = new Storefront { Broken = new InvalidOperationException("no such view") };
        storefront.Shop.Place();
        await storefront.SweepAsync(1);

        Assert.Null(await OrderAsync(storefront));
        Assert.Contains(storefront.Shop.Journal.Recent, entry => entry.Message.Contains("widget", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_account_lists_its_own_orders_page_by_page_those_that_nobody_knows_as_well()
    {
        await using var storefront = new Storefront();
        for (var id = 1; id <= 12; id++)
        {
            storefront.Shop.Place(id);
        }

        storefront.Shop.Place(13, order => order.CustomerId = 8);
        await storefront.SweepAsync(12);

        var first = await storefront.ReadAsync<SupportOrdersController, OrderListModel>(page => page.Account());
        var second = await storefront.ReadAsync<SupportOrdersController, OrderListModel>(page => page.Account(2));

        Assert.Equal(["N12", "N11", "N10", "N9", "N8", "N7", "N6", "N5", "N4", "N3"], first.Orders.Select(order => order.Number));
        Assert.Equal(["N2", "N1"], second.Orders.Select(order => order.Number));
        Assert.Equal((true, false), (first.HasOlder, second.HasOlder));
        Assert.Equal(("Saturday, March 7, 2026", ""), (first.Orders[0].ArrivesBy, first.Orders[1].ArrivesBy));
    }

    [Fact]
    public async Task A_guest_is_sent_to_the_login()
    {
        await using var storefront = new Storefront { IsRegistered = false };

        Assert.IsType<ChallengeResult>(await storefront.AskAsync<SupportOrdersController>(page => page.Account()));
    }

    [Fact]
    public async Task A_link_opens_the_orders_that_name_its_holder_and_no_others()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        storefront.Shop.Place(1);
        storefront.Shop.Place(2, email: "bo@example.com");
        await storefront.SweepAsync(1, 2);
        var token = await storefront.LinkAsync(LinkPurpose.OrderStatus, orderId: "1");

        var order = Assert.Single((await storefront.ReadAsync<SupportOrdersController, OrderListModel>(page => page.Linked(token))).Orders);

        Assert.Equal(("N1", true, null), (order.Number, order.IsAsked, order.OrderId));
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("expired")]
    [InlineData("purpose")]
    public async Task A_link_that_is_forged_or_expired_or_for_something_else_opens_nothing(string fault)
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        var token = await storefront.LinkAsync(
            fault is "purpose" ? LinkPurpose.Preferences : LinkPurpose.OrderStatus,
            orderId: "1",
            lasts: TimeSpan.FromDays(1)
        );
        token = fault is "forged" ? $"{token[..20]}{(token[20] == 'A' ? 'B' : 'A')}{token[21..]}" : token;
        storefront.Shop.Time.Advance(fault is "expired" ? TimeSpan.FromDays(1) : TimeSpan.Zero);

        var view = (ViewResult)await storefront.AskAsync<SupportOrdersController>(page => page.Linked(token));

        Assert.Equal((404, null), (storefront.Status, view.Model));
        Assert.EndsWith("Broken.cshtml", view.ViewName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_engine_is_away_a_friendly_page_is_shown()
    {
        await using var storefront = new Storefront();
        storefront.Shop.OpenDatabase = () => throw new InvalidOperationException("The database is away.");

        var view = (ViewResult)await storefront.AskAsync<SupportOrdersController>(page => page.Account());

        Assert.Equal(503, storefront.Status);
        Assert.EndsWith("Unavailable.cshtml", view.ViewName, StringComparison.Ordinal);
        Assert.Null(await OrderAsync(storefront));
    }

    [Fact]
    public async Task The_links_of_a_store_lie_on_its_own_domain()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Stores.Add(
            new Nop.Core.Domain.Stores.Store
            {
                Id = 2,
                Name = "Other",
                Url = "https://other.example/",
            }
        );
        storefront.Shop.Stores.Add(
            new Nop.Core.Domain.Stores.Store
            {
                Id = 3,
                Name = "Plain",
                Url = "http://plain.example/",
            }
        );

        var shops = (await storefront.EngineAsync()).Shops.ToDictionary(shop => shop.Id, shop => shop.PublicAddress?.AbsoluteUri);

        Assert.Equal("https://shop.example/support", shops[StoreShops.IdOf(1)]);
        Assert.Equal("https://other.example/support", shops[StoreShops.IdOf(2)]);
        Assert.Null(shops[StoreShops.IdOf(3)]);
    }

    private static Task<object?> OrderAsync(Storefront storefront, int id = 1) =>
        storefront.WidgetAsync<OrderWidget>(widget => widget.InvokeAsync("orderdetails_page_overview", new DetailsModel { Id = id }));
}
