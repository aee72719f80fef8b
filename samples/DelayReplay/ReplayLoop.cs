using System.Globalization;
using DelayReplay.Orders;
using Support.Sdk.Orders;

namespace DelayReplay;

/// <summary>How far the replay is, for people who watch.</summary>
internal sealed record ReplayProgress(long Done, long Total, DateTimeOffset Now);

/// <summary>Moves the clock from event to event and to every due moment, and lets the engine work at each.</summary>
internal sealed class ReplayLoop(ReplayEngine engine, OrderBook book, string zone, Func<TimeSpan> elapsed)
{
    private const int BatchSize = 1000;
    private const int MaxRounds = 1000;
    private static readonly TimeSpan Afterwards = TimeSpan.FromDays(30);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    /// <summary>Runs to the end: until 30 days after the last event, or until nothing is due any more.</summary>
    /// <param name="tell">Hears how far it is.</param>
    /// <param name="cancellationToken">Stops between two moments; a later run goes on from there.</param>
    public async Task RunAsync(Action<ReplayProgress> tell, CancellationToken cancellationToken)
    {
        var start = (await book.PositionAsync(cancellationToken))?.Position;
        var total = await book.CountAsync("SELECT COUNT(*) FROM events", cancellationToken);
        var end = await EndAsync(cancellationToken);
        var events = new EventReader(book, start);
        var done = start is { } from ? await DoneAsync(from, cancellationToken) : 0;
        var now = start?.At ?? DateTimeOffset.UnixEpoch;
        engine.Clock.Set(now);
        DateTimeOffset? last = null;
        while (await NextAsync(events, now, last, cancellationToken) is { } next && next <= end)
        {
            (now, last) = (next, next);
            engine.Clock.Set(now);
            done += await AtAsync(events, now, cancellationToken);
            tell(new ReplayProgress(done, total, now));
        }
    }

    private async Task<DateTimeOffset?> NextAsync(EventReader events, DateTimeOffset now, DateTimeOffset? last, CancellationToken cancellationToken)
    {
        var news = (await events.PeekAsync(cancellationToken))?.At;
        var due = await engine.Runner.NextDueAsync(cancellationToken);
        if (due <= now)
        {
            // What is still due where everything has been done waits for something that the clock does not bring; time goes on.
            due = last == now ? now + Step : now;
        }

        return news is null || due < news ? due : news;
    }

    private async Task<int> AtAsync(EventReader events, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var told = 0;
        while (await events.PeekAsync(cancellationToken) is { } first && first.At == now)
        {
            told += await StepAsync(events, new Position(now, first.Step), cancellationToken);
        }

        if (told == 0)
        {
            await MoveAsync(new Position(now, Orders.Step.Delivered), cancellationToken);
            await SettleAsync(now, cancellationToken);
        }

        return told;
    }

    // One step at a time: an order that is placed and shipped within the same minute was placed first.
    private async Task<int> StepAsync(EventReader events, Position position, CancellationToken cancellationToken)
    {
        await MoveAsync(position, cancellationToken);
        var told = 0;
        var batch = new List<OrderSnapshot>();
        while (await events.PeekAsync(cancellationToken) is { } next && next.At == position.At && next.Step == position.Step)
        {
            batch.Add(OrderView.Event(next.Row, position, zone));
            events.Take();
            told++;
            if (batch.Count == BatchSize)
            {
                await engine.Intake.AcceptAsync(batch, cancellationToken);
                batch.Clear();
            }
        }

        await engine.Intake.AcceptAsync(batch, cancellationToken);
        await SettleAsync(position.At, cancellationToken);
        return told;
    }

    private async Task MoveAsync(Position position, CancellationToken cancellationToken)
    {
        await book.WriteAsync(position, elapsed(), cancellationToken);
        engine.Source.Position = position;
    }

    // A sweep ends when nothing is due; only a message that did not get through can make something due again.
    private async Task SettleAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            await engine.Runner.SweepAsync(cancellationToken);
            if (await engine.Runner.DeliverAsync(cancellationToken) == 0)
            {
                return;
            }
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The engine does not come to rest at {now:O}."));
    }

    private async Task<DateTimeOffset> EndAsync(CancellationToken cancellationToken)
    {
        var last = await book.QueryAsync("SELECT MAX(at) FROM events", reader => BookRows.Time(reader, 0), cancellationToken);
        return last[0] + Afterwards;
    }

    private Task<long> DoneAsync(Position position, CancellationToken cancellationToken) =>
        book.CountAsync(
            "SELECT COUNT(*) FROM events WHERE (at, step) < (@at, @step)",
            cancellationToken,
            ("@at", position.At.ToMicros()),
            ("@step", (long)position.Step)
        );

    /// <summary>Reads the events page by page, from a position on.</summary>
    private sealed class EventReader(OrderBook book, Position? start)
    {
        private List<BookEvent> _page = [];
        private int _next;
        private BookEvent? _last;
        private bool _ended;

        public async ValueTask<BookEvent?> PeekAsync(CancellationToken cancellationToken)
        {
            if (_next == _page.Count && !_ended)
            {
                _page = _last is { } last
                    ? await book.AfterAsync(last.At, last.Step, last.Number, cancellationToken)
                    : await book.AfterAsync(start?.At ?? DateTimeOffset.MinValue, start?.Step ?? Orders.Step.Placed, number: 0, cancellationToken);
                _next = 0;
                _ended = _page.Count == 0;
            }

            return _next < _page.Count ? _page[_next] : null;
        }

        public void Take() => _last = _page[_next++];
    }
}
