using NodaTime;
using NodaTime.TimeZones;

namespace Support.Sdk.Tests.Sla;

/// <summary>Zones that change their clocks in different ways, with the same data for us and for NodaTime.</summary>
internal static class Zones
{
    public static readonly string[] Names =
    [
        "Europe/Stockholm",
        "America/New_York",
        "America/Sao_Paulo",
        "America/Havana",
        "Asia/Beirut",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Pacific/Auckland",
        "America/St_Johns",
        "UTC",
    ];

    private static readonly Dictionary<string, IReadOnlyList<Instant>> Changes = Names.ToDictionary(name => name, FindChanges, StringComparer.Ordinal);

    // Made of the same data, so that only the arithmetic is compared.
    public static DateTimeZone Judge(string name) => BclDateTimeZone.FromTimeZoneInfo(TimeZoneInfo.FindSystemTimeZoneById(name));

    /// <summary>The clock changes of a zone from 2000 to 2030; a day without one for zones that have none.</summary>
    public static IReadOnlyList<Instant> ClockChanges(string name) => Changes[name];

    private static IReadOnlyList<Instant> FindChanges(string name)
    {
        var span = new Interval(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2030, 1, 1, 0, 0));
        var found = Judge(name)
            .GetZoneIntervals(span)
            .Where(interval => interval.HasStart && interval.Start > span.Start)
            .Select(interval => interval.Start)
            .ToList();
        return found.Count > 0 ? found : [Instant.FromUtc(2024, 2, 29, 0, 0)];
    }
}
