using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Whether arrivals are recorded: the engine's own answer, which a store's orders are judged by.</summary>
internal static class Arrivals
{
    public static bool AreRecorded(Observed observed, long shipped, long delivered)
    {
        var shop = new Shop
        {
            RecordsDeliveries = observed switch
            {
                Observed.Yes => true,
                Observed.No => false,
                _ => null,
            },
        };
        return OrderClocks.ObservesArrival(
            new ShopView(
                shop,
                new ShopState
                {
                    Shop = "",
                    Shipped = shipped,
                    Delivered = delivered,
                }
            )
        );
    }
}
