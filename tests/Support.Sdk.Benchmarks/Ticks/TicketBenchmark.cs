using System.Globalization;
using Spectre.Console;
using static Support.Sdk.Benchmarks.Ticks.TickRun;

namespace Support.Sdk.Benchmarks.Ticks;

/// <summary>
/// The sweep over tickets of which 100 are due, a customer's word on a ticket with three clocks, and a page of one agent's open tickets,
/// in tables of different sizes. Sizes and databases take turns within the run.
/// </summary>
internal static class TicketBenchmark
{
    private const double MostAtLargest = 1.5;

    public static Task<int> RunAsync(int largest) =>
        TickRun.RunAsync("support-tickets-", [Math.Max(largest / 100, DueTable.Least), largest], (size, database) => new TicketTable(size, database), Report);

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
                string[] goal = table == largest ? [$"at most {Text(MostAtLargest)} ×", Verdict(keeps)] : ["", ""];
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
}
