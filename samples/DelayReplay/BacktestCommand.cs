using System.CommandLine;
using System.Runtime.CompilerServices;
using DelayReplay.Figures;
using DelayReplay.Orders;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Support.Sdk.Backtests;
using Support.Sdk.Orders;

namespace DelayReplay;

/// <summary>Plays the file through the judgement alone, without a database or a mail: what could each signal have said?</summary>
internal static class BacktestCommand
{
    private const int BadInput = 2;

    public static Command Create(IAnsiConsole console)
    {
        var file = new Argument<string>("orders.csv") { Description = "A CSV file as for a replay." };
        var zone = new Option<string>("--time-zone") { Description = "As for a replay.", DefaultValueFactory = _ => "UTC" };
        var command = new Command("backtest", "Tells which signals the orders can carry, and what each would have sent.") { file, zone };
        command.SetAction((parsed, token) => RunAsync(parsed.GetRequiredValue(file), parsed.GetRequiredValue(zone), console, token));
        return command;
    }

    private static async Task<int> RunAsync(string file, string zone, IAnsiConsole console, CancellationToken cancellationToken)
    {
        try
        {
            var found = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known)
                ? known
                : throw new BadInputException($"--time-zone \"{zone}\" is not known. Use an IANA name such as Europe/Stockholm.");
            BacktestTable.Print(console, await RunAsync(file, found, cancellationToken));
            return 0;
        }
        catch (BadInputException exception)
        {
            console.Say(exception.Message);
            return BadInput;
        }
    }

    /// <exception cref="BadInputException">The file cannot be used; the message says where and why.</exception>
    public static async Task<BacktestReport> RunAsync(string file, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddSupport().Services.BuildServiceProvider(validateScopes: true);
        var backtest = services.GetRequiredService<ISupportBacktest>();
        return await backtest.RunAsync(ReplayEngine.Shop(zone), OrdersAsync(file, zone, cancellationToken), cancellationToken: cancellationToken);
    }

    private static async IAsyncEnumerable<OrderSnapshot> OrdersAsync(
        string file,
        TimeZoneInfo zone,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // The end of time: the whole row is known. As in a replay, its status stays out, for nobody says since when it holds.
        var today = new Position(DateTimeOffset.MaxValue, Step.Delivered);
        await foreach (var line in new OrderCsv(file, zone).ReadAsync(cancellationToken))
        {
            if (line.Fault is { } fault)
            {
                throw new BadInputException(fault.ToString());
            }

            if (line.Row is { } row && OrderView.At(row, today, zone.Id) is { } order)
            {
                yield return order;
            }
        }
    }
}
