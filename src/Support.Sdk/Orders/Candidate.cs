namespace Support.Sdk.Orders;

/// <summary>Something that could be told, before any rule has been asked.</summary>
internal sealed record Candidate
{
    public required Occasion Occasion { get; init; }

    /// <summary>Why it could be told.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset HappenedAt { get; init; }

    public required string Facts { get; init; }

    public IReadOnlyList<string> Parcels { get; init; } = [];

    /// <summary>The signal that it is about, or null when it is about none; the gravest leads.</summary>
    public DelaySignalKind? Gravity { get; init; }

    /// <summary>What it names.</summary>
    public IReadOnlyList<DelaySignal> Signals { get; init; } = [];

    public bool IsDelay { get; init; }

    public NoticeNews News { get; init; }

    public PromiseDate? NewDate { get; init; }

    /// <summary>Why it is nothing new to the customer, or null.</summary>
    public string? IsKnown { get; init; }

    /// <summary>The shop sends no further notice by itself after this one.</summary>
    public bool IsLastWord { get; init; }

    public bool ContradictsLastWord { get; init; }

    /// <summary>The address refused the last message about it, and nothing has changed since.</summary>
    public bool WasRefusedOnTheSameFacts { get; init; }

    /// <summary>When the last message about it, which failed on the same facts, is old enough for another try, or null.</summary>
    public DateTimeOffset? RestsUntil { get; init; }

    public DateTimeOffset? WaitsUntil { get; init; }

    public DateTimeOffset? SettlesUntil { get; init; }
}
