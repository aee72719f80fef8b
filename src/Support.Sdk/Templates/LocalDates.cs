using System.Globalization;
using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>Writes dates the way the reader's culture does, as they are at the reader's place.</summary>
internal sealed class LocalDates(Language language, TimeZoneInfo zone)
{
    private readonly CultureInfo _culture = language.Culture;

    /// <summary>The day at the reader's place.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>The day of a promise: the date itself, whatever the zone, or the day on which its moment falls.</summary>
    public DateOnly DayOf(PromiseDate promise) => promise.Date ?? DayOf(promise.Moment!.Value);

    public string Day(DateTimeOffset moment) => Day(DayOf(moment));

    public string Day(DateOnly day)
    {
        if (language.WritesOurDates)
        {
            return language.Words.Day(day);
        }

        // Some calendars end within the range of dates; then the date is written the neutral way.
        var calendar = _culture.Calendar;
        var asDateTime = day.ToDateTime(TimeOnly.MinValue);
        return asDateTime >= calendar.MinSupportedDateTime && asDateTime <= calendar.MaxSupportedDateTime
            ? day.ToString(DayPattern, _culture)
            : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>A promise as it was made: a date, or a moment with its time and zone.</summary>
    public string Promise(PromiseDate promise) => promise.Date is { } date ? Day(date) : Moment(promise.Moment!.Value);

    /// <summary>A moment with its day, time and offset at the reader's place.</summary>
    public string Moment(DateTimeOffset moment) => $"{Day(moment)}, {Time(moment)}";

    /// <summary>When something is due. What is told is never earlier than that, and seconds are nobody's business.</summary>
    public string Due(DateTimeOffset due)
    {
        var over = due.Ticks % TimeSpan.TicksPerMinute;
        return Moment(over == 0 ? due : due.AddTicks(TimeSpan.TicksPerMinute - over));
    }

    private string DayPattern
    {
        get
        {
            var pattern = _culture.DateTimeFormat.LongDatePattern;
            return pattern.Contains("dddd", StringComparison.Ordinal) ? pattern : $"dddd, {pattern}";
        }
    }

    private string Time(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        var time = local.ToString(language.WritesOurDates ? "HH:mm" : _culture.DateTimeFormat.ShortTimePattern, _culture);
        var offset =
            local.Offset == TimeSpan.Zero
                ? "UTC"
                : string.Create(CultureInfo.InvariantCulture, $"UTC{(local.Offset < TimeSpan.Zero ? "-" : "+")}{local.Offset:hh\\:mm}");
        return $"{time} ({offset})";
    }
}
