using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>Judges an order's facts. A pure function: no clock, no I/O.</summary>
/// <remarks>Register your own before <c>AddSupport()</c> to replace the built-in one.</remarks>
public interface IDelayAssessor
{
    /// <summary>Judges <paramref name="order"/> as it stands at <paramref name="now"/>.</summary>
    /// <remarks>The order's <see cref="WatchedOrder.Snapshot"/> is not null here. Facts dated after <paramref name="now"/> have not happened yet.</remarks>
    DelayAssessment Assess(WatchedOrder order, ShopView shop, DateTimeOffset now);
}
