using System.Globalization;
using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>Writes dates the way the reader's culture does, as they are at the reader's place.</summary>
internal sealed class LocalDates(CultureInfo culture, TimeZoneInfo zone)
{
    // The built-in English is nobody's country: day before month, and a clock of 24 hours.
    private readonly bool _isPlainEnglish = culture.Name is "" or "en";

    /// <summary>The day at the reader's place.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>The day of a promise: the date itself, whatever the zone, or the day on which its moment falls.</summary>
    public DateOnly DayOf(PromiseDate promise) => promise.Date ?? DayOf(promise.Moment!.Value);

    public string Day(DateTimeOffset moment) => Day(DayOf(moment));

    public string Day(DateOnly day)
    {
        // Some calendars end within the range of dates; then the date is written the neutral way.
        var calendar = culture.Calendar;
        var asDateTime = day.ToDateTime(TimeOnly.MinValue);
        return asDateTime >= calendar.MinSupportedDateTime && asDateTime <= calendar.MaxSupportedDateTime
            ? day.ToString(DayPattern, culture)
            : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>A promise as it was made: a date, or a moment with its time and zone.</summary>
    public string Promise(PromiseDate promise) => promise.Date is { } date ? Day(date) : $"{Day(promise.Moment!.Value)}, {Time(promise.Moment.Value)}";

    private string DayPattern
    {
        get
        {
            var pattern = culture.DateTimeFormat.LongDatePattern;
            return _isPlainEnglish ? "dddd, d MMMM yyyy"
                : pattern.Contains("dddd", StringComparison.Ordinal) ? pattern
                : $"dddd, {pattern}";
        }
    }

    private string Time(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        var time = local.ToString(_isPlainEnglish ? "HH:mm" : culture.DateTimeFormat.ShortTimePattern, culture);
        var offset =
            local.Offset == TimeSpan.Zero
                ? "UTC"
                : string.Create(CultureInfo.InvariantCulture, $"UTC{(local.Offset < TimeSpan.Zero ? "-" : "+")}{local.Offset:hh\\:mm}");
        return $"{time} ({offset})";
    }
}
