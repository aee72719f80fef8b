using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>Recognises a rate of delay notices that is more likely a mistake than the truth.</summary>
internal static class StormBrake
{
    private const int Times = 5;
    private const int Days = 28;

    /// <summary>Tells whether a day with so many delay notices is abnormal for the shop.</summary>
    public static bool IsStorm(ShopView shop, DateOnly today, int noticesToday)
    {
        if (noticesToday <= shop.Shop.StormFloor)
        {
            return false;
        }

        var past = shop.State.DelayNoticesByDay.Where(day => day.Key < today && day.Key >= today.AddDays(-Days)).ToList();
        if (past.Count == 0)
        {
            return true;
        }

        // A young shop is measured by the days that it has.
        var days = today.DayNumber - past.Min(day => day.Key).DayNumber;
        return noticesToday > (double)Times * past.Sum(day => day.Value) / days;
    }
}
