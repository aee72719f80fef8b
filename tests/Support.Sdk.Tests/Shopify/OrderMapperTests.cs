using System.Text.Json.Nodes;
using Support.Sdk.Orders;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Xunit;
using static Support.Sdk.Tests.Shopify.ShopifyOrders;

namespace Support.Sdk.Tests.Shopify;

public sealed class OrderMapperTests
{
    [Fact]
    public void An_order_is_read_whole()
    {
        var order = Map(Sent());

        Assert.Equal(new OrderKey("main", "1"), order.Key);
        Assert.Equal("#1001", order.Number);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero), order.PlacedAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero), order.UpdatedAt);
        Assert.Equal(("Express", "SE", "FULFILLED"), (order.ShippingMethod, order.DestinationCountry, order.RawStatus));
        Assert.Equal(new OrderTotal(499.50m, "SEK"), order.Total);
        Assert.Equal(
            new OrderItem
            {
                Name = "Teapot - Blue",
                Quantity = 2,
                Sku = "T-1",
            },
            Assert.Single(order.Items)
        );
        Assert.Equal("31", Assert.Single(order.Shipments).Id);
    }

    [Fact]
    public void An_id_beyond_2_to_the_53rd_stays_exact() => Assert.Equal("820982911946154508", Map(Unsent("820982911946154508")).Key.Id);

    [Fact]
    public void An_order_without_an_id_is_an_error() => Assert.Throws<ShopifyException>(() => Map(Unsent(change: order => order.Remove("id"))));

    [Fact]
    public void Any_value_at_any_depth_may_be_null_but_the_id() => Assert.All(Places(), place => Assert.Equal("1", Map(With(place, isMissing: false)).Key.Id));

    [Fact]
    public void Any_member_at_any_depth_may_be_missing_but_the_id() =>
        Assert.All(Places(), place => Assert.Equal("1", Map(With(place, isMissing: true)).Key.Id));

    [Fact]
    public void An_order_with_nothing_but_its_id_counts_as_old()
    {
        var order = Map(new JsonObject { ["id"] = "gid://shopify/Order/7" });

        Assert.Equal(DateTimeOffset.UnixEpoch, order.PlacedAt);
        Assert.Equal(OrderStatus.Open, order.Status);
    }

    [Fact]
    public void A_date_that_is_none_is_not_known() => Assert.Null(Map(Unsent(change: order => order["updatedAt"] = "soon")).UpdatedAt);

    [Fact]
    public void An_order_under_way_stays_open_though_shopify_archived_it() =>
        Assert.Equal(OrderStatus.Open, Map(Sent(change: order => order["closed"] = true)).Status);

    [Fact]
    public void An_archived_order_is_completed_when_every_parcel_has_arrived()
    {
        var order = Sent(change: order =>
        {
            order["closed"] = true;
            order.FirstParcel()["deliveredAt"] = "2026-11-25T10:00:00Z";
        });

        Assert.Equal(OrderStatus.Completed, Map(order).Status);
    }

    [Fact]
    public void An_archived_order_whose_parcel_nobody_can_follow_is_completed()
    {
        var order = Sent(change: order =>
        {
            order["closed"] = true;
            order["fulfillments"] = new JsonArray(
                Parcel(change: parcel =>
                {
                    parcel["displayStatus"] = "FULFILLED";
                    parcel["trackingInfo"] = new JsonArray();
                    parcel["events"]!["nodes"] = new JsonArray();
                })
            );
        });

        Assert.Equal(OrderStatus.Completed, Map(order).Status);
    }

    [Fact]
    public void A_cancelled_order_is_cancelled() =>
        Assert.Equal(OrderStatus.Cancelled, Map(Unsent(change: order => order["cancelledAt"] = "2026-11-21T08:00:00Z")).Status);

    [Fact]
    public void A_status_that_is_not_known_is_kept_raw()
    {
        var order = Map(Unsent(change: order => order["displayFulfillmentStatus"] = "TELEPORTED"));

        Assert.Equal((OrderStatus.Unknown, "TELEPORTED"), (order.Status, order.RawStatus));
    }

    [Fact]
    public void An_order_of_files_and_gift_cards_is_completed()
    {
        var order = Unsent(change: order =>
        {
            order["requiresShipping"] = false;
            order.Line()["requiresShipping"] = false;
            order.Part()["deliveryMethod"]!["methodType"] = "NONE";
        });

        Assert.Equal(OrderStatus.Completed, Map(order).Status);
    }

    [Fact]
    public void A_sale_at_the_counter_is_completed() =>
        Assert.Equal(OrderStatus.Completed, Map(Unsent(change: order => order.Part()["deliveryMethod"]!["methodType"] = "RETAIL")).Status);

    [Fact]
    public void An_order_that_the_customer_fetches_is_open_until_it_was_handed_over()
    {
        var waiting = Unsent(change: order => order.Part()["deliveryMethod"]!["methodType"] = "PICK_UP");
        var fetched = Sent(change: order =>
        {
            order.Part()["deliveryMethod"]!["methodType"] = "PICK_UP";
            order["fulfillments"] = new JsonArray(Parcel(change: AtTheCounter));
        });

        Assert.Equal(OrderStatus.Open, Map(waiting).Status);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero), Assert.Single(Map(fetched).Shipments).DeliveredAt);

        static void AtTheCounter(JsonObject parcel)
        {
            parcel["displayStatus"] = "FULFILLED";
            parcel["inTransitAt"] = null;
            parcel["trackingInfo"] = new JsonArray();
            parcel["events"]!["nodes"] = new JsonArray();
        }
    }

    [Fact]
    public void An_order_of_which_nothing_is_left_is_completed()
    {
        var order = Unsent(change: order =>
        {
            order.Line()["currentQuantity"] = 0;
            order.Line()["unfulfilledQuantity"] = 0;
        });

        Assert.Equal(OrderStatus.Completed, Map(order).Status);
    }

    [Theory]
    [InlineData("INVENTORY_OUT_OF_STOCK", "en", "Something in the order is out of stock.")]
    [InlineData("INVENTORY_OUT_OF_STOCK", "sv-SE", "Något i beställningen är slut i lager.")]
    [InlineData("AWAITING_PAYMENT", "en", "The payment has not reached us yet.")]
    [InlineData("INCORRECT_ADDRESS", "de", "The delivery address does not seem to be right.")]
    [InlineData("UNKNOWN_DELIVERY_DATE", "en", "We do not know yet when it can be delivered.")]
    [InlineData("OTHER", "en", null)]
    [InlineData("MERCURY_RETROGRADE", "en", null)]
    [InlineData("HIGH_RISK_OF_FRAUD", "en", null)]
    public void A_hold_is_told_in_words_for_the_customer(string reason, string locale, string? words)
    {
        var order = Map(Held(locale, reason));

        Assert.Equal((OrderStatus.OnHold, words), (order.Status, order.HoldReason));
    }

    [Fact]
    public void A_suspicion_of_fraud_silences_every_other_reason() => Assert.Null(Map(Held("en", "INVENTORY_OUT_OF_STOCK", "HIGH_RISK_OF_FRAUD")).HoldReason);

    [Fact]
    public void The_hold_of_an_offer_after_the_purchase_is_none() =>
        Assert.Equal(OrderStatus.Open, Map(Held("en", "ONLINE_STORE_POST_PURCHASE_CROSS_SELL")).Status);

    [Fact]
    public void One_part_on_hold_holds_the_order()
    {
        var order = Held("en", "AWAITING_PAYMENT");
        order["fulfillmentOrders"]!["nodes"]!.AsArray().Add(Unsent().Part().DeepClone());

        Assert.Equal(OrderStatus.OnHold, Map(order).Status);
    }

    [Fact]
    public void A_promise_is_a_deadline_to_ship_and_a_window_to_arrive()
    {
        var promise = Map(Unsent()).Promise!;

        Assert.Equal(PromiseDate.At(new DateTimeOffset(2026, 11, 27, 17, 0, 0, TimeSpan.Zero)), promise.ShipBy);
        Assert.Equal(PromiseDate.At(new DateTimeOffset(2026, 11, 28, 8, 0, 0, TimeSpan.Zero)), promise.DeliverFrom);
        Assert.Equal(PromiseDate.At(new DateTimeOffset(2026, 11, 30, 20, 0, 0, TimeSpan.Zero)), promise.DeliverBy);
    }

    [Fact]
    public void Of_several_parts_the_earliest_open_deadline_and_the_latest_arrival_count()
    {
        var order = Unsent();
        order["fulfillmentOrders"]!["nodes"]!.AsArray().Add(Part("CLOSED", "2026-11-23T17:00:00Z", "2026-12-05T20:00:00Z"));
        order["fulfillmentOrders"]!["nodes"]!.AsArray().Add(Part("CANCELLED", "2026-11-01T17:00:00Z", "2026-12-24T20:00:00Z"));

        var promise = Map(order).Promise!;

        Assert.Equal(new DateTimeOffset(2026, 11, 27, 17, 0, 0, TimeSpan.Zero), promise.ShipBy!.Moment);
        Assert.Equal(new DateTimeOffset(2026, 12, 5, 20, 0, 0, TimeSpan.Zero), promise.DeliverBy!.Moment);

        static JsonObject Part(string status, string fulfillBy, string max)
        {
            var part = Unsent().Part().DeepClone().AsObject();
            part["status"] = status;
            part["fulfillBy"] = fulfillBy;
            part["deliveryMethod"]!["maxDeliveryDateTime"] = max;
            return part;
        }
    }

    [Fact]
    public void A_deadline_does_not_vanish_when_all_is_sent() =>
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 17, 0, 0, TimeSpan.Zero), Map(Sent()).Promise!.ShipBy!.Moment);

    [Fact]
    public void Where_shopify_names_no_date_the_metafield_counts()
    {
        var promise = Map(WithMetafield("2026-12-02")).Promise!;

        Assert.Equal(PromiseDate.On(new DateOnly(2026, 12, 2)), promise.DeliverBy);
    }

    [Fact]
    public void A_metafield_can_hold_a_moment() =>
        Assert.Equal(
            PromiseDate.At(new DateTimeOffset(2026, 12, 2, 16, 0, 0, TimeSpan.Zero)),
            Map(WithMetafield("2026-12-02T17:00:00+01:00")).Promise!.DeliverBy
        );

    [Fact]
    public void Without_any_date_there_is_no_promise_and_the_shops_policies_make_one() => Assert.Null(Map(WithMetafield("some day")).Promise);

    [Fact]
    public void The_customer_is_greeted_written_to_and_called_as_the_order_says()
    {
        var customer = Map(Unsent()).Customer;

        Assert.Equal(("Ada", "sv-SE", "Europe/Stockholm", false), (customer.Name, customer.Culture, customer.TimeZone, customer.IsWithheld));
        Assert.Equal([new ContactPoint("email", "ada@example.com"), new ContactPoint("sms", "+46701234567")], customer.ContactPoints);
    }

    [Theory]
    [InlineData("070-123 45 67")]
    [InlineData("+0701234567")]
    [InlineData("+46; DROP TABLE")]
    [InlineData("")]
    public void A_phone_number_that_is_not_of_the_whole_world_is_none(string phone) =>
        Assert.Equal(["email"], Map(Unsent(change: order => order["phone"] = phone)).Customer.ContactPoints.Select(point => point.Channel));

    [Theory]
    [InlineData("xx-nonsense-xx")]
    [InlineData("../../etc")]
    [InlineData("")]
    public void A_locale_that_is_none_leaves_the_shops(string locale) =>
        Assert.Null(Map(Unsent(change: order => order["customerLocale"] = locale)).Customer.Culture);

    [Fact]
    public void Erased_values_are_simply_none()
    {
        var customer = Map(Redacted()).Customer;

        Assert.False(customer.IsWithheld);
        Assert.Null(customer.Name);
        Assert.Empty(customer.ContactPoints);
    }

    [Fact]
    public void What_was_removed_before_it_was_sent_is_not_waited_for()
    {
        var order = Sent(change: order =>
        {
            order.Line()["quantity"] = 3;
            order.Line()["currentQuantity"] = 2;
        });

        Assert.Equal(2, Assert.Single(Map(order).Items).Quantity);
    }

    [Fact]
    public void What_came_back_does_not_hide_what_is_still_to_be_sent()
    {
        var order = Sent(change: order =>
        {
            order.Line()["currentQuantity"] = 0;
            order["lineItems"]!["nodes"]!
                .AsArray()
                .Add(Parse("""{ "id": "gid://shopify/LineItem/12", "name": "Cup", "currentQuantity": 1, "unfulfilledQuantity": 1 }"""));
        });

        Assert.Equal([("Teapot - Blue", 2), ("Cup", 1)], Map(order).Items.Select(item => (item.Name, item.Quantity)));
    }

    [Fact]
    public void Lines_that_need_no_shipping_are_not_waited_for()
    {
        var order = Unsent(change: order =>
            order["lineItems"]!["nodes"]!
                .AsArray()
                .Add(Parse("""{ "id": "gid://shopify/LineItem/12", "name": "Warranty", "quantity": 1, "requiresShipping": false }"""))
        );

        Assert.Equal(["Teapot - Blue"], Map(order).Items.Select(item => item.Name));
    }

    [Fact]
    public void A_name_without_end_is_cut() =>
        Assert.Equal(200, Assert.Single(Map(Unsent(change: order => order.Line()["name"] = new string('x', 1_000_000))).Items).Name.Length);

    private static JsonObject Held(string locale, params string[] reasons) =>
        Unsent(change: order =>
        {
            order["customerLocale"] = locale;
            order.Part()["status"] = "ON_HOLD";
            order.Part()["fulfillmentHolds"] = new JsonArray([.. reasons.Select(reason => new JsonObject { ["reason"] = reason })]);
        });

    private static JsonObject WithMetafield(string value) =>
        Unsent(change: order =>
        {
            order["fulfillmentOrders"]!["nodes"] = new JsonArray();
            order["promise"] = new JsonObject { ["value"] = value };
        });

    private static JsonObject Redacted() =>
        Unsent(change: order =>
        {
            order["email"] = null;
            order["phone"] = null;
            order["displayAddress"] = null;
            order["shippingAddress"] = null;
        });

    private static IEnumerable<int> Places() => Enumerable.Range(1, Members(Sent()).Count() - 1);

    // The first member is the order's id.
    private static JsonObject With(int place, bool isMissing)
    {
        var order = Sent();
        var (owner, name) = Members(order).ElementAt(place);
        if (isMissing)
        {
            owner.Remove(name);
        }
        else
        {
            owner[name] = null;
        }

        return order;
    }

    private static IEnumerable<(JsonObject Owner, string Name)> Members(JsonNode? node) =>
        node switch
        {
            JsonObject owner => owner.Select(member => (owner, member.Key)).Concat(owner.SelectMany(member => Members(member.Value))),
            JsonArray list => list.SelectMany(Members),
            _ => [],
        };
}
