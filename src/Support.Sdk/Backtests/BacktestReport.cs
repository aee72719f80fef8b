using Support.Sdk.Orders;

namespace Support.Sdk.Backtests;

/// <summary>What came of playing past orders.</summary>
public sealed record BacktestReport
{
    /// <summary>How many orders were played.</summary>
    public required long Orders { get; init; }

    /// <summary>How many were left out: cancelled, and nobody says when.</summary>
    public required long LeftOut { get; init; }

    /// <summary>How many arrived when their promise had ended. An order that never arrived is not among them.</summary>
    public required long Late { get; init; }

    /// <summary>How many of the late orders were told of a delay before their promise had ended.</summary>
    public required long LateToldInTime { get; init; }

    /// <summary>How many orders were told of a delay and arrived in time all the same.</summary>
    public required long FalseAlarms { get; init; }

    /// <summary>The median time from the first delay notice of a late order to the end of its promise, in days to the hour; null without any.</summary>
    public required double? MedianLeadDays { get; init; }

    /// <summary>How many messages of each kind were decided, alerts for the shop's people included.</summary>
    public required IReadOnlyDictionary<string, long> Notices { get; init; }

    /// <summary>Every signal, by falling gravity.</summary>
    public required IReadOnlyList<BacktestSignal> Signals { get; init; }
}

/// <summary>What one signal would have done.</summary>
public sealed record BacktestSignal
{
    /// <summary>Which.</summary>
    public required DelaySignalKind Kind { get; init; }

    /// <summary>What the data lacks to carry it, in a sentence; null when it can carry it.</summary>
    public required string? Missing { get; init; }

    /// <summary>How many orders raised it.</summary>
    public required long Orders { get; init; }

    /// <summary>How many messages of each kind it led: those of which it was the gravest signal.</summary>
    public required IReadOnlyDictionary<string, long> Notices { get; init; }

    /// <summary>The median time from the signal to the end of the promise, over late orders that raised it, in days to the hour; negative after it, null without any.</summary>
    public required double? MedianLeadDays { get; init; }

    /// <summary>How many orders raised it and arrived in time all the same.</summary>
    public required long FalseAlarms { get; init; }
}
