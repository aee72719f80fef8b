using CsCheck;
using Support.Sdk.Holidays;
using Xunit;

namespace Support.Sdk.Tests.Holidays;

public sealed class HostileCalendarTests
{
    private const string Good =
        "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260103\nRRULE:FREQ=YEARLY;BYMONTH=1;COUNT=9\nEXDATE;VALUE=DATE:20270101\nSUMMARY:x";

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Not found</body></html>")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\n")]
    [InlineData("\0\0\0\0")]
    public async Task What_is_no_calendar_is_refused(string text) =>
        Assert.Contains("BEGIN:VCALENDAR", (await Assert.ThrowsAsync<InvalidDataException>(() => Ics.ReadAsync(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20261399")]
    [InlineData("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=SOMETIMES")]
    [InlineData("DTSTART;VALUE=DATE:20260101\nRRULE:nonsense")]
    [InlineData("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;INTERVAL=0")]
    [InlineData("DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260101")]
    [InlineData("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31")]
    [InlineData("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=2")]
    [InlineData("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;INTERVAL=2147483647")]
    public async Task An_entry_that_cannot_be_understood_is_refused(string entry) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => Ics.ReadAsync(Ics.Calendar(entry)));

    [Theory]
    [InlineData("RRULE:FREQ=SECONDLY", "repeats Secondly")]
    [InlineData("RRULE:FREQ=SECONDLY;COUNT=3", "repeats Secondly")]
    [InlineData("rrule:freq=minutely", "repeats Minutely")]
    [InlineData("RRULE:FREQ=WEEKLY", "the week's hours")]
    [InlineData("RRULE:FREQ=DAILY;COUNT=367", "at most 366")]
    [InlineData(
        "RRULE:FREQ=YEARLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10;BYYEARDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41",
        "more than 50 parts"
    )]
    [InlineData("RRULE:FREQ=YEARLY;BYSECOND=1,2", "the time of day")]
    [InlineData("RRULE:FREQ=YEARLY\nRRULE:FREQ=SECONDLY", "several rules")]
    [InlineData("RRULE:FREQ=YEARLY\nexrule:FREQ=SECONDLY", "several rules")]
    [InlineData("RRULE:FREQ=YEARLY\nRECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20260101", "UNTIL")]
    public async Task A_rule_that_could_run_for_ever_is_refused_with_the_entry(string rule, string reason)
    {
        var calendar = Ics.Calendar($"DTSTART;VALUE=DATE:20200101\n{rule}\nSUMMARY:Trap");

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Ics.ReadAsync(calendar));

        Assert.Contains("'Trap'", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_began_before_all_calendars_is_refused() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => Ics.ReadAsync(Ics.Calendar("DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=YEARLY")));

    [Fact]
    public async Task Too_many_rules_are_refused()
    {
        var calendar = Ics.Calendar([.. Enumerable.Repeat("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY", 501)]);

        Assert.Contains("500", (await Assert.ThrowsAsync<InvalidDataException>(() => Ics.ReadAsync(calendar))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RDATE")]
    [InlineData("EXDATE")]
    public async Task Too_many_listed_dates_are_refused(string property)
    {
        var dates = string.Join(',', Enumerable.Range(0, 1001).Select(day => $"{new DateOnly(2026, 1, 1).AddDays(day):yyyyMMdd}"));

        var error = await Assert.ThrowsAsync<InvalidDataException>(() =>
            Ics.ReadAsync(Ics.Calendar($"DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY\n{property};VALUE=DATE:{dates}"))
        );

        Assert.Contains("1000 dates", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_goes_on_for_ever_is_refused()
    {
        var dates = string.Concat(Enumerable.Repeat("20260101,\r\n ", 5000));

        var error = await Assert.ThrowsAsync<InvalidDataException>(() =>
            Ics.ReadAsync(Ics.Calendar($"DTSTART;VALUE=DATE:20200101\nRDATE;VALUE=DATE:{dates}20260102"))
        );

        Assert.Contains("16384 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_of_eight_thousand_years_closes_only_the_years_that_were_asked_for() =>
        Assert.Equal(1096, (await Ics.ReadAsync(Ics.Calendar("DTSTART;VALUE=DATE:20200101\nDTEND;VALUE=DATE:99991231"))).Holidays.Count);

    [Fact]
    public async Task A_calendar_that_is_too_large_is_refused_before_all_of_it_is_read()
    {
        await using var endless = new EndlessStream();

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => HolidayCalendar.ReadAsync(endless, Ics.Years));

        Assert.Contains("1048576 bytes", error.Message, StringComparison.Ordinal);
        Assert.InRange(endless.Served, 1, 2 * 1024 * 1024);
    }

    [Fact]
    public async Task Reading_can_be_cancelled() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            HolidayCalendar.ReadAsync(new EndlessStream(), Ics.Years, new CancellationToken(canceled: true))
        );

    [Theory]
    [InlineData(2028, 2026, 1000)]
    [InlineData(0, 2, 1000)]
    [InlineData(2026, 9999, 1000)]
    [InlineData(2000, 2100, 1000)]
    [InlineData(2026, 2026, 0)]
    public async Task Settings_that_make_no_sense_are_refused(int first, int last, int maxBytes)
    {
        var import = new HolidayImport
        {
            FirstYear = first,
            LastYear = last,
            MaxBytes = maxBytes,
        };

        await Assert.ThrowsAsync<ArgumentException>(() => Ics.ReadAsync(Ics.Calendar(), import));
    }

    [Fact]
    public async Task A_damaged_calendar_is_read_or_refused_and_nothing_else()
    {
        var good = Ics.Calendar(
            Good,
            "DTSTART:20260103T120000Z\nSUMMARY:half",
            "UID:0\nRECURRENCE-ID;VALUE=DATE:20280101\nDTSTART;VALUE=DATE:20280102\nSTATUS:CANCELLED"
        );
        var damages = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[0, 12], Gen.String[Gen.Char["\r\n;:=,-+0129AZT\"\\ "], 0, 6]).Array[1, 4];

        await damages.SampleAsync(
            async damage =>
            {
                var text = damage.Aggregate(
                    good,
                    (text, hit) => text[..Math.Min(hit.Item1, text.Length)] + hit.Item3 + text[Math.Min(hit.Item1 + hit.Item2, text.Length)..]
                );
                try
                {
                    await Ics.ReadAsync(text);
                }
                catch (InvalidDataException)
                {
                    // Refused, as documented.
                }
            },
            iter: 3000
        );
    }

    /// <summary>A server that sends letters for ever.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public long Served { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            buffer.Span.Fill((byte)'A');
            Served += buffer.Length;
            return new ValueTask<int>(buffer.Length);
        }
    }
}
