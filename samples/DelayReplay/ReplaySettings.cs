namespace DelayReplay;

/// <summary>What the command line says.</summary>
internal sealed record ReplaySettings
{
    public required string Orders { get; init; }

    public required string Database { get; init; }

    /// <summary>The connection string of a PostgreSQL database that the engine uses instead of the file, or null.</summary>
    public string? Postgres { get; init; }

    public required string Mail { get; init; }

    public required string Report { get; init; }

    public string? Json { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    public bool Resume { get; init; }

    public bool SkipBad { get; init; }

    /// <summary>The one order to tell about, or null.</summary>
    public string? Order { get; init; }
}
