using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Sdk.Orders;
using Support.Sdk.Shopify.Orders;
using Xunit;
using static Support.Sdk.Tests.Shopify.ShopifyOrders;

namespace Support.Sdk.Tests.Shopify;

public sealed class TrackingMapTests
{
    [Theory]
    [InlineData("SUBMITTED", TrackingStatus.PreTransit)]
    [InlineData("CONFIRMED", TrackingStatus.PreTransit)]
    [InlineData("LABEL_PURCHASED", TrackingStatus.PreTransit)]
    [InlineData("LABEL_PRINTED", TrackingStatus.PreTransit)]
    [InlineData("LABEL_VOIDED", TrackingStatus.Cancelled)]
    [InlineData("CARRIER_PICKED_UP", TrackingStatus.PickedUp)]
    [InlineData("IN_TRANSIT", TrackingStatus.InTransit)]
    [InlineData("DELAYED", TrackingStatus.Delayed)]
    [InlineData("OUT_FOR_DELIVERY", TrackingStatus.OutForDelivery)]
    [InlineData("READY_FOR_PICKUP", TrackingStatus.AvailableForPickup)]
    [InlineData("PICKED_UP", TrackingStatus.Delivered)]
    [InlineData("DELIVERED", TrackingStatus.Delivered)]
    [InlineData("ATTEMPTED_DELIVERY", TrackingStatus.AttemptFailed)]
    [InlineData("NOT_DELIVERED", TrackingStatus.Failed)]
    [InlineData("FAILURE", TrackingStatus.Failed)]
    [InlineData("RETURNING_TO_SENDER", TrackingStatus.Returning)]
    [InlineData("BEAMED_UP", TrackingStatus.Unknown)]
    public void A_scan_is_read_in_neutral_terms_and_keeps_its_own_word(string word, TrackingStatus status)
    {
        var scan = Assert.Single(
            Events(parcel => parcel["events"]!["nodes"]![0]!["status"] = word),
            scan => string.Equals(scan.RawStatus, word, StringComparison.Ordinal)
        );

        Assert.Equal(status, scan.Status);
    }

    [Fact]
    public void A_scan_keeps_its_explanation_and_time()
    {
        var scan = Assert.Single(Events(_ => { }));

        Assert.Equal("Sorted", scan.Description);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero), scan.At);
    }

    [Fact]
    public void A_scan_without_a_time_is_left_out() =>
        Assert.DoesNotContain(
            Events(parcel =>
            {
                parcel["displayStatus"] = null;
                parcel["events"]!["nodes"]![0]!["happenedAt"] = null;
            }),
            _ => true
        );

    [Fact]
    public void A_state_that_has_no_event_becomes_a_scan()
    {
        var last = Events(parcel => parcel["displayStatus"] = "NOT_DELIVERED")[^1];

        Assert.Equal((TrackingStatus.Failed, "NOT_DELIVERED"), (last.Status, last.RawStatus));
    }

    [Fact]
    public void The_same_state_read_twice_is_the_same_scan()
    {
        var first = Events(parcel => Label(parcel, "2026-11-22T09:00:00Z"));
        var second = Events(parcel => Label(parcel, "2026-11-25T09:00:00Z"));

        Assert.Equal(first, second);
    }

    [Fact]
    public void The_shops_own_click_is_no_scan() =>
        Assert.Empty(
            Events(parcel =>
            {
                parcel["displayStatus"] = "MARKED_AS_FULFILLED";
                parcel["events"]!["nodes"] = new JsonArray();
            })
        );

    [Fact]
    public void A_parcel_is_shipped_when_it_went_into_transit() =>
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero), Map(_ => { })!.ShippedAt);

    [Fact]
    public void A_parcel_without_scans_is_shipped_when_the_shop_says_so()
    {
        var parcel = Map(parcel =>
        {
            parcel["displayStatus"] = "FULFILLED";
            parcel["inTransitAt"] = null;
        });

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero), parcel!.ShippedAt);
    }

    [Fact]
    public void A_label_alone_is_not_shipped() => Assert.Null(Map(parcel => Label(parcel, "2026-11-22T09:00:00Z"))!.ShippedAt);

    [Fact]
    public void A_cancelled_fulfillment_was_not_sent_and_is_voided_after_its_last_scan()
    {
        var parcel = Map(parcel => parcel["status"] = "CANCELLED")!;

        Assert.Null(parcel.ShippedAt);
        Assert.Equal(TrackingStatus.Cancelled, parcel.Events.MaxBy(scan => scan.At)!.Status);
    }

    [Fact]
    public void A_fulfillment_that_needs_no_shipping_is_no_parcel() => Assert.Null(Map(parcel => parcel["requiresShipping"] = false));

    [Fact]
    public void A_parcel_without_an_id_is_left_out() => Assert.Null(Map(parcel => parcel["id"] = null));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,hello")]
    [InlineData("ftp://tracking.example/1")]
    [InlineData("/relative")]
    [InlineData("")]
    public void A_link_that_is_not_of_the_web_is_none(string link) => Assert.Null(Map(parcel => parcel["trackingInfo"]![0]!["url"] = link)!.TrackingUrl);

    [Fact]
    public void Of_several_numbers_the_first_one_counts()
    {
        var parcel = Map(parcel =>
            parcel["trackingInfo"] = new JsonArray(
                null,
                new JsonObject { ["company"] = "Other", ["number"] = " " },
                new JsonObject { ["company"] = "PostNord", ["number"] = "PN2" },
                new JsonObject { ["company"] = "PostNord", ["number"] = "PN3" }
            )
        )!;

        Assert.Equal(("PostNord", "PN2"), (parcel.Carrier, parcel.TrackingNumber));
    }

    [Fact]
    public void A_parcel_never_has_more_than_200_scans()
    {
        var many = Enumerable.Range(0, 5_000).Select(n => new JsonObject { ["status"] = "IN_TRANSIT", ["happenedAt"] = Now.AddMinutes(-n).ToString("O") });

        Assert.Equal(200, Events(parcel => parcel["events"]!["nodes"] = new JsonArray([.. many])).Count);
    }

    [Fact]
    public async Task The_feed_reads_a_parcel_with_all_its_scans()
    {
        var admin = new CannedAdmin().On("Fulfillments", Nodes(Parcel("9007199254740993")));
        var feed = new ShopifyTrackingFeed(new FulfillmentReader(admin), Microsoft.Extensions.Options.Options.Create(Options()));

        var parcel = await feed.ReadAsync("main", new Shipment { Id = "9007199254740993" }, TestContext.Current.CancellationToken);

        Assert.Equal("9007199254740993", parcel!.Id);
        Assert.Equal("gid://shopify/Fulfillment/9007199254740993", (string?)admin.AskedFor("Fulfillments").Single()["ids"]![0]);
    }

    [Fact]
    public async Task The_feed_knows_nothing_of_a_parcel_that_is_gone()
    {
        var admin = new CannedAdmin().On("Fulfillments", """{ "nodes": [null] }""");
        var feed = new ShopifyTrackingFeed(new FulfillmentReader(admin), Microsoft.Extensions.Options.Options.Create(Options()));

        Assert.Null(await feed.ReadAsync("main", new Shipment { Id = "1" }, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("main", "31", true)]
    [InlineData("main", "P-1", false)]
    [InlineData("other", "31", false)]
    public void The_feed_serves_the_numbered_parcels_of_its_shops(string shop, string id, bool serves)
    {
        var feed = new ShopifyTrackingFeed(new FulfillmentReader(new CannedAdmin()), Microsoft.Extensions.Options.Options.Create(Options()));

        Assert.Equal(serves, feed.Serves(shop, new Shipment { Id = id }));
    }

    private static void Label(JsonObject parcel, string updatedAt)
    {
        parcel["displayStatus"] = "LABEL_PURCHASED";
        parcel["updatedAt"] = updatedAt;
        parcel["inTransitAt"] = null;
        parcel["events"]!["nodes"] = new JsonArray();
    }

    private static IReadOnlyList<TrackingEvent> Events(Action<JsonObject> change) => Map(change)!.Events;

    private static Shipment? Map(Action<JsonObject> change) =>
        ParcelMapper.Map(JsonSerializer.Deserialize(Parcel(change: change), OrderJson.Default.FulfillmentNode)!, isCounter: false);
}
