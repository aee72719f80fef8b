using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Nop.Plugin.Misc.SupportSdk.Desk;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Web.Framework.Models;
using Support.Sdk.Orders;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Desk;

public sealed class DeskOrdersTests
{
    [Fact]
    public async Task An_order_that_is_late_is_listed_with_the_reason_and_what_was_told()
    {
        await using var counter = new Counter();
        counter.Shop.Place();
        await counter.WaitAsync(days: 5);

        var row = Assert.Single(Counter.Model<OrderListModel>(await counter.Orders.List(show: OrderShow.Late)).Rows);

        Assert.Equal(("N1", OrderStanding.Late), (row.Number, row.Standing));
        Assert.Equal(DelaySignalKind.ShipByMissed, row.Signals[0].Kind);
        Assert.Contains(row.Notices, notice => notice.Occasion.StartsWith("order-delayed", StringComparison.Ordinal));
        Assert.NotNull(row.NextCheck);
        Assert.Empty(Counter.Model<OrderListModel>(await counter.Orders.List(show: OrderShow.AtRisk)).Rows);
    }

    [Fact]
    public async Task Every_order_of_the_store_has_a_row_watched_or_not()
    {
        await using var counter = new Counter();
        for (var id = 1; id <= OrderPages.PageSize + 2; id++)
        {
            counter.Shop.Place(id);
        }

        counter.Shop.Place(900, order => order.StoreId = 2);

        var first = Counter.Model<OrderListModel>(await counter.Orders.List());
        var second = Counter.Model<OrderListModel>(await counter.Orders.List(after: first.Next));

        Assert.Equal(OrderPages.PageSize, first.Rows.Count);
        Assert.Equal("27", first.Rows[0].Id);
        Assert.Equal(OrderStanding.Unwatched, first.Rows[0].Standing);
        Assert.Equal(["2", "1"], second.Rows.Select(row => row.Id));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Late_orders_are_paged_through_without_one_that_comes_twice_or_never()
    {
        await using var counter = new Counter();
        for (var id = 1; id <= OrderPages.PageSize + 3; id++)
        {
            counter.Shop.Place(id);
        }

        await counter.WaitAsync(days: 4);

        var first = Counter.Model<OrderListModel>(await counter.Orders.List(show: OrderShow.Late));
        var second = Counter.Model<OrderListModel>(await counter.Orders.List(show: OrderShow.Late, after: first.Next));

        Assert.Equal(
            Enumerable.Range(1, OrderPages.PageSize + 3).Select(id => id.ToString(CultureInfo.InvariantCulture)),
            first.Rows.Concat(second.Rows).Select(row => row.Id)
        );
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task An_order_is_found_by_the_number_that_the_customer_knows()
    {
        await using var counter = new Counter();
        counter.Shop.Place(1);
        counter.Shop.Place(2);

        Assert.Equal("2", Assert.Single(Counter.Model<OrderListModel>(await counter.Orders.List(number: " N2 ")).Rows).Id);
        Assert.Empty(Counter.Model<OrderListModel>(await counter.Orders.List(number: "N3' OR 1=1")).Rows);
    }

    [Fact]
    public async Task An_order_that_waits_for_its_payment_says_so_in_the_list_and_on_the_shops_own_page()
    {
        await using var counter = new Counter();
        counter.Shop.Place(change: order => (order.PaymentStatusId, order.PaidDateUtc, order.PaymentMethodSystemName) = (10, null, "Payments.CheckMoneyOrder"));
        await counter.WaitAsync(days: 0);

        var list = await counter.ReadAsync(await counter.Orders.List());
        var card = Assert.IsType<ViewViewComponentResult>(await counter.Card.InvokeAsync("", new BaseNopEntityModel { Id = 1 }));

        Assert.Contains("Waits for its payment", list, StringComparison.Ordinal);
        Assert.Equal(OrderStanding.AwaitsPayment, Assert.IsType<OrderRowModel>(card.ViewData!.Model).Standing);
    }

    [Fact]
    public async Task A_Swedish_admin_reads_what_was_decided_in_Swedish_and_why_as_English()
    {
        await using var counter = new Counter();
        await using var swedish = new Pages(Counter.Dictionary("sv"));
        counter.Shop.Settings().Tells = NoticeKinds.OrderAtRisk;
        counter.Shop.Place();
        await counter.WaitAsync(days: 5);

        foreach (var answer in new[] { await counter.Orders.List(), await counter.Orders.Details(1) })
        {
            var page = WebUtility.HtmlDecode(await swedish.RenderAsync(Assert.IsType<ViewResult>(answer)));

            Assert.Contains("Skicka inte", page, StringComparison.Ordinal);
            Assert.Contains(">Order är sen</span>", page, StringComparison.Ordinal);
            Assert.Contains("lang=\"en\">The shop does not tell order-delayed.</small>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_order_for_which_nothing_was_promised_cannot_be_judged()
    {
        await using var counter = new Counter(promises: "");
        counter.Shop.Place();
        await counter.WaitAsync(days: 0);

        Assert.Equal(OrderStanding.Unknown, Assert.Single(Counter.Model<OrderListModel>(await counter.Orders.List()).Rows).Standing);
    }

    [Fact]
    public async Task An_orders_page_tells_every_decision_with_its_reason()
    {
        await using var counter = new Counter();
        counter.Shop.Place();
        await counter.WaitAsync(days: 5);

        var answer = await counter.Orders.Details(1, store: 1);
        var order = Counter.Model<OrderModel>(answer);
        var page = WebUtility.HtmlDecode(await counter.ReadAsync(answer));

        Assert.NotEmpty(order.Decisions);
        Assert.All(order.Decisions, decision => Assert.Contains(decision.Reason, page, StringComparison.Ordinal));
        Assert.Contains("/Order/Edit?area=Admin&id=1", page, StringComparison.Ordinal);
        Assert.Contains(order.Notices[0].Subject!, page, StringComparison.Ordinal);
        Assert.Equal("2026-03-04", order.ShipBy);
        Assert.DoesNotContain("Plugins.Misc.SupportSdk", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 9)]
    public async Task An_order_or_a_store_that_is_not_there_is_not_found(int id, int store)
    {
        await using var counter = new Counter();
        counter.Shop.Place();
        await counter.WaitAsync(days: 0);

        Assert.IsType<NotFoundResult>(await counter.Orders.Details(id, store));
    }

    [Fact]
    public async Task What_a_customer_wrote_into_an_order_does_not_become_part_of_the_page()
    {
        await using var counter = new Counter();
        counter.Shop.Place(change: order => order.CustomOrderNumber = "<script>alert(1)</script>");
        counter.Shop.Products[0].Name = "\"><img src=x onerror=alert(2)>";
        await counter.WaitAsync(days: 0);

        var list = await counter.ReadAsync(await counter.Orders.List(number: "<script>alert(1)</script>"));
        var page = await counter.ReadAsync(await counter.Orders.Details(1));

        Assert.DoesNotContain("<script>", list, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_store_can_be_served_the_desk_says_so_and_leads_to_the_settings()
    {
        await using var counter = new Counter();
        counter.Shop.Settings(new SupportSettings { TimeZone = "Middle/Earth" });

        var page = await counter.ReadAsync(await counter.Orders.List());

        Assert.Contains("Support is off", page, StringComparison.Ordinal);
        Assert.Contains("Corner shop:", page, StringComparison.Ordinal);
        Assert.Contains("/Support/Configure", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_fails_is_a_friendly_page_and_a_line_in_the_journal()
    {
        await using var counter = new Counter();
        await counter.EngineAsync();
        await (await counter.EngineAsync()).DisposeAsync();

        var page = await counter.ReadAsync(await counter.Messages.List());

        Assert.Contains("This page could not be shown", page, StringComparison.Ordinal);
        Assert.NotEmpty(counter.Shop.Journal.Recent);
    }

    [Fact]
    public async Task The_card_on_the_shops_own_order_page_tells_how_the_order_stands()
    {
        await using var counter = new Counter();
        counter.Shop.Place();
        await counter.WaitAsync(days: 5);

        var card = Assert.IsType<ViewViewComponentResult>(await counter.Card.InvokeAsync("", new BaseNopEntityModel { Id = 1 }));

        Assert.Equal(OrderStanding.Late, Assert.IsType<OrderRowModel>(card.ViewData!.Model).Standing);
        var page = await counter.ReadAsync(new ViewResult { ViewName = card.ViewName, ViewData = card.ViewData });
        Assert.Contains("/SupportOrders/Details", page, StringComparison.Ordinal);
        // It lies in the form of the shop's page.
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_card_is_not_there_for_who_may_not_read_it_nor_for_what_is_no_order()
    {
        await using var counter = new Counter();
        counter.Shop.Place();
        await counter.WaitAsync(days: 0);

        Assert.True(IsEmpty(await counter.Card.InvokeAsync("", new BaseNopEntityModel { Id = 99 })));
        Assert.True(IsEmpty(await counter.Card.InvokeAsync("", null!)));
        counter.MayRead = false;
        Assert.True(IsEmpty(await counter.Card.InvokeAsync("", new BaseNopEntityModel { Id = 1 })));
    }

    private static bool IsEmpty(Microsoft.AspNetCore.Mvc.IViewComponentResult result) => result is ContentViewComponentResult { Content: "" };
}
