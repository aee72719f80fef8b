namespace Support.Sdk.Backtests;

/// <summary>The median of times, counted by the hour so that it takes no more room however many there are.</summary>
internal sealed class LeadTimes
{
    private const int MostHours = 24 * 365;
    private readonly SortedDictionary<int, long> _byHour = [];

    public void Add(TimeSpan time)
    {
        var hour = (int)Math.Clamp(Math.Floor(time.TotalHours), -MostHours, MostHours);
        _byHour[hour] = _byHour.GetValueOrDefault(hour) + 1;
    }

    /// <summary>The lower median in days, or null without any.</summary>
    public double? MedianDays
    {
        get
        {
            var half = (_byHour.Values.Sum() + 1) / 2;
            foreach (var (hour, count) in _byHour)
            {
                half -= count;
                if (half <= 0)
                {
                    return hour / 24.0;
                }
            }

            return null;
        }
    }
}
