using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Backtests;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Xunit;

namespace Support.Sdk.Tests.Backtests;

public sealed class BacktestTests
{
    private static async Task<BacktestReport> RunAsync(Shop shop, DateTimeOffset? until, params OrderSnapshot[] orders)
    {
        await using var services = new ServiceCollection().AddSupport().Services.BuildServiceProvider(validateScopes: true);
        return await services.GetRequiredService<ISupportBacktest>().RunAsync(shop, orders.ToAsyncEnumerable(), until);
    }

    private static Task<BacktestReport> RunAsync(params OrderSnapshot[] orders) => RunAsync(Given.Shop, null, orders);

    private static BacktestSignal Of(BacktestReport report, DelaySignalKind kind) => report.Signals.Single(signal => signal.Kind == kind);

    /// <summary>An order as a shop exports it months later.</summary>
    private static OrderSnapshot Past(string id, DateTimeOffset? deliveredAt, params TrackingEvent[] scans) =>
        Given.Snapshot(id, readAt: Given.Day(30).AddMonths(6)) with
        {
            UpdatedAt = Given.Day(30),
            Shipments = [Given.Parcel(shippedAt: Given.Day(3), deliveredAt: deliveredAt, scans: scans)],
        };

    [Fact]
    public async Task What_was_not_known_yet_is_not_used()
    {
        var report = await RunAsync(Past("late", Given.Day(16)), Past("in time", Given.Day(5)), Past("close", Given.Day(13)));

        Assert.Equal((3, 1, 1, 1), (report.Orders, report.Late, report.LateToldInTime, report.FalseAlarms));
        Assert.Equal(2.0, report.MedianLeadDays);
        Assert.Equal((2, 1, 2.0), (Of(report, DelaySignalKind.AtRisk).Orders, Of(report, DelaySignalKind.AtRisk).FalseAlarms, report.MedianLeadDays!.Value));
        Assert.Equal((1, 0.0), (Of(report, DelaySignalKind.PromiseMissed).Orders, Of(report, DelaySignalKind.PromiseMissed).MedianLeadDays!.Value));
    }

    [Fact]
    public async Task Messages_are_counted_by_kind_and_by_the_signal_that_led_them()
    {
        var report = await RunAsync(Past("late", Given.Day(20)));

        Assert.Equal(
            [(NoticeKinds.OrderAtRisk, 1L), (NoticeKinds.OrderDelayed, 1L), (NoticeKinds.OrderDelivered, 1L), (NoticeKinds.OrderShipped, 1L)],
            report.Notices.Select(notice => (notice.Key, notice.Value))
        );
        Assert.Equal(1, Of(report, DelaySignalKind.AtRisk).Notices[NoticeKinds.OrderAtRisk]);
        Assert.Equal(1, Of(report, DelaySignalKind.PromiseMissed).Notices[NoticeKinds.OrderDelayed]);
    }

    [Fact]
    public async Task Scans_carry_their_signals_from_the_moment_that_they_were_made()
    {
        var stalled = Past("stalled", Given.Day(12), Given.Scan(TrackingStatus.InTransit, Given.Day(3)), Given.Scan(TrackingStatus.Exception, Given.Day(11)));

        var report = await RunAsync(Given.Shop with { Tells = null, Country = "SE" }, null, stalled with { DestinationCountry = "SE" });

        Assert.Equal((1, 1), (Of(report, DelaySignalKind.Stalled).Orders, Of(report, DelaySignalKind.Exception).Orders));
        Assert.Equal(1, Of(report, DelaySignalKind.Stalled).Notices[NoticeKinds.ShopAlert]);
        Assert.Equal(1, report.Notices[NoticeKinds.OrderException]);
        Assert.All(report.Signals.Where(signal => signal.Orders > 0), signal => Assert.Null(signal.Missing));
    }

    [Theory]
    [InlineData(DelaySignalKind.ShipByMissed, "No order has a date to ship by.")]
    [InlineData(DelaySignalKind.HandlingTimeExceeded, "Set HandlingDays")]
    [InlineData(DelaySignalKind.Stalled, "No parcel has a scan.")]
    [InlineData(DelaySignalKind.LabelWithoutScan, "Shop.RecordsScans")]
    [InlineData(DelaySignalKind.AttemptFailed, "No parcel has a scan.")]
    [InlineData(DelaySignalKind.OnHold, "since when it is held back")]
    [InlineData(DelaySignalKind.AtRisk, null)]
    [InlineData(DelaySignalKind.NoNews, null)]
    public async Task What_the_data_lacks_is_said(DelaySignalKind kind, string? missing)
    {
        var signal = Of(await RunAsync(Past("in time", Given.Day(5))), kind);

        Assert.Equal(0, signal.Orders);
        Assert.Equal(missing is not null, signal.Missing is not null);
        Assert.Contains(missing ?? "", signal.Missing ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_arrivals_or_promises_the_report_says_which_is_missing()
    {
        var unrecorded = await RunAsync(Given.Shop with { RecordsDeliveries = null }, null, Past("open", null));
        var unpromised = await RunAsync(Past("open", Given.Day(5)) with { Promise = null });

        Assert.Contains("Arrivals are not recorded.", Of(unrecorded, DelaySignalKind.PromiseMissed).Missing, StringComparison.Ordinal);
        Assert.Contains("No order has a date to arrive by.", Of(unpromised, DelaySignalKind.AtRisk).Missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whether_arrivals_are_recorded_is_learned_from_the_orders_before()
    {
        var shop = Given.Shop with { RecordsDeliveries = null };
        var before = Enumerable.Range(0, 20).Select(n => Past($"{n}", Given.Day(5)));

        Assert.Equal(0, Of(await RunAsync(shop, null, [.. before.Take(19), Past("late", Given.Day(16))]), DelaySignalKind.AtRisk).Orders);
        Assert.Equal(1, Of(await RunAsync(shop, null, [.. before, Past("late", Given.Day(16))]), DelaySignalKind.AtRisk).Orders);
    }

    [Fact]
    public async Task Nothing_is_judged_after_the_data_was_read()
    {
        var lost = Past("lost", null);

        Assert.Equal(0, Of(await RunAsync(Given.Shop, Given.PromiseEnds.AddTicks(-1), lost), DelaySignalKind.PromiseMissed).Orders);
        Assert.Equal(1, Of(await RunAsync(Given.Shop, Given.PromiseEnds, lost), DelaySignalKind.PromiseMissed).Orders);
        var forever = await RunAsync(Given.Shop, null, lost);
        Assert.Equal((1, 0, 0), (forever.Orders, forever.Late, forever.FalseAlarms));
        Assert.Equal(5, forever.Notices[NoticeKinds.OrderDelayed]);
    }

    [Fact]
    public async Task A_cancelled_order_tells_nothing_from_then_on_and_is_left_out_when_nobody_says_when()
    {
        var cancelled = Past("cancelled", null) with { Status = OrderStatus.Cancelled, UpdatedAt = Given.Day(8), Shipments = [] };

        var report = await RunAsync(cancelled, cancelled with { Key = new OrderKey("main", "when"), UpdatedAt = null });

        Assert.Equal((1, 1), (report.Orders, report.LeftOut));
        Assert.Empty(report.Notices);
    }

    [Fact]
    public async Task An_order_on_hold_is_held_from_the_moment_that_it_names()
    {
        var held = Past("held", null) with { Status = OrderStatus.OnHold, HeldSince = Given.Day(4), Shipments = [] };

        Assert.Equal(1, Of(await RunAsync(held), DelaySignalKind.OnHold).Orders);
    }

    [Fact]
    public async Task Alerts_are_counted_even_where_nobody_is_named_yet_and_no_message_is_held_for_approval()
    {
        var report = await RunAsync(Given.Shop with { HoldFirst = 100 }, null, Past("lost", null));

        Assert.Equal(1, report.Notices[NoticeKinds.ShopAlert]);
        Assert.Equal(1, Of(report, DelaySignalKind.NoNews).Notices[NoticeKinds.ShopAlert]);
    }

    [Fact]
    public async Task Impossible_settings_and_orders_are_named()
    {
        var settings = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(Given.Shop with { TimeZone = "Mars/Olympus" }, null));
        var order = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            RunAsync(Past("broken", null) with { Promise = new PromiseWindow { DeliverBy = new PromiseDate() } })
        );

        Assert.Contains("Mars/Olympus", settings.Message, StringComparison.Ordinal);
        Assert.Contains("main/broken", order.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_can_be_watched_and_stopped()
    {
        await using var services = new ServiceCollection().AddSupport().Services.BuildServiceProvider();
        var progress = new Counts();
        using var stop = new CancellationTokenSource();
        progress.After = count =>
        {
            if (count == 200)
            {
                stop.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            services
                .GetRequiredService<ISupportBacktest>()
                .RunAsync(Given.Shop, Endless().ToAsyncEnumerable(), progress: progress, cancellationToken: stop.Token)
        );

        Assert.Equal([100, 200], progress.Seen);

        static IEnumerable<OrderSnapshot> Endless()
        {
            while (true)
            {
                yield return Past("again", Given.Day(5));
            }
        }
    }

    private sealed class Counts : IProgress<long>
    {
        public List<long> Seen { get; } = [];

        public Action<long> After { get; set; } = _ => { };

        public void Report(long value)
        {
            Seen.Add(value);
            After(value);
        }
    }
}
