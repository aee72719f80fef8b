namespace Support.Sdk.Sweep;

/// <summary>How long the engine's claims hold and its loops sleep. What a process that died had claimed is free again when its lease ends.</summary>
internal sealed class EngineTimes
{
    /// <summary>The lease of inbox entries and due orders: far longer than a batch takes.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What the lease of messages has beyond the time that sending them may take.</summary>
    public TimeSpan SendingSlack { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long results are still tried to be recorded when the application stops while the database is away.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a loop looks by itself, because another process may add work, or die, without a word.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);
}
