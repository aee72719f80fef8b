using System.CommandLine;
using DelayReplay.Orders;
using Spectre.Console;

namespace DelayReplay;

/// <summary>The command line. Ends with 0 when it worked, 1 when it did not, 2 when what it was given cannot be used.</summary>
internal static class ReplayCommand
{
    private const int Stopped = 1;
    private const int BadInput = 2;
    private const int Width = 110;

    private static readonly Argument<string?> Orders = new("orders.csv")
    {
        Description =
            $"A CSV file with a header. Columns: {string.Join(", ", OrderCsv.Required)}; optional: {string.Join(", ", OrderCsv.Optional)}. "
            + "Default: the file that comes with the sample.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Database = new("--database")
    {
        Description = "The database. A run without --resume begins a new one.",
        DefaultValueFactory = _ => "replay.db",
    };

    private static readonly Option<string?> Postgres = new("--postgres")
    {
        Description =
            "The connection string of a PostgreSQL database. The engine then works in its schema delay_replay, which is made anew; "
            + "the replay's own notes stay beside --database.",
    };

    private static readonly Option<string> Mail = new("--mail") { Description = "The folder that mails are written to.", DefaultValueFactory = _ => "mails" };

    private static readonly Option<string> Report = new("--report") { Description = "The report, one HTML file.", DefaultValueFactory = _ => "replay.html" };

    private static readonly Option<string?> Json = new("--json")
    {
        Description =
            "The figures as JSON. revised_dates_kept counts orders that arrived by the last new date they were told; "
            + "held, suppressed, superseded and failed count messages in those states.",
    };

    private static readonly Option<string> Zone = new("--time-zone")
    {
        Description = "The zone (IANA) of times without an offset, and of promised dates, which end at its next midnight.",
        DefaultValueFactory = _ => "UTC",
    };

    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on where a run that was stopped left off." };

    private static readonly Option<bool> SkipBad = new("--skip-bad") { Description = "Leave out rows that cannot be used, instead of stopping." };

    private static readonly Option<string?> Order = new("--order")
    {
        Description = "Tell one order's story, with its decisions and mails; from the database when there is one, else after a replay.",
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, CancellationToken cancellationToken)
    {
        var console = Open(output);
        var root = new RootCommand("Replays a file of orders against a moving clock: who was told what, when, and was it right.")
        {
            Orders,
            Database,
            Postgres,
            Mail,
            Report,
            Json,
            Zone,
            Resume,
            SkipBad,
            Order,
        };
        root.SetAction((parsed, token) => ReplayAsync(parsed, console, token));
        root.Subcommands.Add(GenerateCommand.Create());
        root.Subcommands.Add(BacktestCommand.Create(console));
        var result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                console.Say(error.Message);
            }

            console.Say("Ask for --help to see what can be said.");
            return BadInput;
        }

        return await result.InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, cancellationToken);
    }

    private static async Task<int> ReplayAsync(ParseResult parsed, IAnsiConsole console, CancellationToken cancellationToken)
    {
        try
        {
            return await new Replay(Settings(parsed), console).RunAsync(cancellationToken);
        }
        catch (BadInputException exception)
        {
            console.Say(exception.Message);
            return BadInput;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.Say("Stopped. The same command with --resume goes on from here.");
            return Stopped;
        }
    }

    private static ReplaySettings Settings(ParseResult parsed)
    {
        var zone = parsed.GetRequiredValue(Zone);
        return new ReplaySettings
        {
            Orders = parsed.GetValue(Orders) ?? Path.Combine(AppContext.BaseDirectory, "orders.csv"),
            Database = Required(parsed, Database),
            Postgres = parsed.GetValue(Postgres),
            Mail = Required(parsed, Mail),
            Report = Required(parsed, Report),
            Json = parsed.GetValue(Json),
            Zone = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
                ? found
                : throw new BadInputException($"--time-zone \"{zone}\" is not known. Use an IANA name such as Europe/Stockholm."),
            Resume = parsed.GetValue(Resume),
            SkipBad = parsed.GetValue(SkipBad),
            Order = parsed.GetValue(Order),
        };
    }

    private static string Required(ParseResult parsed, Option<string> option) =>
        parsed.GetRequiredValue(option) is { Length: > 0 } value
            ? value
            : throw new BadInputException($"{option.Name} is empty. Name a path, or leave it out.");

    private static IAnsiConsole Open(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            // A log file has no width of its own, and wrapped paths cannot be copied.
            console.Profile.Width = Math.Max(console.Profile.Width, Width);
        }

        return console;
    }
}
