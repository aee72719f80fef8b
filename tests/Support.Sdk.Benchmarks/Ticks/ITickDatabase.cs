namespace Support.Sdk.Benchmarks.Ticks;

/// <summary>A database with the open orders in it.</summary>
internal interface ITickDatabase : IAsyncDisposable
{
    string Name { get; }

    void Add(ISupportBuilder builder);

    /// <summary>What the database does by itself after so many inserts.</summary>
    Task SettleAsync();

    /// <summary>Finds the due orders as a watcher without an index on the due time does, and reads them.</summary>
    /// <param name="now">Microseconds since 1970.</param>
    /// <returns>How many are due.</returns>
    Task<int> ScanAsync(long now);
}
