using System.Text;
using Support.Sdk.Holidays;

namespace Support.Sdk.Tests.Holidays;

/// <summary>Calendars to read.</summary>
internal static class Ics
{
    public static readonly HolidayImport Years = new() { FirstYear = 2026, LastYear = 2028 };

    /// <summary>A calendar with one entry for each block of lines.</summary>
    public static string Calendar(params string[] entries) =>
        Lines($"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Tests//EN\n{string.Concat(entries.Select((entry, index) => Entry(entry, index)))}END:VCALENDAR\n");

    public static Task<HolidayList> ReadAsync(string calendar, HolidayImport? import = null) =>
        HolidayCalendar.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(calendar)), import ?? Years);

    /// <summary>The holidays of entries, as texts such as <c>2026-12-25 Christmas</c>.</summary>
    public static async Task<IEnumerable<string>> HolidaysAsync(params string[] entries) =>
        (await ReadAsync(Calendar(entries))).Holidays.Select(holiday => $"{holiday.Date:yyyy-MM-dd} {holiday.Title}");

    private static string Entry(string lines, int index) =>
        $"BEGIN:VEVENT\n{(lines.Contains("UID:", StringComparison.Ordinal) ? "" : $"UID:{index}\n")}{lines.Trim()}\nEND:VEVENT\n";

    private static string Lines(string text) => text.ReplaceLineEndings("\r\n");
}
