using Support.Sdk.Sla;

namespace Nop.Plugin.Misc.SupportSdk.Setup;

/// <summary>Opening hours as a person writes them in one line: <c>Mon-Fri 09:00-17:00; Sat 10:00-14:00</c>.</summary>
internal static class OpeningHours
{
    private static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <exception cref="FormatException">It cannot be read.</exception>
    public static BusinessHours Read(string text)
    {
        var week = new Dictionary<DayOfWeek, string>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var space = part.IndexOf(' ', StringComparison.Ordinal);
            foreach (var day in space > 0 ? Days(part[..space]) : throw Fault(part))
            {
                if (!week.TryAdd(day, part[(space + 1)..].Trim()))
                {
                    throw new FormatException($"OpeningHours: {day} is named twice.");
                }
            }
        }

        return week.Count == 0 ? throw Fault(text) : new BusinessHours { Week = week };
    }

    private static IEnumerable<DayOfWeek> Days(string text)
    {
        var ends = text.Split('-');
        if (ends.Length > 2)
        {
            throw Fault(text);
        }

        var (first, last) = (Day(ends[0]), Day(ends[^1]));
        for (var day = first; ; day = (DayOfWeek)(((int)day + 1) % 7))
        {
            yield return day;
            if (day == last)
            {
                yield break;
            }
        }
    }

    private static DayOfWeek Day(string name) =>
        Array.FindIndex(Names, known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is var index and >= 0
            ? (DayOfWeek)index
            : throw Fault(name);

    private static FormatException Fault(string text) =>
        new($"OpeningHours: '{text}' cannot be read. Write days and hours such as Mon-Fri 09:00-17:00; Sat 10:00-14:00.");
}
