using System.Globalization;
using Support.Sdk.Sla;
using Xunit;

namespace Support.Sdk.Tests.Sla;

public sealed class SlaCaseTests(ITestOutputHelper output)
{
    private const string MoreCases = "SUPPORT_SLA_CASES";

    [Fact]
    public void Every_case_of_the_field_is_answered_by_the_convention_that_it_names()
    {
        var cases = Files().SelectMany(path => SlaCaseFile.Read(path).All).ToList();

        var faults = cases.SelectMany(Faults).ToList();

        Report(cases.Count);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public void A_source_that_drops_the_seconds_of_a_pause_is_not_followed() =>
        Assert.Equal(new DateTimeOffset(2016, 11, 9, 9, 26, 36, TimeSpan.Zero), Divergent("zammad-esc-023"));

    [Fact]
    public void A_source_that_counts_a_pause_outside_the_hours_is_not_followed() =>
        Assert.Equal(new DateTimeOffset(2020, 3, 4, 16, 0, 0, TimeSpan.Zero), Divergent("erpnext-040"));

    private static object Divergent(string id)
    {
        var found = SlaCaseFile.Read(OwnFile).Cases.Single(item => string.Equals(item.Id, id, StringComparison.Ordinal));
        Assert.Equal("divergent", found.BoundaryConvention);
        return found.Answer(found.Compile(ExactFit.Close));
    }

    private static string OwnFile => Path.Combine(AppContext.BaseDirectory, "Sla", "sla-cases.json");

    private static IEnumerable<string> Files()
    {
        var more = Environment.GetEnvironmentVariable(MoreCases);
        return string.IsNullOrEmpty(more) ? [OwnFile] : [OwnFile, .. Directory.EnumerateFiles(more, "*.json").Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Faults(SlaCase item) =>
        item switch
        {
            { Kind: "error" } => ErrorFaults(item),
            { ExpectedClose: { } close } => Faults(item, ExactFit.Close, close).Concat(Faults(item, ExactFit.NextOpening, item.ExpectedNextOpen)),
            { BoundaryConvention: "close" } => Faults(item, ExactFit.Close, item.Expected),
            { BoundaryConvention: "next_open" } => Faults(item, ExactFit.NextOpening, item.Expected),
            // The source is wrong: our answer is held against the calendar's own measure.
            { BoundaryConvention: "divergent" } => DivergentFaults(item),
            { Kind: "elapsed" } => BothFaults(item, item.ExpectedSeconds),
            _ => BothFaults(item, item.Expected),
        };

    private static IEnumerable<string> BothFaults(SlaCase item, object? expected) =>
        Faults(item, ExactFit.Close, expected).Concat(Faults(item, ExactFit.NextOpening, expected));

    private static IEnumerable<string> Faults(SlaCase item, ExactFit exactFit, object? expected)
    {
        var answer = Try(() => item.Answer(item.Compile(exactFit)));
        if (!answer.Equals(expected))
        {
            yield return Fault(item, expected, answer, exactFit);
        }
    }

    private static IEnumerable<string> DivergentFaults(SlaCase item)
    {
        var calendar = item.Compile(ExactFit.Close);
        var answer = (DateTimeOffset)item.Answer(calendar);
        if (calendar.Measure(item.Start, answer, item.AllPauses) != item.Duration)
        {
            yield return Fault(item, item.Duration, answer, ExactFit.Close);
        }
    }

    private static IEnumerable<string> ErrorFaults(SlaCase item)
    {
        var answer = Try(() => item.Answer(item.Compile(ExactFit.Close)));
        // Some call a target of zero an error; by our convention it is due at the first open moment.
        var isZero = item.DurationSeconds == 0 && answer is DateTimeOffset due && due >= item.Start && item.Compile(ExactFit.Close).IsOpen(due);
        if (answer is not Exception && !isZero)
        {
            yield return Fault(item, "an error", answer, ExactFit.Close);
        }
    }

    private static object Try(Func<object> answer)
    {
        try
        {
            return answer();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return exception;
        }
    }

    private static string Fault(SlaCase item, object? expected, object answer, ExactFit exactFit) =>
        string.Create(CultureInfo.InvariantCulture, $"{item.Title} ({exactFit}): expected {expected}, but was {answer}");

    private void Report(int count)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"sla cases: {count}");
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
