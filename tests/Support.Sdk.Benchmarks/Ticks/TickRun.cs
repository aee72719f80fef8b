using System.Globalization;
using Spectre.Console;
using Support.Sdk.Benchmarks.Postgres;

namespace Support.Sdk.Benchmarks.Ticks;

/// <summary>Fills tables of different sizes in both databases, and lets them take turns, tick by tick.</summary>
internal static class TickRun
{
    public static async Task<int> RunAsync<T>(string prefix, int[] sizes, Func<int, ITickDatabase, T> make, Func<List<T>, bool> report)
        where T : DueTable
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        await using var server = await BenchServer.StartAsync();
        var tables = new List<T>();
        try
        {
            foreach (var size in sizes)
            {
                tables.Add(make(size, new SqliteTicks(Path.Combine(folder, $"{size}.db"))));
                tables.Add(make(size, new PostgresTicks(await server.CreateAsync())));
            }

            foreach (var table in tables)
            {
                await table.FillAsync();
            }

            for (var tick = 0; tick < DueTable.Ticks; tick++)
            {
                foreach (var table in tables)
                {
                    await table.TickAsync();
                }
            }

            var isMet = report(tables);
            AnsiConsole.MarkupLine($"[grey]Medians of {DueTable.Ticks} ticks. {Markup.Escape(await server.DescribeAsync())}[/]");
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

    public static string Verdict(bool isMet) => isMet ? "[green]PASS[/]" : "[red]MISSED[/]";

    public static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
