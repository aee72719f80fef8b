namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>One way to keep messages beside business rows and to hand them over afterwards.</summary>
internal interface IOutboxSide : IAsyncDisposable
{
    /// <summary>Creates what it needs in an empty database and begins to deliver.</summary>
    Task OpenAsync(string database, Sample sample, Arrivals arrivals);

    /// <summary>Writes business rows and a message for each, in one transaction.</summary>
    /// <param name="first">The number of the first; every number is used once.</param>
    /// <param name="count">How many.</param>
    Task EnqueueAsync(int first, int count);
}

/// <summary>A side whose delivery can be held up, so that messages gather.</summary>
internal interface IDrainSide : IOutboxSide
{
    Task PauseAsync();

    Task ResumeAsync();
}
