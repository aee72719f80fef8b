using System.Globalization;
using Spectre.Console;
using Support.Sdk.Backtests;

namespace DelayReplay.Figures;

/// <summary>Prints what a backtest found.</summary>
internal static class BacktestTable
{
    public static void Print(IAnsiConsole console, BacktestReport report)
    {
        console.Say($"{report.Orders:N0} orders; {report.Late:N0} arrived late.");
        console.Say(
            $"Told of a delay in time: {report.LateToldInTime:N0} of the late ones, {Days(report.MedianLeadDays)} days before the promise ended (median)."
        );
        console.Say($"Told of a delay and in time all the same: {report.FalseAlarms:N0}.");
        console.Say($"Messages: {Notices(report.Notices)}.");
        var table = new Table().AddColumns("signal", "orders", "led messages", "days before the promise", "in time all the same");
        foreach (var signal in report.Signals.Where(signal => signal.Missing is null))
        {
            table.AddRow(
                $"{signal.Kind}",
                Count(signal.Orders),
                Markup.Escape(Notices(signal.Notices)),
                Days(signal.MedianLeadDays),
                Count(signal.FalseAlarms)
            );
        }

        console.Write(table);
        foreach (var signal in report.Signals.Where(signal => signal.Missing is not null))
        {
            console.Say($"{signal.Kind}: {signal.Missing}");
        }
    }

    private static string Notices(IReadOnlyDictionary<string, long> notices) =>
        notices.Count == 0 ? "none" : string.Join(", ", notices.Select(notice => $"{notice.Key} {Count(notice.Value)}"));

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Days(double? days) => days is { } known ? known.ToString("0.0", CultureInfo.InvariantCulture) : "-";
}
