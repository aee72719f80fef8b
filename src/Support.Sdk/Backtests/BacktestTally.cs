using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Backtests;

/// <summary>Counts what came of the orders, in as much room as there are signals and kinds.</summary>
internal sealed class BacktestTally(Shop shop)
{
    private readonly Dictionary<DelaySignalKind, SignalTally> _signals = Enum.GetValues<DelaySignalKind>().ToDictionary(kind => kind, _ => new SignalTally());
    private readonly SortedDictionary<string, long> _notices = new(StringComparer.Ordinal);
    private readonly LeadTimes _leads = new();
    private readonly DataCoverage _coverage = new(shop);
    private long _late;
    private long _toldInTime;
    private long _falseAlarms;
    private long _shipped;
    private long _delivered;

    public long Orders { get; private set; }

    public long LeftOut { get; set; }

    /// <summary>What the shop would have learned by now.</summary>
    public ShopState State =>
        new()
        {
            Shop = shop.Id,
            Shipped = _shipped,
            Delivered = _delivered,
        };

    public void Add(OrderSnapshot order, PlayedOrder played)
    {
        Orders++;
        _shipped += played.Shipped;
        _delivered += played.Delivered;
        _late += played.IsLate ? 1 : 0;
        _coverage.Add(order, played);
        AddSignals(played);
        foreach (var notice in played.Notices)
        {
            Count(_notices, notice.Kind);
            if (notice.Lead is { } lead)
            {
                Count(_signals[lead].Notices, notice.Kind);
            }
        }

        if (played.Notices.FirstOrDefault(notice => NoticeKinds.Delays.Contains(notice.Kind, StringComparer.Ordinal)) is { } told)
        {
            AddTold(played, told);
        }
    }

    public BacktestReport Report() =>
        new()
        {
            Orders = Orders,
            LeftOut = LeftOut,
            Late = _late,
            LateToldInTime = _toldInTime,
            FalseAlarms = _falseAlarms,
            MedianLeadDays = _leads.MedianDays,
            Notices = _notices,
            Signals = [.. _signals.OrderByDescending(signal => signal.Key).Select(signal => Report(signal.Key, signal.Value))],
        };

    private BacktestSignal Report(DelaySignalKind kind, SignalTally tally) =>
        new()
        {
            Kind = kind,
            // What was raised is carried, whatever else is missing.
            Missing = tally.Orders > 0 ? null : _coverage.Missing(kind, State),
            Orders = tally.Orders,
            Notices = tally.Notices,
            MedianLeadDays = tally.Leads.MedianDays,
            FalseAlarms = tally.FalseAlarms,
        };

    private void AddSignals(PlayedOrder played)
    {
        foreach (var (kind, at) in played.Raised)
        {
            var tally = _signals[kind];
            tally.Orders++;
            tally.FalseAlarms += played.IsInTime ? 1 : 0;
            if (played is { IsLate: true, PromiseEnd: { } end })
            {
                tally.Leads.Add(end - at);
            }
        }
    }

    private void AddTold(PlayedOrder played, PlayedNotice told)
    {
        _falseAlarms += played.IsInTime ? 1 : 0;
        if (played is { IsLate: true, PromiseEnd: { } end })
        {
            _toldInTime += told.At < end ? 1 : 0;
            _leads.Add(end - told.At);
        }
    }

    private static void Count(SortedDictionary<string, long> counts, string kind) => counts[kind] = counts.GetValueOrDefault(kind) + 1;

    private sealed class SignalTally
    {
        public long Orders { get; set; }

        public long FalseAlarms { get; set; }

        public LeadTimes Leads { get; } = new();

        public SortedDictionary<string, long> Notices { get; } = new(StringComparer.Ordinal);
    }
}
