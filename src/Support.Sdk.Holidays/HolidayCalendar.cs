using System.Runtime.Serialization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.Evaluation;

namespace Support.Sdk.Holidays;

/// <summary>Reads calendars of holidays in the iCalendar format (<c>.ics</c>, RFC 5545).</summary>
/// <remarks>
/// <para>
/// Entries of whole days close their days, from the first to the day before <c>DTEND</c>; what repeats is expanded. Cancelled
/// entries, free ones and those with a time of day (half holidays) close nothing and are listed as skipped.
/// </para>
/// <para>
/// A calendar may come from a stranger: its size is limited, an entry may repeat yearly or a counted number of times, and a
/// calendar that breaks a rule is refused as a whole, because a shop that is open by mistake breaks promises.
/// </para>
/// <example>
/// <code>
/// var sweden = await HolidayCalendar.ReadFileAsync("sweden.ics", new HolidayImport { FirstYear = 2026, LastYear = 2030 });
/// var hours = new BusinessHours { TimeZone = "Europe/Stockholm" }.WithHolidays(sweden.Dates);
/// </code>
/// </example>
/// </remarks>
public static class HolidayCalendar
{
    // A list of dates in one line is compared each with each while it is parsed.
    private const int MaxLineLength = 16 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="import">What to read from it.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="InvalidDataException">The file is too large, is no calendar, or has an entry that cannot be understood; the message says which.</exception>
    /// <exception cref="ArgumentException">The settings make no sense.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<HolidayList> ReadFileAsync(string path, HolidayImport import, CancellationToken cancellationToken = default)
    {
        await using var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        return await ReadAsync(file, import, cancellationToken);
    }

    /// <summary>Reads a stream, in UTF-8 unless it begins with another byte order mark, and leaves it open.</summary>
    /// <param name="calendar">The stream, from where it stands.</param>
    /// <param name="import">What to read from it.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="InvalidDataException">The stream is too large, is no calendar, or has an entry that cannot be understood; the message says which.</exception>
    /// <exception cref="ArgumentException">The settings make no sense.</exception>
    public static async Task<HolidayList> ReadAsync(Stream calendar, HolidayImport import, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(import);
        if (!import.IsPossible)
        {
            throw new ArgumentException(
                $"The years {import.FirstYear} to {import.LastYear} in at most {import.MaxBytes} bytes cannot be read. Name 1 to 100 years between 1 and 9998, the first one first.",
                nameof(import)
            );
        }

        var text = await ReadTextAsync(calendar, import.MaxBytes, cancellationToken);
        return new HolidayEntries(import).Read(Parse(text), cancellationToken);
    }

    internal static bool IsMisread(Exception exception) =>
        exception is SerializationException or ArgumentException or FormatException or InvalidOperationException or OverflowException or EvaluationException;

    private static async Task<string> ReadTextAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0; )
        {
            if (bytes.Length + read > maxBytes)
            {
                throw new InvalidDataException($"The calendar is larger than {maxBytes} bytes. Take one with fewer entries, or raise MaxBytes.");
            }

            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        bytes.Position = 0;
        using var reader = new StreamReader(bytes);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static List<CalendarEvent> Parse(string text)
    {
        CheckLines(text);
        try
        {
            var calendars = CalendarCollection.Load(text);
            return calendars.Count > 0
                ? [.. calendars.SelectMany(calendar => calendar.Events)]
                : throw new InvalidDataException("There is no calendar in it. Give an .ics file, which begins with BEGIN:VCALENDAR.");
        }
        catch (Exception exception) when (IsMisread(exception))
        {
            throw new InvalidDataException(
                $"It is no calendar, or a broken one: {Short(exception.Message)} Give an .ics file that begins with BEGIN:VCALENDAR.",
                exception
            );
        }
    }

    private static void CheckLines(string text)
    {
        var length = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            // What begins with a blank goes on with the line before (RFC 5545, 3.1).
            length = line.Length + (line is [' ' or '\t', ..] ? length : 0);
            if (length > MaxLineLength)
            {
                throw new InvalidDataException($"A line of it is longer than {MaxLineLength} characters. Take a calendar of holidays only.");
            }
        }
    }

    private static string Short(string message) => message.Length <= 200 ? message : $"{message[..200]}…";
}
