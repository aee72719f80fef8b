namespace Support.Sdk.Sla;

/// <summary>The days of a week with their hours, for those who write them out.</summary>
internal static class WeekHours
{
    private const string NineToFive = "09:00-17:00";

    private static readonly DayOfWeek[] Days =
    [
        DayOfWeek.Monday,
        DayOfWeek.Tuesday,
        DayOfWeek.Wednesday,
        DayOfWeek.Thursday,
        DayOfWeek.Friday,
        DayOfWeek.Saturday,
        DayOfWeek.Sunday,
    ];

    /// <summary>Every day from Monday to Sunday with its hours as they are written; null for a day that is not named.</summary>
    public static IEnumerable<(DayOfWeek Day, string? Hours)> Of(BusinessHours hours) => Days.Select(day => (day, Of(hours, day)));

    /// <summary>Whether what is written for a day opens at all.</summary>
    public static bool Opens(string? hours) => !string.IsNullOrWhiteSpace(hours) && !hours.Trim().Equals("closed", StringComparison.OrdinalIgnoreCase);

    // See BusinessHours.Week.
    private static string? Of(BusinessHours hours, DayOfWeek day) =>
        hours.Week is { } week ? week.GetValueOrDefault(day)
        : day is DayOfWeek.Saturday or DayOfWeek.Sunday ? null
        : NineToFive;
}
