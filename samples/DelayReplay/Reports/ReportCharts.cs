using System.Globalization;
using DelayReplay.Figures;
using Support.Sdk.Orders;

namespace DelayReplay.Reports;

/// <summary>The charts of the report.</summary>
internal static class ReportCharts
{
    private const double BinDays = 0.25;
    private const int BinsADay = 4;
    private const int MaxBins = 40;
    private const int MaxTicks = 14;
    private const int DaysAWeek = 7;

    public static BarChart Lead(IReadOnlyList<double> leads)
    {
        var bins = leads.Count == 0 ? 0 : Math.Min(MaxBins, Math.Max(BinsADay * 2, (int)(leads[^1] / BinDays) + 1));
        var counts = new long[bins];
        foreach (var lead in leads)
        {
            counts[Math.Min(bins - 1, (int)(lead / BinDays))]++;
        }

        return new BarChart
        {
            Id = "lead",
            Title = "How early late orders were told",
            Description = "Days from the first delay mail to the end of the promised day, for late orders told before it. Further right is better.",
            XLabel = "days before the end of the promise",
            YLabel = "late orders",
            Bars = [.. Enumerable.Range(0, bins).Select(LeadBar)],
            Series = [new BarSeries("late orders", "hit", counts)],
        };
    }

    public static BarChart Notices(IReadOnlyList<(DateOnly Week, string Kind, long Count)> notices)
    {
        var weeks = Weeks([.. notices.Select(notice => notice.Week)]);
        var styles = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [NoticeKinds.OrderDelivered] = "delivered",
            [NoticeKinds.OrderShipped] = "shipped",
            [NoticeKinds.OrderAtRisk] = "risk",
            [NoticeKinds.OrderDelayed] = "delayed",
        };
        return new BarChart
        {
            Id = "notices",
            Title = "Mails a week",
            Description = "Every mail that went out, by its kind.",
            XLabel = "week",
            YLabel = "mails",
            Bars = WeekBars(weeks),
            Series =
            [
                .. styles.Select(style => new BarSeries(
                    style.Key,
                    style.Value,
                    Count(
                        weeks,
                        notices.Where(notice => string.Equals(notice.Kind, style.Key, StringComparison.Ordinal)).Select(notice => (notice.Week, notice.Count))
                    )
                )),
            ],
        };
    }

    public static BarChart Alarms(IReadOnlyList<(DateOnly Week, bool Late, long Count)> alarms)
    {
        var weeks = Weeks([.. alarms.Select(alarm => alarm.Week)]);
        return new BarChart
        {
            Id = "alarms",
            Title = "Right and false alarms a week",
            Description = "Orders told of a possible delay before the promised day ended: those that became late, and those that arrived in time after all.",
            XLabel = "week",
            YLabel = "orders told",
            Bars = WeekBars(weeks),
            Series =
            [
                new BarSeries("became late", "hit", Count(weeks, alarms.Where(alarm => alarm.Late).Select(alarm => (alarm.Week, alarm.Count)))),
                new BarSeries(
                    "arrived in time (false alarm)",
                    "false",
                    Count(weeks, alarms.Where(alarm => !alarm.Late).Select(alarm => (alarm.Week, alarm.Count)))
                ),
            ],
        };
    }

    private static Bar LeadBar(int bin)
    {
        var from = (bin * BinDays).ToString("0.##", CultureInfo.InvariantCulture);
        var to = ((bin + 1) * BinDays).ToString("0.##", CultureInfo.InvariantCulture);
        return new Bar(bin == MaxBins - 1 ? $"{from} days and more" : $"{from} to {to} days", $"{from}–{to}");
    }

    private static List<DateOnly> Weeks(IReadOnlyCollection<DateOnly> seen)
    {
        var weeks = new List<DateOnly>();
        if (seen.Count > 0)
        {
            for (var week = seen.Min(); week <= seen.Max(); week = week.AddDays(DaysAWeek))
            {
                weeks.Add(week);
            }
        }

        return weeks;
    }

    private static List<Bar> WeekBars(List<DateOnly> weeks)
    {
        var every = (weeks.Count + MaxTicks - 1) / MaxTicks;
        return
        [
            .. weeks.Select(
                (week, index) =>
                    new Bar(
                        "Week of " + week.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
                        index % every == 0 ? week.ToString("d MMM yy", CultureInfo.InvariantCulture) : null
                    )
            ),
        ];
    }

    private static long[] Count(List<DateOnly> weeks, IEnumerable<(DateOnly Week, long Count)> counted)
    {
        var counts = new long[weeks.Count];
        foreach (var (week, count) in counted)
        {
            counts[(week.DayNumber - weeks[0].DayNumber) / DaysAWeek] += count;
        }

        return counts;
    }
}
