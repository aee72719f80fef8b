using System.Globalization;
using System.Runtime.InteropServices;

namespace Support.Sdk.Sla;

/// <summary>A date of one year, or of every year.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CalendarDate(DateOnly? Date, int MonthAndDay)
{
    // A leap year, so that 29 February can be a yearly date.
    private const string AnyLeapYear = "2000-";
    private const string Format = "yyyy-MM-dd";

    public static string Write(DateOnly date) => date.ToString(Format, CultureInfo.InvariantCulture);

    public static int Yearly(DateOnly date) => (date.Month * 100) + date.Day;

    public static bool TryParse(string? text, out CalendarDate date)
    {
        var trimmed = text?.Trim() ?? "";
        if (TryParseDate(trimmed, out var day))
        {
            date = new CalendarDate(day, Yearly(day));
            return true;
        }

        var yearly = TryParseDate(AnyLeapYear + (trimmed.StartsWith("--", StringComparison.Ordinal) ? trimmed[2..] : trimmed), out day);
        date = new CalendarDate(null, Yearly(day));
        return yearly;
    }

    private static bool TryParseDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
