namespace Support.Sdk.Sla;

/// <summary>One promise on its way: since when it counts, when it is due, and how it ended.</summary>
/// <remarks>A reply exactly at <see cref="DueAt"/> is in time. What came too late is a miss, whenever that is noticed.</remarks>
public sealed record SlaClock
{
    /// <summary>What is promised.</summary>
    public required SlaMetric Metric { get; init; }

    /// <summary>How it stands.</summary>
    public required SlaClockState State { get; init; }

    /// <summary>The name of the policy that started it; empty for an agent's own promise.</summary>
    public required string Policy { get; init; }

    /// <summary>How much time was promised.</summary>
    public TimeSpan Within { get; init; }

    /// <summary>Which time counts.</summary>
    public SlaTime Counts { get; init; }

    /// <summary>The name of the calendar, or null for the shop's hours.</summary>
    public string? Calendar { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When what is promised is due; null while it stands still.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The counted time that had passed before <see cref="RunningSince"/>.</summary>
    public TimeSpan Passed { get; init; }

    /// <summary>Since when it runs, or null while it does not.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>When it broke, or null while it has not.</summary>
    public DateTimeOffset? BrokenAt { get; init; }

    /// <summary>When it ended, or null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The warnings that were given.</summary>
    public IReadOnlyList<SlaWarning> Warned { get; init; } = [];
}

/// <summary>How a clock stands.</summary>
public enum SlaClockState
{
    /// <summary>It runs; broken already, if <see cref="SlaClock.BrokenAt"/> is set.</summary>
    Running,

    /// <summary>It stands still, because the ticket's status pauses it.</summary>
    Paused,

    /// <summary>What was promised happened in time.</summary>
    Met,

    /// <summary>It happened too late.</summary>
    Missed,

    /// <summary>It is not needed any more, and was not late when it ended.</summary>
    Dropped,
}
