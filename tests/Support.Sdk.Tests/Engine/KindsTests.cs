using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.Tests.Engine;

/// <summary>Each kind from the event to the channel, through the real engine and a real file.</summary>
public sealed class KindsTests
{
    private static readonly Shop Shop = Given.Shop with { Tells = NoticeKinds.All, Staff = new ContactPoint("email", "staff@shop.example") };

    [Fact]
    public async Task A_new_order_is_confirmed()
    {
        await using var world = new World(Shop);

        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();

        Assert.Equal(NoticeKinds.OrderConfirmed, Assert.Single(world.Channel.Messages).Occasion);
    }

    [Theory]
    [InlineData(TrackingStatus.OutForDelivery, NoticeKinds.OutForDelivery)]
    [InlineData(TrackingStatus.AttemptFailed, NoticeKinds.AttemptFailed)]
    [InlineData(TrackingStatus.AvailableForPickup, NoticeKinds.AvailableForPickup)]
    [InlineData(TrackingStatus.Returning, NoticeKinds.OrderReturning)]
    [InlineData(TrackingStatus.Exception, NoticeKinds.OrderException)]
    [InlineData(TrackingStatus.Delayed, NoticeKinds.OrderDelayed)]
    [InlineData(TrackingStatus.InTransit, NoticeKinds.OrderShipped)]
    [InlineData(TrackingStatus.Delivered, NoticeKinds.OrderDelivered)]
    public async Task A_scan_is_told_as_its_kind(TrackingStatus status, string kind)
    {
        await using var world = new World(Shop);
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();

        world.Time.SetUtcNow(Given.Day(4));
        await world.AcceptAsync(
            new ShipmentTracked { Key = new OrderKey("main", "1001"), Shipment = Given.Parcel(scans: Given.Scan(status, Given.Day(4), "The carrier's words.")) }
        );
        await world.RunAsync();
        await world.AtAsync(Given.Day(4, minute: 5));

        Assert.Contains(kind, world.Channel.Messages.Select(message => message.Occasion.Split('/')[0]));
    }

    [Fact]
    public async Task A_parcel_that_stands_still_is_told_to_the_shop_s_people_only()
    {
        await using var world = new World(Shop with { Tells = null });
        await world.AcceptAsync(Given.Snapshot() with { Shipments = [Given.Parcel(scans: Given.Scan(TrackingStatus.InTransit, Given.Day(2, 10)))] });
        await world.RunAsync();

        for (var day = 3; day <= 10; day++)
        {
            await world.AtAsync(Given.Day(day, 12));
        }

        var alert = Assert.Single(world.Channel.Messages);
        Assert.Equal((NoticeKinds.ShopAlert, "staff@shop.example"), (alert.Occasion.Split('/')[0], alert.To.Value));
    }

    [Fact]
    public async Task A_template_that_asks_for_earlier_orders_gets_them()
    {
        var template = new MessageTemplate
        {
            Kind = NoticeKinds.OrderConfirmed,
            Culture = "en",
            Subject = "Order {{ order.number }}",
            Text =
                "{{ order.number }}: {{ for past in customer.past_orders }}Before: {{ past.number }} ({{ past.status }}){{ end }} {{ plan.text }} {{ plan.next_text }} {{ brand.contact }}",
            Html =
                "<p>{{ order.number }}: {{ for past in customer.past_orders }}Before: {{ past.number }} ({{ past.status }}){{ end }} {{ plan.text }} {{ plan.next_text }} {{ brand.contact }}</p>",
        };
        await using var world = new World(Shop, with: services => services.AddSupport().AddTemplate(template));
        await world.AcceptAsync(Given.Snapshot("1001"));
        await world.RunAsync();

        world.Time.SetUtcNow(Given.Day(3));
        await world.AcceptAsync(Given.Snapshot("1002") with { PlacedAt = Given.Day(3), UpdatedAt = Given.Day(3), ReadAt = Given.Day(3) });
        await world.RunAsync();

        Assert.DoesNotContain(await world.HistoryAsync("1002"), decision => decision.Verdict != DecisionVerdict.Send);
        Assert.Contains("Before: 1001", world.Channel.Messages[^1].Text, StringComparison.Ordinal);
    }
}
