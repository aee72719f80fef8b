using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>A notice in which every value and every list is filled, to learn from it what a template can ask for.</summary>
internal static class SampleRequest
{
    public static readonly DateTimeOffset Now = new(2026, 1, 8, 12, 0, 0, TimeSpan.Zero);

    public static ComposeRequest Full
    {
        get
        {
            var item = new OrderItem { Name = "Item" };
            var parcel = new Shipment
            {
                Id = "1",
                Carrier = "Carrier",
                ShippedAt = Now,
                Items = [item],
            };
            var signal = new DelaySignal
            {
                Kind = DelaySignalKind.CarrierDelay,
                Since = Now,
                ShipmentId = parcel.Id,
                Cause = "Cause",
            };
            var order = Order(item, parcel);
            return new ComposeRequest
            {
                Order = order,
                PastOrders = [order],
                Assessment = new DelayAssessment { Verdict = DelayVerdict.Late },
                Shop = new ShopView(new Shop { Id = order.Key.Shop }, new ShopState { Shop = order.Key.Shop }),
                Proposal = new NoticeProposal
                {
                    Occasion = new Occasion(NoticeKinds.OrderDelayed),
                    Verdict = DecisionVerdict.Send,
                    Reason = "",
                    Signals = [signal],
                    Parcels = [parcel.Id],
                },
                DeliveryId = "1",
            };
        }
    }

    private static WatchedOrder Order(OrderItem item, Shipment parcel)
    {
        var key = new OrderKey("shop", "1");
        return new WatchedOrder
        {
            Key = key,
            FirstSeenAt = Now,
            Snapshot = new OrderSnapshot
            {
                Key = key,
                PlacedAt = Now,
                Items = [item],
                Shipments = [parcel],
            },
        };
    }
}
