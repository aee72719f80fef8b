namespace Support.Sdk.Sla;

/// <summary>Starts, stops and sets clocks: pure functions of the clock and a moment.</summary>
/// <remarks>
/// A clock remembers how much counted time had passed when it last began to run, so that a pause costs nothing to remember however
/// often there is one. Nobody can move it backward: a moment before the one at which it began to run counts as that one.
/// </remarks>
internal sealed class Clockwork(SlaCalendars calendars)
{
    public SlaClock Start(SlaTarget target, SlaPolicy policy, DateTimeOffset at) =>
        Run(
            new SlaClock
            {
                Metric = target.Metric,
                State = SlaClockState.Running,
                Policy = policy.Name,
                Within = target.Within,
                Counts = target.Counts,
                Calendar = policy.Calendar,
                StartedAt = at,
            },
            at
        );

    /// <summary>The clock of a word that an agent promised for a moment.</summary>
    public static SlaClock Promise(DateTimeOffset dueAt, DateTimeOffset at) =>
        new()
        {
            Metric = SlaMetric.Promise,
            State = SlaClockState.Running,
            Policy = "",
            Counts = SlaTime.Always,
            StartedAt = at,
            RunningSince = at,
            DueAt = dueAt,
        };

    public SlaClock Pause(SlaClock clock, DateTimeOffset at) =>
        clock.State != SlaClockState.Running || clock.Metric == SlaMetric.Promise
            ? clock
            : Count(Break(clock, at), at) with
            {
                State = SlaClockState.Paused,
                DueAt = null,
                RunningSince = null,
            };

    public SlaClock Resume(SlaClock clock, DateTimeOffset at) => clock.State == SlaClockState.Paused ? Run(clock, at) : clock;

    /// <summary>What was promised happened.</summary>
    public SlaClock Stop(SlaClock clock, DateTimeOffset at) => End(clock, at, SlaClockState.Met);

    /// <summary>What was promised is not needed any more. One that is late already is a miss all the same.</summary>
    public SlaClock Drop(SlaClock clock, DateTimeOffset at) => End(clock, at, SlaClockState.Dropped);

    /// <summary>A clock that ended goes on as if it had stood still since.</summary>
    public SlaClock Reopen(SlaClock clock, DateTimeOffset at) =>
        clock.EndedAt is null ? clock : Run(clock with { State = SlaClockState.Paused, EndedAt = null }, at);

    /// <summary>Marks a clock broken whose promise has passed.</summary>
    public static SlaClock Break(SlaClock clock, DateTimeOffset now) =>
        clock is { State: SlaClockState.Running, BrokenAt: null, DueAt: { } due } && now > due ? clock with { BrokenAt = due } : clock;

    /// <summary>Sets a clock that has not ended to another target, counting what has passed.</summary>
    public SlaClock Reset(SlaClock clock, SlaTarget target, SlaPolicy policy, DateTimeOffset at)
    {
        var isRunning = clock.State == SlaClockState.Running;
        // What passed by the old calendar stays passed; another one would measure a time that nobody was told.
        var counted = isRunning ? Count(Break(clock, at), at) : clock;
        var reset = counted with
        {
            Policy = policy.Name,
            Within = target.Within,
            Counts = target.Counts,
            Calendar = policy.Calendar,
            // What was missed under the old target may be in time under the new one, and the other way round.
            BrokenAt = null,
        };
        return isRunning ? Run(reset, at) : reset;
    }

    /// <summary>When to warn, so long before a clock breaks, in the time that it counts; null for a clock without an end.</summary>
    public DateTimeOffset? WarnAt(SlaClock clock, TimeSpan before)
    {
        if (clock.DueAt is not { } due)
        {
            return null;
        }

        try
        {
            return before == TimeSpan.Zero ? due : calendars.Find(clock.Calendar, clock.Counts).Subtract(due, before);
        }
        catch (InvalidOperationException)
        {
            return clock.StartedAt;
        }
    }

    private SlaClock Run(SlaClock clock, DateTimeOffset at) =>
        clock with
        {
            State = SlaClockState.Running,
            RunningSince = at,
            DueAt = clock.BrokenAt ?? Due(clock, at),
        };

    // A calendar that never opens again has no such moment: nothing was promised that could break.
    private DateTimeOffset? Due(SlaClock clock, DateTimeOffset at)
    {
        var left = clock.Within - clock.Passed;
        if (left < TimeSpan.Zero)
        {
            return at;
        }

        try
        {
            return calendars.Find(clock.Calendar, clock.Counts).Add(at, left);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private SlaClock Count(SlaClock clock, DateTimeOffset at)
    {
        var since = clock.RunningSince ?? at;
        var until = at > since ? at : since;
        return clock with { Passed = clock.Passed + calendars.Find(clock.Calendar, clock.Counts).Measure(since, until), RunningSince = until };
    }

    private SlaClock End(SlaClock clock, DateTimeOffset at, SlaClockState state)
    {
        if (clock.EndedAt is not null)
        {
            return clock;
        }

        var ended = Break(clock, at);
        ended = ended.State == SlaClockState.Running ? Count(ended, at) : ended;
        return ended with { State = ended.BrokenAt is null ? state : SlaClockState.Missed, EndedAt = at, RunningSince = null };
    }
}
