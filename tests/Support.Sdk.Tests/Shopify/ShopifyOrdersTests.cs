using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Orders;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

public sealed class ShopifyOrdersTests : IDisposable
{
    private static readonly ShopifyTracking Tracking = new()
    {
        Number = "1Z999",
        Company = "UPS",
        Url = new Uri("https://ups.example/1Z999"),
    };
    private static readonly TrackingEvent Scan = new()
    {
        Status = TrackingStatus.OutForDelivery,
        At = new DateTimeOffset(2026, 11, 2, 10, 30, 15, 500, TimeSpan.FromHours(1)),
        Description = "On the van",
        EstimatedArrival = new DateTimeOffset(2026, 11, 2, 16, 0, 0, TimeSpan.FromHours(1)),
    };

    private readonly AdminShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Tracking_is_set_once_however_often_it_is_asked_for()
    {
        _shop.Answer = _ => AdminShop.Data("""{"fulfillmentTrackingInfoUpdate":{"fulfillment":{"id":"gid://shopify/Fulfillment/7"},"userErrors":[]}}""");
        Assert.True((await UpdateAsync("7")).IsDone);
        Assert.True((await UpdateAsync("gid://shopify/Fulfillment/7")).IsDone);

        var variables = Assert.Single(_shop.Requests).Variables;
        Assert.Equal(
            """{"fulfillmentId":"gid://shopify/Fulfillment/7","tracking":{"number":"1Z999","company":"UPS","url":"https://ups.example/1Z999"},"notifyCustomer":false}""",
            variables.ToJsonString()
        );
    }

    [Fact]
    public async Task Tracking_that_changes_back_is_set_again()
    {
        _shop.Answer = _ => AdminShop.Data("""{"fulfillmentTrackingInfoUpdate":{"userErrors":[]}}""");
        await UpdateAsync("7");
        await UpdateAsync("7", Tracking with { Number = "2Z" });
        await UpdateAsync("7");
        Assert.Equal(3, _shop.Requests.Count);
    }

    [Theory]
    [InlineData("""[{"company":"UPS","number":"1Z999","url":"https://ups.example/1Z999"}]""", 0)]
    [InlineData("""[{"company":"UPS","number":"old","url":null}]""", 1)]
    [InlineData("""[{"number":"1Z999"},{"number":"2Z"}]""", 1)]
    [InlineData("[]", 1)]
    [InlineData("null", 1)]
    public Task Tracking_whose_answer_was_lost_is_looked_for_and_set_only_where_it_is_not(string there, int again) =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Answer = _ => new HttpResponseMessage(HttpStatusCode.GatewayTimeout);
                await Assert.ThrowsAsync<ShopifyException>(() => UpdateAsync("7"));
                _shop.Requests.Clear();
                _shop.Answer = request =>
                    AdminShop.Data(
                        request.Is("FulfillmentTracking")
                            ? $$"""{"fulfillment":{"trackingInfo":{{there}} } }"""
                            : """{"fulfillmentTrackingInfoUpdate":{"userErrors":[]}}"""
                    );

                Assert.True((await UpdateAsync("7")).IsDone);

                Assert.Single(_shop.Requests, request => request.Is("FulfillmentTracking"));
                Assert.Equal(again, _shop.Requests.Count(request => request.Is("TrackingUpdate")));
            }
        );

    [Fact]
    public async Task What_Shopify_refuses_is_told_and_may_be_tried_again()
    {
        _shop.Answer = _ =>
            AdminShop.Data(
                """{"fulfillmentTrackingInfoUpdate":{"fulfillment":null,"userErrors":[{"field":["trackingInfoInput","url"],"message":"Url is invalid"},{"field":null,"message":null}]}}"""
            );
        var result = await UpdateAsync("7");
        Assert.False(result.IsDone);
        Assert.Equal([("trackingInfoInput.url", "Url is invalid"), (null, "")], result.UserErrors.Select(error => (error.Field, error.Message)));

        await UpdateAsync("7");
        Assert.Equal(2, _shop.Requests.Count);
    }

    [Fact]
    public async Task A_write_that_the_app_may_not_make_is_not_done()
    {
        _shop.Answer = _ =>
            AdminShop.Data(
                """{"fulfillmentTrackingInfoUpdate":null}""",
                ""","errors":[{"message":"Access denied","path":["fulfillmentTrackingInfoUpdate"],"extensions":{"code":"ACCESS_DENIED"}}]"""
            );
        Assert.False((await UpdateAsync("7")).IsDone);
    }

    [Fact]
    public async Task A_scan_is_added_once_in_whole_seconds_of_UTC()
    {
        _shop.Answer = _ => AdminShop.Data("""{"fulfillmentEventCreate":{"userErrors":[]}}""");
        Assert.True((await AddAsync(Scan)).IsDone);
        Assert.True((await AddAsync(Scan)).IsDone);
        Assert.Equal(
            """{"event":{"fulfillmentId":"gid://shopify/Fulfillment/7","status":"OUT_FOR_DELIVERY","happenedAt":"2026-11-02T09:30:15Z","message":"On the van","estimatedDeliveryAt":"2026-11-02T15:00:00Z"}}""",
            Assert.Single(_shop.Requests).Variables.ToJsonString()
        );
    }

    [Theory]
    [InlineData("2026-11-02T09:30:15Z", "OUT_FOR_DELIVERY", 0)]
    [InlineData("2026-11-02T09:30:16Z", "OUT_FOR_DELIVERY", 1)]
    [InlineData("2026-11-02T09:30:15Z", "PICKED_UP", 1)]
    public Task A_scan_whose_answer_was_lost_is_looked_for_on_every_page(string at, string status, int again) =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Answer = _ => throw new HttpRequestException("cut off");
                await Assert.ThrowsAsync<ShopifyException>(() => AddAsync(Scan));
                _shop.Requests.Clear();
                _shop.Answer = request =>
                    AdminShop.Data(
                        !request.Is("FulfillmentEvents") ? """{"fulfillmentEventCreate":{"userErrors":[]}}"""
                        : request.Variables["after"] is null
                            ? """{"fulfillment":{"events":{"nodes":[{"status":"IN_TRANSIT","happenedAt":"2026-11-01T00:00:00Z"}],"pageInfo":{"hasNextPage":true,"endCursor":"c1"} } } }"""
                        : $$$"""{"fulfillment":{"events":{"nodes":[{"status":"{{{status}}}","happenedAt":"{{{at}}}"}],"pageInfo":{"hasNextPage":false,"endCursor":"c2"} } } }"""
                    );

                Assert.True((await AddAsync(Scan)).IsDone);

                Assert.Equal(2, _shop.Requests.Count(request => request.Is("FulfillmentEvents")));
                Assert.Equal(again, _shop.Requests.Count(request => request.Is("FulfillmentEventCreate")));
            }
        );

    [Theory]
    [InlineData(TrackingStatus.Unknown, null)]
    [InlineData(TrackingStatus.PreTransit, "CONFIRMED")]
    [InlineData(TrackingStatus.PickedUp, "CARRIER_PICKED_UP")]
    [InlineData(TrackingStatus.InTransit, "IN_TRANSIT")]
    [InlineData(TrackingStatus.Delayed, "DELAYED")]
    [InlineData(TrackingStatus.OutForDelivery, "OUT_FOR_DELIVERY")]
    [InlineData(TrackingStatus.AvailableForPickup, "READY_FOR_PICKUP")]
    [InlineData(TrackingStatus.AttemptFailed, "ATTEMPTED_DELIVERY")]
    [InlineData(TrackingStatus.Exception, null)]
    [InlineData(TrackingStatus.Returning, null)]
    [InlineData(TrackingStatus.Returned, null)]
    [InlineData(TrackingStatus.Delivered, "DELIVERED")]
    [InlineData(TrackingStatus.Failed, "FAILURE")]
    [InlineData(TrackingStatus.Cancelled, null)]
    [InlineData(TrackingStatus.Expired, null)]
    public async Task A_status_that_Shopify_does_not_have_is_refused_without_a_request(TrackingStatus status, string? expected)
    {
        _shop.Answer = _ => AdminShop.Data("""{"fulfillmentEventCreate":{"userErrors":[]}}""");
        var result = await AddAsync(Scan with { Status = status });
        Assert.Equal(expected is not null, result.IsDone);
        Assert.Equal(expected, _shop.Requests.SingleOrDefault()?.Variables["event"]!["status"]!.GetValue<string>());
        Assert.Equal(expected is null ? ShopifyUserError.NoSuchStatus : null, result.UserErrors.SingleOrDefault()?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("seven")]
    [InlineData("-7")]
    [InlineData("gid://shopify/Order/7")]
    [InlineData("gid://shopify/Fulfillment/7?x=1")]
    public async Task What_is_no_id_of_a_fulfillment_is_a_mistake_of_the_caller(string id)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => UpdateAsync(id));
        Assert.Empty(_shop.Requests);
    }

    private async Task<ShopifyResult> UpdateAsync(string id, ShopifyTracking? tracking = null)
    {
        await using var process = _shop.Process();
        return await process
            .GetRequiredService<IShopifyOrders>()
            .UpdateTrackingAsync("main", id, tracking ?? Tracking, cancellationToken: TestContext.Current.CancellationToken);
    }

    private async Task<ShopifyResult> AddAsync(TrackingEvent scan)
    {
        await using var process = _shop.Process();
        return await process.GetRequiredService<IShopifyOrders>().AddEventAsync("main", "7", scan, TestContext.Current.CancellationToken);
    }
}
