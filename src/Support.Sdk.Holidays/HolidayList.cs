namespace Support.Sdk.Holidays;

/// <summary>The holidays of a calendar, and what was left out.</summary>
public sealed record HolidayList
{
    /// <summary>One holiday a date, in the order of the dates.</summary>
    /// <remarks>
    /// Look at the titles before a feed decides when you are closed: many list days that are no days off, or only half ones, as whole
    /// days (St Martin's Day, Christmas Eve). Filter them, or give them a <c>BusinessHours.SpecialDays</c> entry, which wins over a holiday.
    /// </remarks>
    public required IReadOnlyList<Holiday> Holidays { get; init; }

    /// <summary>The entries that close no day, each with the reason.</summary>
    public required IReadOnlyList<SkippedEntry> Skipped { get; init; }

    /// <summary>The dates alone, for <c>BusinessHours.WithHolidays()</c>.</summary>
    public IEnumerable<DateOnly> Dates => Holidays.Select(holiday => holiday.Date);
}

/// <summary>A day off.</summary>
/// <param name="Date">The date.</param>
/// <param name="Title">What the calendar calls it; empty when it does not say.</param>
public sealed record Holiday(DateOnly Date, string Title);

/// <summary>An entry of a calendar that closes no day.</summary>
/// <param name="Title">What the calendar calls it; empty when it does not say.</param>
/// <param name="Reason">Why it closes no day.</param>
public sealed record SkippedEntry(string Title, string Reason);
