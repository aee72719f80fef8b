using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;

namespace Support.Sdk.Holidays;

/// <summary>Decides which days the entries of a calendar close.</summary>
internal sealed class HolidayEntries(HolidayImport import)
{
    // A calendar of holidays has tens of repeating entries. The limits keep a hostile one from busying the process for long.
    private const int MaxRepeating = 500;
    private const int MaxListed = 1000;
    private const int MaxCount = 366;
    private const int MaxParts = 50;
    private const int FirstYearOfRepeating = 1600;
    private static readonly EvaluationOptions Limits = new() { MaxUnmatchedIncrementsLimit = 10_000 };
    private readonly SortedDictionary<DateOnly, Holiday> _holidays = [];
    private readonly List<SkippedEntry> _skipped = [];

    public HolidayList Read(IReadOnlyList<CalendarEvent> entries, CancellationToken cancellationToken)
    {
        CheckNumbers(entries);
        // An entry that replaces one date of a repeating entry takes that date away, whatever it says itself.
        var replaced = entries
            .Where(entry => entry.RecurrenceIdentifier is not null)
            .Select(entry => (entry.Uid, entry.RecurrenceIdentifier!.StartTime.Date))
            .ToHashSet();
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ReasonToSkip(entry) is { } reason)
            {
                _skipped.Add(new SkippedEntry(Title(entry), reason));
                continue;
            }

            var isReplacement = entry.RecurrenceIdentifier is not null;
            foreach (var period in Expand(entry).Where(period => isReplacement || !replaced.Contains((entry.Uid, period.StartTime.Date))))
            {
                Close(period, Title(entry));
            }
        }

        return new HolidayList { Holidays = [.. _holidays.Values], Skipped = _skipped };
    }

    private static void CheckNumbers(IReadOnlyList<CalendarEvent> entries)
    {
        if (entries.Count(entry => entry.RecurrenceRule is not null) > MaxRepeating)
        {
            throw new InvalidDataException($"More than {MaxRepeating} entries repeat. Take a calendar of holidays only.");
        }

        if (
            entries.Sum(entry =>
                entry.RecurrenceDates.GetAllPeriods().Count() + entry.RecurrenceDates.GetAllDates().Count() + entry.ExceptionDates.GetAllDates().Count()
            ) > MaxListed
        )
        {
            throw new InvalidDataException($"More than {MaxListed} dates are listed as RDATE or EXDATE. Write entries of their own, or a rule that ends.");
        }
    }

    private static string Title(CalendarEvent entry) => entry.Summary ?? "";

    private string? ReasonToSkip(CalendarEvent entry) =>
        entry switch
        {
            { Status: { } status } when Is(status, EventStatus.Cancelled) => "It is cancelled.",
            { Transparency: { } transparency } when Is(transparency, TransparencyType.Transparent) && !import.IncludeFree =>
                "It is marked as free time. Set IncludeFree to close on such days.",
            { DtStart: null } => "It has no date.",
            { DtStart.HasTime: true } => "It has a time of day, and only whole days close. Give the date a special day instead.",
            _ => null,
        };

    private static bool Is(string value, string expected) => string.Equals(value, expected, StringComparison.OrdinalIgnoreCase);

    private List<Period> Expand(CalendarEvent entry)
    {
        Check(entry);
        try
        {
            return
            [
                .. entry
                    .GetOccurrences(new CalDateTime(import.First), Limits)
                    .Select(occurrence => occurrence.Period)
                    .TakeWhile(period => period.StartTime.Date <= import.Last),
            ];
        }
        catch (EvaluationOutOfRangeException exception)
        {
            throw new InvalidDataException($"'{Title(entry)}' repeats by a rule that finds no date any more. Correct its RRULE.", exception);
        }
        catch (Exception exception) when (HolidayCalendar.IsMisread(exception))
        {
            throw new InvalidDataException($"'{Title(entry)}' cannot be understood: {exception.Message}", exception);
        }
    }

    private static void Check(CalendarEvent entry)
    {
        // Only the first rule can be checked; the others would be expanded all the same.
        if (entry.Properties.Count(property => Is(property.Name, "RRULE")) > 1 || entry.Properties.Any(property => Is(property.Name, "EXRULE")))
        {
            throw new InvalidDataException($"'{Title(entry)}' has several rules. Write one RRULE, and what it must not include as EXDATE.");
        }

        if (entry.RecurrenceIdentifier?.Range == RecurrenceRange.ThisAndFuture)
        {
            throw new InvalidDataException($"'{Title(entry)}' changes a repeating entry from a date on. End that entry with UNTIL, and write a new one.");
        }

        if (entry.RecurrenceRule is not { } rule)
        {
            return;
        }

        var isCounted = rule.Count is <= MaxCount && rule.Frequency >= FrequencyType.Daily;
        if (rule.Frequency != FrequencyType.Yearly && !isCounted)
        {
            throw new InvalidDataException(
                $"'{Title(entry)}' repeats {rule.Frequency}. A holiday repeats yearly, or in whole days with a COUNT of at most {MaxCount}; what closes every week belongs into the week's hours."
            );
        }

        if (rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count > 0)
        {
            throw new InvalidDataException(
                $"'{Title(entry)}' repeats by the time of day, which a whole day has not (RFC 5545, 3.3.10). Remove it from its RRULE."
            );
        }

        if (rule.ByDay.Count + rule.ByMonthDay.Count + rule.ByYearDay.Count + rule.ByWeekNo.Count + rule.ByMonth.Count + rule.BySetPosition.Count > MaxParts)
        {
            throw new InvalidDataException($"'{Title(entry)}' repeats by a rule of more than {MaxParts} parts. Write an entry for each holiday.");
        }

        if (entry.DtStart!.Year < FirstYearOfRepeating)
        {
            throw new InvalidDataException($"'{Title(entry)}' repeats since {entry.DtStart.Year}. Let it begin in {FirstYearOfRepeating} or later.");
        }
    }

    private void Close(Period period, string title)
    {
        var first = period.StartTime.Date;
        // An entry without an end is one day long; DTEND is the day after the last.
        var end = period.EffectiveEndTime?.Date ?? first.AddDays(1);
        for (var date = Max(first, import.First); date <= import.Last && (date < end || date == first); date = date.AddDays(1))
        {
            _holidays.TryAdd(date, new Holiday(date, title));
        }
    }

    private static DateOnly Max(DateOnly first, DateOnly second) => first > second ? first : second;
}
