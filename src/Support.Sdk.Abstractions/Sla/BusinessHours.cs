namespace Support.Sdk.Sla;

/// <summary>When a shop, or a support desk, is open.</summary>
/// <remarks>
/// <para>Bound from configuration, for example <c>Support:Shops:ID:Hours</c>, and compiled once into a <see cref="BusinessCalendar"/>, which names every fault.</para>
/// <para>
/// The hours of a day are a text: intervals of local time between 00:00 and 24:00, separated by commas, beginning included and
/// end excluded, for example <c>09:00-12:00, 13:00-17:00</c>. Seconds are allowed (<c>09:00:30</c>). An empty text or
/// <c>closed</c> means closed all day. What passes midnight is written as two days: <c>22:00-24:00</c> and <c>00:00-06:00</c>.
/// </para>
/// <para>The hours of a date are those of its special day, else none if it is a holiday, else those of its day of the week.</para>
/// </remarks>
public sealed record BusinessHours
{
    /// <summary>The zone of all local times (IANA), or null for the shop's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The hours of each day of the week, or null for Monday to Friday 09:00-17:00. A day that is not named is closed.</summary>
    public IReadOnlyDictionary<DayOfWeek, string>? Week { get; init; }

    /// <summary>The dates without hours: <c>2026-12-25</c>, or <c>--12-25</c> (also <c>12-25</c>) for every year.</summary>
    public IReadOnlyList<string> Holidays { get; init; } = [];

    /// <summary>The hours of dates that differ from their week, keyed like <see cref="Holidays"/>; a key with a year wins over one without.</summary>
    public IReadOnlyDictionary<string, string> SpecialDays { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What a duration means that ends exactly when the shop closes. Default: due at closing.</summary>
    public ExactFit ExactFit { get; init; } = ExactFit.Close;

    /// <summary>The same hours with more holidays; dates that are holidays already are not repeated.</summary>
    /// <param name="dates">The dates to close.</param>
    public BusinessHours WithHolidays(IEnumerable<DateOnly> dates)
    {
        ArgumentNullException.ThrowIfNull(dates);
        var added = dates.Order().Select(CalendarDate.Write);
        return this with { Holidays = [.. Holidays.Concat(added).Distinct(StringComparer.Ordinal)] };
    }
}

/// <summary>What a duration means that ends exactly when the shop closes. Help desks differ; this is declared, not hidden.</summary>
public enum ExactFit
{
    /// <summary>Due at closing. Counted backward, it begins at opening.</summary>
    Close,

    /// <summary>Due at the next opening. Counted backward, it begins at the closing before.</summary>
    NextOpening,
}
