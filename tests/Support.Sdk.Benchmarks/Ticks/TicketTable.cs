using System.Diagnostics;
using Support.Sdk.Benchmarks.Comparisons;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Support.Sdk.Benchmarks.Ticks;

/// <summary>Open tickets with three clocks each, of which one hundred break a promise every minute, and the engine that watches them.</summary>
internal sealed class TicketTable(int size, ITickDatabase database) : DueTable(size, database, Shop, Start)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly List<double> _sweeps = [];
    private readonly List<double> _words = [];
    private readonly List<double> _pages = [];

    /// <summary>The sweep over one hundred tickets that are due, in milliseconds.</summary>
    public double Sweep => Turns.Median(_sweeps);

    /// <summary>A customer's word on a ticket with three clocks, from the inbox to the acknowledgement, in milliseconds.</summary>
    public double Word => Turns.Median(_words);

    /// <summary>A page of 50 of one agent's open tickets, in milliseconds.</summary>
    public double Page => Turns.Median(_pages);

    private static Shop Shop { get; } =
        new()
        {
            Id = "main",
            Staff = new ContactPoint("email", "staff@example.com"),
            Brand = new Brand { Name = "Bench", EmailFrom = "bench@example.com" },
            Tickets = new TicketRules
            {
                Policies =
                [
                    new SlaPolicy
                    {
                        Name = "all",
                        Targets =
                        [
                            Target(SlaMetric.FirstResponse, TimeSpan.FromHours(4)),
                            Target(SlaMetric.NextResponse, TimeSpan.FromHours(8)),
                            Target(SlaMetric.PeriodicUpdate, TimeSpan.FromDays(3)),
                            Target(SlaMetric.Resolution, TimeSpan.FromDays(30)),
                        ],
                        Warnings = [new SlaWarning { Metric = SlaMetric.NextResponse }],
                    },
                ],
            },
        };

    public override async Task TickAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        var runner = Get<ISupportRunner>();
        var watch = Stopwatch.StartNew();
        var done = await runner.SweepAsync();
        _sweeps.Add(watch.Elapsed.TotalMilliseconds);
        Check(done, "tickets");
        await WriteAsync(runner);
        watch.Restart();
        var page = await Get<ITicketStore>()
            .ListAsync(
                new TicketQuery
                {
                    Shop = "main",
                    OnlyOpen = true,
                    Assignee = "agent-7",
                }
            );
        _pages.Add(watch.Elapsed.TotalMilliseconds);
        if (page.Count is 0 or > 50)
        {
            throw new InvalidOperationException($"A page has {page.Count} tickets.");
        }

        await runner.DeliverAsync();
    }

    protected override async Task SaveAsync(int from, int count)
    {
        var store = Get<ITicketStore>();
        var first = await store.TakeNumbersAsync("main", count);
        await store.SaveAsync([.. Enumerable.Range(0, count).Select(index => Change(from + index, first + index))]);
    }

    // A ticket of which nothing else falls due.
    private async Task WriteAsync(ISupportRunner runner)
    {
        await Get<ISupportIntake>()
            .AcceptAsync([
                new InboundMessage
                {
                    ShopId = "main",
                    Channel = "email",
                    From = Address(Size),
                    Ticket = Size,
                    Text = "Any news?",
                    SentAt = Time.GetUtcNow(),
                },
            ]);
        var watch = Stopwatch.StartNew();
        await runner.SweepAsync();
        _words.Add(watch.Elapsed.TotalMilliseconds);
    }

    // The first ones break the next response, one hundred a minute; the others were heard later.
    private static TicketChange Change(int index, long number)
    {
        var tick = index / Due;
        var due = tick < Ticks ? Start.AddMinutes(tick + 1).AddMilliseconds(-1) : Start.AddHours(9).AddSeconds(index % 1_000_000);
        var draft = TicketDraft.Open(
            new Ticket
            {
                Key = new TicketKey("main", number),
                Subject = "Where is my order?",
                Channel = "email",
                Requester = new TicketRequester { Name = "Ada", ContactPoints = [Address(number)] },
                Assignee = $"agent-{index % 20}",
                OpenedAt = Start.AddDays(-2),
                ChangedAt = Start.AddDays(-2),
                OpenedBy = $"bench:{number}",
            },
            Shop,
            Start.AddDays(-2)
        );
        draft.Hear(Said(number, Start.AddDays(-2)));
        draft.Reply(new TicketReply { Text = "We look into it.", Status = TicketStatus.Open }, "bo", "email", deliveryId: null);
        var opened = draft.Finish();
        var again = TicketDraft.Of(opened.Ticket, Shop, due.AddHours(-8));
        again.Hear(Said(number, due.AddHours(-8)));
        var heard = again.Finish();
        return heard with { Entries = [.. opened.Entries, .. heard.Entries] };
    }

    private static InboundMessage Said(long number, DateTimeOffset at) =>
        new()
        {
            ShopId = "main",
            Channel = "email",
            From = Address(number),
            Text = "Where is it?",
            SentAt = at,
        };

    private static ContactPoint Address(long number) => new("email", $"{number}@example.com");

    private static SlaTarget Target(SlaMetric metric, TimeSpan within) =>
        new()
        {
            Metric = metric,
            Within = within,
            Counts = SlaTime.Always,
        };
}
