namespace Support.Sdk.AspNetCore;

/// <summary>When support counts as ill.</summary>
public sealed class SupportHealthOptions
{
    /// <summary>For how long work may be due before the check is degraded; excluded. Default: 5 minutes, many times what a loop sleeps.</summary>
    public TimeSpan DegradedAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long work may be due before the check fails; excluded. Default: 30 minutes.</summary>
    public TimeSpan UnhealthyAfter { get; set; } = TimeSpan.FromMinutes(30);
}
