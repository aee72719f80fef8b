using System.Globalization;
using Spectre.Console;
using Support.Sdk.Benchmarks.Postgres;

namespace Support.Sdk.Benchmarks.Ticks;

/// <summary>
/// The sweep over tickets of which 100 are due, a customer's word on a ticket with three clocks, and a page of one agent's open tickets,
/// in tables of different sizes. Sizes and databases take turns within the run.
/// </summary>
internal static class TicketBenchmark
{
    private const double MostAtLargest = 1.5;

    public static async Task<int> RunAsync(int largest)
    {
        var folder = Directory.CreateTempSubdirectory("support-tickets-").FullName;
        await using var server = await BenchServer.StartAsync();
        var tables = new List<TicketTable>();
        try
        {
            foreach (var size in (int[])[Math.Max(largest / 100, TicketTable.Least), largest])
            {
                tables.Add(new TicketTable(size, new SqliteTicks(Path.Combine(folder, $"{size}.db"))));
                tables.Add(new TicketTable(size, new PostgresTicks(await server.CreateAsync())));
            }

            foreach (var table in tables)
            {
                await table.FillAsync();
            }

            for (var tick = 0; tick < TicketTable.Ticks; tick++)
            {
                foreach (var table in tables)
                {
                    await table.TickAsync();
                }
            }

            var isMet = Report(tables);
            AnsiConsole.MarkupLine($"[grey]Medians of {TicketTable.Ticks} ticks. {Markup.Escape(await server.DescribeAsync())}[/]");
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

    private static bool Report(List<TicketTable> tables)
    {
        var report = new Table().AddColumns(
            "database",
            "open tickets",
            "sweep of 100, ms",
            "against the smallest",
            "must",
            "",
            "a word, ms",
            "a page of 50, ms"
        );
        var isMet = true;
        foreach (var group in tables.GroupBy(table => table.Database, StringComparer.Ordinal))
        {
            var (smallest, largest) = (group.First(), group.Last());
            foreach (var table in group)
            {
                var growth = table.Sweep / smallest.Sweep;
                var keeps = growth <= MostAtLargest;
                isMet &= table != largest || keeps;
                string[] goal = table == largest ? [$"at most {Text(MostAtLargest)} ×", keeps ? "[green]PASS[/]" : "[red]MISSED[/]"] : ["", ""];
                report.AddRow([
                    table.Database,
                    table.Size.ToString("N0", CultureInfo.InvariantCulture),
                    Text(table.Sweep),
                    $"{Text(growth)} ×",
                    .. goal,
                    Text(table.Word),
                    Text(table.Page),
                ]);
            }
        }

        AnsiConsole.Write(report);
        return isMet;
    }

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
