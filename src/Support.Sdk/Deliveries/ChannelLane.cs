using Support.Sdk.Sweep;

namespace Support.Sdk.Deliveries;

/// <summary>One channel in this process: how much of it may be under way, and what was claimed for it by whoever decided it.</summary>
/// <remarks>
/// What is under way is what a crash repeats, or leaves in doubt: everything that is claimed and not yet recorded. A message that is due at
/// once is claimed in the transaction that stores it and handed over here, while somebody delivers and nothing older waits: so it needs no
/// search. Only on an idempotent channel: elsewhere a crash before its turn would leave it in doubt.
/// </remarks>
internal sealed class ChannelLane(IChannel channel, EngineTimes times, TimeProvider time) : IDisposable
{
    /// <summary>How many messages one statement claims, or records, at most.</summary>
    public const int LargestBatch = 100;

    private const int LargestWindow = 200;
    private const int SmallestWindow = 16;

    // To deliver what is under way takes less, if the channel is quick at all; to find what was not claimed costs more than to wait.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly WakeUp _recorded = new(time);
    private readonly WakeUp _arrived = new(time);
    private readonly WakeUp _reservable = new(time);
    private readonly Queue<(MessageDelivery Delivery, long ClaimedAt)> _handed = [];
    private int _inFlight;
    private bool _isServed;
    private bool _isSlow;
    private (Task? News, long At) _quiet;

    public IChannel Channel => channel;

    public ChannelGate Gate { get; } = new(channel);

    public bool IsIdempotent => channel.Traits.Idempotent;

    // Without keys every claimed message is in doubt after a crash, so no more is claimed than is sent at once.
    public int Window => IsIdempotent ? Math.Clamp(4 * channel.Traits.Parallelism, SmallestWindow, LargestWindow) : channel.Traits.Parallelism;

    /// <summary>How many more may be claimed.</summary>
    public int Room
    {
        get
        {
            lock (_lock)
            {
                return Window - _inFlight;
            }
        }
    }

    /// <summary>Whether something was handed over that nobody has taken.</summary>
    public bool HasHanded
    {
        get
        {
            lock (_lock)
            {
                return _handed.Count > 0;
            }
        }
    }

    /// <summary>Completes when something was recorded, so that there is room. Take it before looking.</summary>
    public Task Recorded => _recorded.Signal;

    /// <summary>Completes when something was handed over. Take it before looking.</summary>
    public Task Arrived => _arrived.Signal;

    // The last message of the window waits for its turn and for the rate, and then takes its time.
    private TimeSpan Lease => (Gate.Longest * (((Window - 1) / channel.Traits.Parallelism) + 1)) + WaitForRate + times.SendingSlack;

    private TimeSpan WaitForRate => channel.Traits.MaxPerSecond is { } rate ? TimeSpan.FromSeconds(Math.Ceiling(Window / (double)rate)) : TimeSpan.Zero;

    public OutboxClaim Claim(int room) =>
        new()
        {
            Channel = channel.Name,
            Idempotent = IsIdempotent,
            Now = time.GetUtcNow(),
            Max = Math.Min(room, LargestBatch),
            Lease = Lease,
            MaxAttempts = RetrySchedule.MaxAttempts,
        };

    /// <summary>From now on somebody delivers what is handed over.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _isServed = true;
        }
    }

    /// <summary>Nobody delivers any more.</summary>
    /// <returns>What was handed over and is not begun.</returns>
    public IReadOnlyList<MessageDelivery> Close()
    {
        lock (_lock)
        {
            _isServed = false;
        }

        var left = Take();
        Release(left.Count);
        return left;
    }

    /// <summary>Makes room for messages that are about to be stored, and waits a moment for what is just being delivered or looked for.</summary>
    /// <param name="wanted">How many.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>How many may be claimed as they are stored; the others, and all while older ones may wait, are to be found in the store.</returns>
    public async Task<int> ReserveAsync(int wanted, CancellationToken cancellationToken)
    {
        int? granted = null;
        await _reservable.TryAsync(() => (granted = TryReserve(wanted, mayWait: true)) is not null, Patience, cancellationToken);
        return granted ?? TryReserve(wanted, mayWait: false) ?? 0;
    }

    // Null while there may be room for all of them in a moment. After somebody has waited in vain nobody waits again before all is delivered:
    // so a slow channel costs one wait, and with a quick one a few that could not be claimed do not make all that follow be looked for.
    private int? TryReserve(int wanted, bool mayWait)
    {
        lock (_lock)
        {
            if (!IsIdempotent || !_isServed)
            {
                return 0;
            }

            var (most, room, isQuiet) = (Math.Min(wanted, LargestBatch), Window - _inFlight, _quiet.News is not null);
            if (mayWait && !_isSlow && (!isQuiet || (most > room && most <= Window)))
            {
                return null;
            }

            var granted = isQuiet ? Math.Min(most, room) : 0;
            _inFlight += granted;
            if (granted < wanted)
            {
                _quiet = default;
                _isSlow |= !mayWait;
            }

            return granted;
        }
    }

    /// <summary>Hands over what was claimed as it was stored.</summary>
    /// <param name="claimed">The messages.</param>
    /// <param name="reserved">The room that was made for them.</param>
    /// <param name="claimedAt">A timestamp from before the claim.</param>
    /// <returns>False when nobody delivers any more; they are to be given back then.</returns>
    public bool HandOver(IReadOnlyCollection<MessageDelivery> claimed, int reserved, long claimedAt)
    {
        lock (_lock)
        {
            _inFlight -= reserved;
            if (!_isServed)
            {
                return claimed.Count == 0;
            }

            _inFlight += claimed.Count;
            foreach (var delivery in claimed)
            {
                _handed.Enqueue((delivery, claimedAt));
            }
        }

        _arrived.Set();
        return true;
    }

    /// <summary>Takes what was handed over. What was held up for so long that its lease may end is left to whoever claims it next.</summary>
    public IReadOnlyList<MessageDelivery> Take()
    {
        lock (_lock)
        {
            if (_handed.Count == 0)
            {
                return [];
            }

            var all = _handed.ToList();
            _handed.Clear();
            var fresh = all.Where(handed => time.GetElapsedTime(handed.ClaimedAt) < times.SendingSlack / 2).Select(handed => handed.Delivery).ToList();
            _inFlight -= all.Count - fresh.Count;
            return fresh;
        }
    }

    /// <summary>Notes a claim.</summary>
    /// <param name="count">How many messages it brought.</param>
    /// <param name="news">What tells of new messages, as of before the claim.</param>
    public void Claimed(int count, Task news)
    {
        lock (_lock)
        {
            _inFlight += count;
            _quiet = count == 0 ? (news, time.GetTimestamp()) : default;
            _isSlow &= count > 0;
        }

        _reservable.Set();
    }

    /// <summary>Whether nothing waits in the store, as far as this process can know.</summary>
    /// <param name="news">What tells of new messages.</param>
    public bool IsQuiet(Task news)
    {
        lock (_lock)
        {
            return _quiet.News == news && time.GetElapsedTime(_quiet.At) < times.Poll;
        }
    }

    /// <summary>Makes room: so many messages are recorded, or given up.</summary>
    public void Release(int count)
    {
        lock (_lock)
        {
            _inFlight -= count;
        }

        _recorded.Set();
        _reservable.Set();
    }

    public void Dispose() => Gate.Dispose();
}
