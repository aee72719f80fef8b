using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Xunit;

namespace Support.Sdk.Tests.Engine;

public sealed class StraightLineTests
{
    private static readonly DateTimeOffset AtRisk = Given.PromiseEnds.AddHours(-48);

    [Fact]
    public async Task A_late_order_is_told_before_the_promise_ends_and_once()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();

        Assert.Equal(AtRisk, await world.Runner.NextDueAsync());
        await world.AtAsync(AtRisk.AddTicks(-10));
        Assert.Empty(world.Channel.Messages);
        await world.AtAsync(AtRisk);
        await world.AtAsync(AtRisk.AddHours(1));
        await world.AtAsync(Given.PromiseEnds);

        var message = Assert.Single(world.Channel.Messages);
        Assert.Equal("order-at-risk", message.Occasion);
        Assert.Equal(AtRisk, message.DecidedAt);
        var decision = Assert.Single(await world.HistoryAsync());
        Assert.Equal((DecisionVerdict.Send, message.Id), (decision.Verdict, decision.DeliveryId));
    }

    [Fact]
    public async Task The_promised_next_word_comes_when_it_was_promised()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        await world.AtAsync(AtRisk);

        // The end of the promise changes the answer, though it tells nothing.
        await world.AtAsync(Given.PromiseEnds);
        Assert.Equal(Given.PromiseEnds.AddDays(3), await world.Runner.NextDueAsync());
        await world.AtAsync(Given.PromiseEnds.AddDays(3));

        Assert.Equal(["order-at-risk", "order-delayed/2"], world.Channel.Messages.Select(message => message.Occasion));
    }

    [Fact]
    public async Task An_order_is_told_of_each_step_once()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        for (var repeat = 0; repeat < 2; repeat++)
        {
            await world.AcceptAsync(Given.Snapshot() with { UpdatedAt = Given.Day(3), Shipments = [Given.Parcel(shippedAt: Given.Day(3))] });
            await world.AtAsync(Given.Day(3).AddMinutes(repeat));
        }

        await world.AcceptAsync(
            Given.Snapshot() with
            {
                UpdatedAt = Given.Day(5),
                Shipments = [Given.Parcel(shippedAt: Given.Day(3), deliveredAt: Given.Day(5))],
            }
        );
        await world.AtAsync(Given.Day(5));
        await world.AtAsync(Given.PromiseEnds.AddDays(30));

        Assert.Equal(["order-shipped/1", "order-delivered/1"], world.Channel.Messages.Select(message => message.Occasion));
        Assert.Null(await world.Runner.NextDueAsync());
    }

    [Fact]
    public async Task A_shipment_and_an_arrival_at_one_moment_are_told_one_after_the_other()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        await world.AcceptAsync(Given.Snapshot() with { UpdatedAt = Given.Day(3), Shipments = [Given.Parcel(shippedAt: Given.Day(3))] });
        await world.AtAsync(Given.Day(3));
        await world.AcceptAsync(
            Given.Snapshot() with
            {
                UpdatedAt = Given.Day(3),
                Shipments = [Given.Parcel(shippedAt: Given.Day(3), deliveredAt: Given.Day(3))],
            }
        );
        await world.RunAsync();
        Assert.Single(world.Channel.Messages);

        await world.AtAsync(Given.Day(3).AddMinutes(2));

        Assert.Equal(["order-shipped/1", "order-delivered/1"], world.Channel.Messages.Select(message => message.Occasion));
    }

    [Fact]
    public async Task The_same_facts_accepted_twice_are_one_event()
    {
        await using var world = new World();

        Assert.Equal(1, await world.Intake.AcceptAsync([Given.Snapshot() with { ReadAt = null }]));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await world.Intake.AcceptAsync([Given.Snapshot() with { ReadAt = null }]));
    }

    [Fact]
    public async Task The_same_order_id_in_two_shops_is_two_orders()
    {
        await using var world = new World(with: services => services.AddSingletonShop("other"));
        var other = Given.Snapshot() with { Key = new OrderKey("other", "1001") };
        await world.AcceptAsync(Given.Snapshot(), other);

        await world.AtAsync(AtRisk);

        Assert.Equal(["main", "other"], world.Channel.Messages.Select(message => message.Shop).Order(StringComparer.Ordinal));
        Assert.Equal(2, world.Channel.Messages.Select(message => message.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("order 17 / ü")]
    [InlineData("注文-二〇二六")]
    [InlineData("'; DROP TABLE support_orders; --")]
    public async Task An_order_id_may_be_any_text(string id)
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot(id));

        await world.AtAsync(AtRisk);

        Assert.Equal(new OrderKey("main", id), Assert.Single(world.Channel.Messages).Order);
    }

    [Fact]
    public async Task Events_in_any_order_end_in_the_same_messages()
    {
        OrderSnapshot[] events =
        [
            Given.Snapshot(),
            Given.Snapshot() with
            {
                UpdatedAt = Given.Day(3),
                PaidAt = Given.Day(3),
            },
            Given.Snapshot() with
            {
                UpdatedAt = Given.Day(4),
                Shipments = [Given.Parcel(shippedAt: Given.Day(4))],
            },
        ];
        foreach (
            var order in (int[][])
                [
                    [0, 1, 2],
                    [2, 1, 0],
                    [1, 2, 0],
                    [2, 2, 1],
                ]
        )
        {
            await using var world = new World();
            world.Time.SetUtcNow(Given.Day(4));
            foreach (var index in order)
            {
                await world.AcceptAsync(events[index] with { ReadAt = Given.Day(4) });
            }

            await world.RunAsync();
            Assert.Equal("order-shipped/1", Assert.Single(world.Channel.Messages).Occasion);
        }
    }

    [Fact]
    public async Task A_message_that_waits_is_overtaken_by_facts()
    {
        await using var world = new World();
        world.Channel.Answer(_ => DeliveryResult.Retry("busy"));
        await world.AcceptAsync(Given.Snapshot());
        await world.AtAsync(AtRisk);
        world.Channel.Answer(_ => DeliveryResult.Accepted());

        await world.AcceptAsync(Given.Snapshot() with { UpdatedAt = AtRisk, Status = OrderStatus.Cancelled });
        await world.RunAsync();
        await world.AtAsync(AtRisk.AddHours(2));

        Assert.Empty(world.Channel.Messages);
        Assert.Equal(DeliveryState.Superseded, Assert.Single(await world.DeliveriesAsync()).State);
        Assert.Contains(await world.HistoryAsync(), decision => decision.Verdict == DecisionVerdict.Supersede);
    }

    [Fact]
    public async Task A_shop_in_shadow_mode_decides_writes_and_records_and_sends_nothing()
    {
        await using var world = new World(Given.Shop with { Mode = ShopMode.Shadow });
        await world.AcceptAsync(Given.Snapshot());

        await world.AtAsync(AtRisk);
        await world.AtAsync(Given.PromiseEnds);

        Assert.Empty(world.Channel.Messages);
        var delivery = Assert.Single(await world.DeliveriesAsync());
        Assert.Equal(DeliveryState.Suppressed, delivery.State);
        Assert.NotEmpty(delivery.Message.Text);
    }

    [Fact]
    public async Task A_shop_that_is_off_records_its_orders_and_judges_nothing()
    {
        await using var world = new World(Given.Shop with { Mode = ShopMode.Off });
        await world.AcceptAsync(Given.Snapshot());

        await world.AtAsync(AtRisk);

        Assert.Empty(await world.DeliveriesAsync());
        Assert.Null((await world.OrderAsync()).CheckAt);
    }

    [Fact]
    public async Task A_customer_without_an_address_leaves_one_decision_with_the_reason()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot() with { Customer = new OrderCustomer { Name = "Nobody" } });

        await world.AtAsync(AtRisk);
        await world.AtAsync(AtRisk.AddHours(1));
        await world.AtAsync(Given.PromiseEnds);

        var history = await world.HistoryAsync();
        Assert.All(history, decision => Assert.Equal("The customer has no address.", decision.Reason));
        Assert.Equal(["order-at-risk", "order-delayed"], history.Select(decision => decision.Occasion));
    }

    [Fact]
    public async Task A_shop_learns_that_its_deliveries_are_recorded()
    {
        await using var world = new World(Given.Shop with { RecordsDeliveries = null, Tells = null });
        for (var n = 0; n < 20; n++)
        {
            await world.AcceptAsync(Given.Snapshot($"old-{n}") with { Shipments = [Given.Parcel(shippedAt: Given.Monday, deliveredAt: Given.Monday)] });
        }

        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        await world.AtAsync(AtRisk);

        Assert.Equal("order-at-risk", Assert.Single(world.Channel.Messages).Occasion);
    }

    [Fact]
    public async Task A_parcel_that_arrived_counts_as_shipped_even_when_nobody_noted_when()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot() with { Shipments = [Given.Parcel(deliveredAt: Given.Monday)] });
        await world.RunAsync();

        var state = Assert.Single(await world.Get<IShopStore>().FindAsync(["main"], Given.Monday, TestContext.Current.CancellationToken));
        Assert.Equal((1, 1), (state.Shipped, state.Delivered));
    }
}
