namespace Support.Sdk.Sla;

/// <summary>Which hours a date has: business hours, read and found possible.</summary>
internal sealed class OpenDays
{
    private static readonly LocalInterval[] NineToFive = [new(9 * TimeSpan.TicksPerHour, 17 * TimeSpan.TicksPerHour)];
    private readonly LocalInterval[][] _week =
    [
        [],
        NineToFive,
        NineToFive,
        NineToFive,
        NineToFive,
        NineToFive,
        [],
    ];
    private readonly Dictionary<DateOnly, LocalInterval[]> _dates = [];
    private readonly Dictionary<int, LocalInterval[]> _yearly = [];

    private OpenDays() { }

    /// <summary>The first date that can have hours.</summary>
    public DateOnly First { get; private set; } = DateOnly.MinValue;

    /// <summary>The last date that can have hours.</summary>
    public DateOnly Last { get; private set; } = DateOnly.MaxValue;

    /// <summary>Reads the hours and adds what is impossible to the faults.</summary>
    public static OpenDays Read(BusinessHours hours, ICollection<string> faults)
    {
        var days = new OpenDays();
        var before = faults.Count;
        days.ReadWeek(hours.Week, faults);
        days.ReadSpecialDays(hours.SpecialDays, faults);
        days.ReadHolidays(hours.Holidays, faults);
        if (!Enum.IsDefined(hours.ExactFit))
        {
            faults.Add($"ExactFit '{hours.ExactFit}' is not known. Use Close or NextOpening.");
        }

        if (faults.Count == before)
        {
            days.FindRange(faults);
        }

        return days;
    }

    /// <summary>The hours of a date in their order.</summary>
    public LocalInterval[] On(DateOnly date) =>
        _dates.TryGetValue(date, out var hours) || _yearly.TryGetValue(CalendarDate.Yearly(date), out hours) ? hours : _week[(int)date.DayOfWeek];

    private void ReadWeek(IReadOnlyDictionary<DayOfWeek, string>? week, ICollection<string> faults)
    {
        if (week is null)
        {
            return;
        }

        Array.Fill(_week, []);
        foreach (var (day, text) in week)
        {
            if (!Enum.IsDefined(day))
            {
                faults.Add($"Week names '{day}', which is no day of the week.");
            }
            else if (DayHours.Read(text, out _week[(int)day]) is { } fault)
            {
                faults.Add($"Week:{day}: {fault}");
            }
        }
    }

    private void ReadSpecialDays(IReadOnlyDictionary<string, string> specialDays, ICollection<string> faults)
    {
        foreach (var (key, text) in specialDays)
        {
            if (!CalendarDate.TryParse(key, out var date))
            {
                faults.Add($"SpecialDays names '{key}', which is no date. Write 2026-12-24, or --12-24 for every year.");
            }
            else if (DayHours.Read(text, out var hours) is { } fault)
            {
                faults.Add($"SpecialDays:{key}: {fault}");
            }
            else if (!(date.Date is { } day ? _dates.TryAdd(day, hours) : _yearly.TryAdd(date.MonthAndDay, hours)))
            {
                faults.Add($"SpecialDays names '{key}' twice. Keep one.");
            }
        }
    }

    // A special day wins over a holiday, whichever of them has a year.
    private void ReadHolidays(IReadOnlyList<string> holidays, ICollection<string> faults)
    {
        var yearly = new List<int>();
        foreach (var text in holidays)
        {
            if (!CalendarDate.TryParse(text, out var date))
            {
                faults.Add($"Holidays names '{text}', which is no date. Write 2026-12-25, or --12-25 for every year.");
            }
            else if (date.Date is null)
            {
                yearly.Add(date.MonthAndDay);
            }
            else if (!_yearly.ContainsKey(date.MonthAndDay))
            {
                _dates.TryAdd(date.Date.Value, []);
            }
        }

        foreach (var monthAndDay in yearly)
        {
            _yearly.TryAdd(monthAndDay, []);
        }
    }

    private void FindRange(ICollection<string> faults)
    {
        if (IsOpenForEver())
        {
            return;
        }

        var open = _dates.Where(day => day.Value.Length > 0).Select(day => day.Key).ToList();
        if (open.Count > 0)
        {
            (First, Last) = (open.Min(), open.Max());
            return;
        }

        faults.Add("Week is never open: no day of it and no special day has hours that no holiday takes away. Give it hours, for example Monday 09:00-17:00.");
    }

    // Every date of the year falls on every day of the week in some year.
    private bool IsOpenForEver()
    {
        var leapYear = Enumerable.Range(0, 366).Select(day => CalendarDate.Yearly(new DateOnly(2000, 1, 1).AddDays(day)));
        var week = _week.Any(hours => hours.Length > 0);
        return leapYear.Any(day => _yearly.TryGetValue(day, out var hours) ? hours.Length > 0 : week);
    }
}
