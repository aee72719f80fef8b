using System.Globalization;
using Spectre.Console;
using Support.Sdk.Benchmarks.Comparisons;
using Support.Sdk.Benchmarks.Postgres;

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

    public static async Task<int> RunAsync(int largest)
    {
        var folder = Directory.CreateTempSubdirectory("support-tick-").FullName;
        await using var server = await BenchServer.StartAsync();
        var tables = new List<TickTable>();
        try
        {
            foreach (var size in (int[])[Math.Max(largest / 100, TickTable.Least), largest / 10, largest])
            {
                tables.Add(new TickTable(size, new SqliteTicks(Path.Combine(folder, $"{size}.db"))));
                tables.Add(new TickTable(size, new PostgresTicks(await server.CreateAsync())));
            }

            foreach (var table in tables)
            {
                await table.FillAsync();
            }

            for (var tick = 0; tick < TickTable.Ticks; tick++)
            {
                foreach (var table in tables)
                {
                    await table.TickAsync();
                }
            }

            var isMet = Report(tables);
            AnsiConsole.MarkupLine($"[grey]Medians of {TickTable.Ticks} ticks. {Markup.Escape(await server.DescribeAsync())}[/]");
            return isMet ? 0 : 1;
        }
        finally
        {
            foreach (var table in tables)
            {
                await table.DisposeAsync();
            }

            Directory.Delete(folder, recursive: true);
        }
    }

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

    private static string Verdict(bool isMet) => isMet ? "[green]PASS[/]" : "[red]MISSED[/]";

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
