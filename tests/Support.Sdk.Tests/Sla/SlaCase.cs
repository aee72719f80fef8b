using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Sdk.Sla;

namespace Support.Sdk.Tests.Sla;

/// <summary>A file of business-time facts; its <c>about</c> explains the fields.</summary>
internal sealed record SlaCaseFile
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public IReadOnlyList<SlaCase> Cases { get; init; } = [];

    public IReadOnlyList<SlaCase> OwnCases { get; init; } = [];

    [JsonIgnore]
    public IEnumerable<SlaCase> All => Cases.Concat(OwnCases);

    public static SlaCaseFile Read(string path) => JsonSerializer.Deserialize<SlaCaseFile>(File.ReadAllText(path), Json)!;
}

/// <summary>One question to a calendar, and its answer.</summary>
internal sealed record SlaCase
{
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string Kind { get; init; } = "deadline";

    public JsonElement Calendar { get; init; }

    public string Timezone { get; init; } = "UTC";

    public IReadOnlyList<string> Holidays { get; init; } = [];

    public IReadOnlyDictionary<string, string[][]> SpecialDays { get; init; } = new Dictionary<string, string[][]>(StringComparer.Ordinal);

    public IReadOnlyList<DateTimeOffset[]> Pauses { get; init; } = [];

    public DateTimeOffset Start { get; init; }

    public DateTimeOffset? End { get; init; }

    public decimal? DurationSeconds { get; init; }

    public DateTimeOffset? Expected { get; init; }

    public decimal? ExpectedSeconds { get; init; }

    public DateTimeOffset? ExpectedClose { get; init; }

    public DateTimeOffset? ExpectedNextOpen { get; init; }

    public string? BoundaryConvention { get; init; }

    [JsonIgnore]
    public string Title => Id ?? Name ?? "a case without a name";

    [JsonIgnore]
    public TimeSpan Duration => Seconds(DurationSeconds ?? 0);

    [JsonIgnore]
    public IReadOnlyList<Pause> AllPauses => [.. Pauses.Select(pause => new Pause(pause[0], pause[1]))];

    public BusinessCalendar Compile(ExactFit exactFit) =>
        new(
            new BusinessHours
            {
                TimeZone = Timezone,
                Week = Week(),
                Holidays = Holidays,
                SpecialDays = SpecialDays.ToDictionary(day => day.Key, day => Text(day.Value), StringComparer.Ordinal),
                ExactFit = exactFit,
            },
            TimeZoneInfo.Utc
        );

    /// <summary>What the calendar answers, as a moment or a number of seconds.</summary>
    public object Answer(BusinessCalendar calendar) =>
        Kind switch
        {
            "elapsed" => (decimal)calendar.Measure(Start, End!.Value, AllPauses).Ticks / TimeSpan.TicksPerSecond,
            "deadline_backward" => calendar.Subtract(Start, Duration, AllPauses),
            "deadline" or "error" => calendar.Add(Start, Duration, AllPauses),
            _ => throw new InvalidOperationException($"The kind '{Kind}' is not known."),
        };

    public static TimeSpan Seconds(decimal seconds) => TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));

    private Dictionary<DayOfWeek, string> Week() =>
        Calendar.ValueKind == JsonValueKind.String
            ? Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => "00:00-24:00")
            : Calendar.EnumerateObject().ToDictionary(day => (DayOfWeek)Array.IndexOf(Days, day.Name), day => Text(day.Value.Deserialize<string[][]>()!));

    private static string Text(string[][] intervals) => string.Join(", ", intervals.Select(interval => $"{interval[0]}-{interval[1]}"));
}
