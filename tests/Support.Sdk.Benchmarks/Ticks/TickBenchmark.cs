using System.Globalization;
using Spectre.Console;
using static Support.Sdk.Benchmarks.Ticks.TickRun;

namespace Support.Sdk.Benchmarks.Ticks;

/// <summary>
/// One tick, 100 orders due, in tables of different sizes: the whole of sweep and outbox, safe from a power cut. And what finding
/// the due orders costs, by the alarm clock's index and by looking at every order. Sizes and databases take turns within the run.
/// </summary>
internal static class TickBenchmark
{
    public const int Largest = 1_000_000;
    private const double MostAtLargest = 1.5;
    private const double LeastAgainstScan = 100;

    public static Task<int> RunAsync(int largest) =>
        TickRun.RunAsync(
            "support-tick-",
            [Math.Max(largest / 100, DueTable.Least), largest / 10, largest],
            (size, database) => new TickTable(size, database),
            Report
        );

    private static bool Report(List<TickTable> tables)
    {
        var ticks = new Table().AddColumns("database", "open orders", "tick, ms", "against the smallest", "must", "");
        var finding = new Table().AddColumns("database", "open orders", "next due, ms", "claim of 100, ms", "full scan, ms", "scan against both", "must", "");
        var isMet = true;
        foreach (var group in tables.GroupBy(table => table.Database, StringComparer.Ordinal))
        {
            var (smallest, largest) = (group.First(), group.Last());
            foreach (var table in group)
            {
                var growth = table.Tick / smallest.Tick;
                var gain = table.Scan / (table.NextDue + table.Claim);
                var (keeps, gains) = (growth <= MostAtLargest, gain >= LeastAgainstScan);
                isMet &= table != largest || (keeps && gains);
                string[] ofTick = table == largest ? [$"at most {Text(MostAtLargest)} ×", Verdict(keeps)] : ["", ""];
                string[] ofGain = table == largest ? [$"{LeastAgainstScan} ×", Verdict(gains)] : ["", ""];
                ticks.AddRow([table.Database, table.Size.ToString("N0", CultureInfo.InvariantCulture), Text(table.Tick), $"{Text(growth)} ×", .. ofTick]);
                finding.AddRow([
                    table.Database,
                    table.Size.ToString("N0", CultureInfo.InvariantCulture),
                    Text(table.NextDue),
                    Text(table.Claim),
                    Text(table.Scan),
                    $"{Text(gain)} ×",
                    .. ofGain,
                ]);
            }
        }

        AnsiConsole.Write(ticks);
        AnsiConsole.Write(finding);
        return isMet;
    }
}
