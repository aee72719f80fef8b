using System.Globalization;
using System.Runtime.InteropServices;

namespace Support.Sdk.Sla;

/// <summary>An interval of local time of one day, in ticks since its 00:00; 24:00 is the end of the day.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LocalInterval(long From, long To);

/// <summary>Reads the hours of one day.</summary>
internal static class DayHours
{
    private static readonly string[] Formats = ["HH:mm", "H:mm", "HH:mm:ss"];

    /// <summary>The intervals in their order, or what is wrong with the text.</summary>
    public static string? Read(string? text, out LocalInterval[] intervals)
    {
        intervals = [];
        if (string.IsNullOrWhiteSpace(text) || string.Equals(text.Trim(), "closed", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var read = new List<LocalInterval>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (ReadInterval(part, out var interval) is { } fault)
            {
                return fault;
            }

            read.Add(interval);
        }

        intervals = [.. read.OrderBy(interval => interval.From)];
        return intervals.Zip(intervals.Skip(1)).Any(pair => pair.First.To > pair.Second.From) ? "its intervals overlap. Write each moment once." : null;
    }

    private static string? ReadInterval(string text, out LocalInterval interval)
    {
        interval = default;
        var ends = text.Split(['-', '–'], StringSplitOptions.TrimEntries);
        if (ends.Length != 2 || !TryReadTime(ends[0], out var from) || !TryReadTime(ends[1], out var to))
        {
            return $"'{text}' is no interval. Write it like 09:00-17:00, between 00:00 and 24:00; a day without hours is 'closed'.";
        }

        interval = new LocalInterval(from, to);
        return from < to ? null : $"'{text}' does not end after it begins. Write 24:00 for the end of the day, and what passes midnight as two days.";
    }

    private static bool TryReadTime(string text, out long ticks)
    {
        ticks = TimeSpan.TicksPerDay;
        if (text is "24:00" or "24:00:00")
        {
            return true;
        }

        var isTime = TimeOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        ticks = time.Ticks;
        return isTime;
    }
}
