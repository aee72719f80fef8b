namespace Support.Sdk.FaultWorker;

/// <summary>What a test sets up a worker with.</summary>
internal sealed class WorkerSettings
{
    /// <summary>Told to the sink with every message.</summary>
    public string Name { get; set; } = "worker";

    public string Store { get; set; } = "";

    public string Database { get; set; } = "";

    public string Sink { get; set; } = "";

    public bool Idempotent { get; set; } = true;

    public int Parallelism { get; set; } = 4;

    /// <summary>The lease of events and orders.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How far its clock is ahead.</summary>
    public double SkewMinutes { get; set; }

    /// <summary>Whether it has a second channel, named <c>sms</c>, that never answers.</summary>
    public bool Stalled { get; set; }
}

/// <summary>A clock that is wrong.</summary>
internal sealed class SkewedTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
