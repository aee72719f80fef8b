using CsCheck;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Sla;

/// <summary>The week of 2 November 2026 in Stockholm: UTC+1, open Monday to Friday 09:00 to 17:00.</summary>
public sealed class ClockworkTests
{
    private static readonly Shop Shop = Given.Shop with { TimeZone = "Europe/Stockholm" };
    private static readonly Clockwork Work = new(SlaCalendars.Of(Shop));
    private static readonly SlaPolicy Policy = new() { Name = "policy" };

    [Fact]
    public void A_clock_is_due_after_so_many_open_hours()
    {
        Assert.Equal(At(9, 10), Start(4, At(6, 14)).DueAt);
    }

    [Fact]
    public void Twenty_four_hours_of_open_days_end_at_the_same_time_of_the_next_open_day()
    {
        Assert.Equal(At(9, 15), Start(24, At(6, 15), SlaTime.OpenDays).DueAt);
        Assert.Equal(At(4, 15), Start(24, At(3, 15), SlaTime.OpenDays).DueAt);
    }

    [Fact]
    public void Open_days_leave_out_holidays()
    {
        var shop = Shop with { Hours = new BusinessHours { Holidays = ["2026-11-09"] } };
        var clock = new Clockwork(SlaCalendars.Of(shop)).Start(Target(24, SlaTime.OpenDays), Policy, At(6, 15));
        Assert.Equal(At(10, 15), clock.DueAt);
    }

    [Fact]
    public void All_time_counts_through_the_night()
    {
        Assert.Equal(At(7, 15), Start(24, At(6, 15), SlaTime.Always).DueAt);
    }

    [Fact]
    public void Zero_is_due_at_the_first_open_moment()
    {
        Assert.Equal(At(9, 9), Start(0, At(7, 12)).DueAt);
        Assert.Equal(At(9, 12), Start(0, At(9, 12)).DueAt);
    }

    [Fact]
    public void A_day_on_which_clocks_are_set_back_has_an_hour_more()
    {
        var sunday = new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.Zero);
        Assert.Equal(sunday.AddHours(25), Start(25, sunday, SlaTime.Always).DueAt);
    }

    [Fact]
    public void An_answer_exactly_when_it_is_due_is_in_time()
    {
        var clock = Start(4, At(2, 9));
        Assert.Equal(SlaClockState.Met, Work.Stop(clock, At(2, 13)).State);
        Assert.Equal(SlaClockState.Missed, Work.Stop(clock, At(2, 13).AddTicks(1)).State);
    }

    [Fact]
    public void A_late_answer_is_a_miss_although_nobody_noticed_that_it_was_late()
    {
        var answered = Work.Stop(Start(4, At(2, 9)), At(3, 9));
        Assert.Equal((SlaClockState.Missed, At(2, 13)), (answered.State, answered.BrokenAt));
    }

    [Fact]
    public void A_pause_takes_the_time_that_is_left_along()
    {
        var paused = Work.Pause(Start(4, At(2, 9)), At(2, 12));
        Assert.Null(paused.DueAt);
        Assert.Equal(At(5, 11), Work.Resume(paused, At(5, 10)).DueAt);
    }

    [Fact]
    public void A_pause_outside_the_open_hours_moves_nothing()
    {
        var clock = Start(4, At(2, 15));
        var resumed = Work.Resume(Work.Pause(clock, At(2, 18)), At(3, 8));
        Assert.Equal(clock.DueAt, resumed.DueAt);
    }

    [Fact]
    public void What_broke_before_a_pause_stays_broken()
    {
        var resumed = Work.Resume(Work.Pause(Start(1, At(2, 9)), At(2, 11)), At(2, 12));
        Assert.Equal((At(2, 10), At(2, 10)), (resumed.BrokenAt, resumed.DueAt));
        Assert.Equal(SlaClockState.Missed, Work.Stop(resumed, At(2, 13)).State);
    }

    [Fact]
    public void A_clock_that_is_not_needed_any_more_is_dropped_unless_it_is_late()
    {
        var clock = Start(1, At(2, 9));
        Assert.Equal(SlaClockState.Dropped, Work.Drop(clock, At(2, 9, 30)).State);
        Assert.Equal(SlaClockState.Missed, Work.Drop(clock, At(2, 11)).State);
    }

    [Fact]
    public void A_clock_that_ended_does_not_end_again()
    {
        var met = Work.Stop(Start(1, At(2, 9)), At(2, 9, 30));
        Assert.Equal(met, Work.Stop(met, At(4, 9)));
        Assert.Equal(met, Work.Drop(met, At(4, 9)));
        Assert.Equal(met, Work.Pause(met, At(4, 9)));
    }

    [Fact]
    public void What_lies_between_solved_and_opened_again_does_not_count()
    {
        var solved = Work.Stop(Start(8, At(2, 9)), At(2, 12));
        var reopened = Work.Reopen(solved, At(4, 9));
        Assert.Equal((SlaClockState.Running, At(4, 14)), (reopened.State, reopened.DueAt));
    }

    [Fact]
    public void A_new_target_counts_what_has_passed()
    {
        var reset = Work.Reset(Start(8, At(2, 9)), Target(2, SlaTime.OpenHours), Policy, At(2, 10));
        Assert.Equal(At(2, 11), reset.DueAt);
    }

    [Fact]
    public void A_new_target_that_has_passed_already_is_due_at_once()
    {
        var reset = Work.Reset(Start(8, At(2, 9)), Target(2, SlaTime.OpenHours), Policy, At(2, 13));
        Assert.Equal(At(2, 13), reset.DueAt);
        Assert.Equal(SlaClockState.Missed, Work.Stop(reset, At(2, 14)).State);
    }

    [Fact]
    public void A_new_target_leaves_a_clock_that_stands_still_standing()
    {
        var paused = Work.Pause(Start(8, At(2, 9)), At(2, 12));
        var reset = Work.Reset(paused, Target(4, SlaTime.OpenHours), Policy, At(3, 9));
        Assert.Equal((SlaClockState.Paused, null), (reset.State, reset.DueAt));
        Assert.Equal(At(3, 11), Work.Resume(reset, At(3, 10)).DueAt);
    }

    [Fact]
    public void A_promised_word_stands_whatever_the_calendar_and_the_status()
    {
        var clock = Clockwork.Promise(At(7, 20), At(6, 9));
        Assert.Equal(clock, Work.Pause(clock, At(6, 10)));
        Assert.Equal(SlaClockState.Met, Work.Stop(clock, At(7, 20)).State);
    }

    [Fact]
    public void A_warning_comes_so_many_open_hours_before()
    {
        Assert.Equal(At(6, 16, 30), Work.WarnAt(Start(4, At(6, 13, 30)), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_shop_that_never_opens_again_has_no_moment_that_is_due()
    {
        var shop = Shop with
        {
            Hours = new BusinessHours
            {
                Week = new Dictionary<DayOfWeek, string>(),
                SpecialDays = new Dictionary<string, string>(StringComparer.Ordinal) { ["2026-01-02"] = "09:00-10:00" },
            },
        };
        var work = new Clockwork(SlaCalendars.Of(shop));
        var clock = work.Start(Target(4, SlaTime.OpenHours), Policy, At(2, 9));
        Assert.Null(clock.DueAt);
        Assert.Equal(SlaClockState.Met, work.Stop(clock, At(9, 9)).State);
    }

    [Fact]
    public void A_clock_of_another_process_that_lags_behind_moves_nothing_backward()
    {
        var resumed = Work.Resume(Work.Pause(Start(4, At(2, 9)), At(2, 10)), At(2, 12));
        var paused = Work.Pause(resumed, At(2, 11, 55));
        Assert.Equal(TimeSpan.FromHours(1), paused.Passed);
    }

    // The calendar judges: it can take all pauses into account at once.
    [Fact]
    public void Pauses_one_after_the_other_are_the_pauses_of_the_calendar()
    {
        var calendar = new BusinessCalendar(new BusinessHours(), TimeZoneInfo.FindSystemTimeZoneById(Shop.TimeZone));
        var minutes = Gen.Int[1, 5000];
        Gen.Select(Gen.Int[0, 20_000], Gen.Int[0, 3000], Gen.Select(minutes, minutes).List[0, 6])
            .Sample(
                (offset, within, steps) =>
                {
                    var start = At(2, 0).AddMinutes(offset);
                    var clock = Start(within / 60.0, start);
                    var pauses = new List<Pause>();
                    var now = start;
                    foreach (var (running, paused) in steps)
                    {
                        var from = now.AddMinutes(running);
                        now = from.AddMinutes(paused);
                        if (from > clock.DueAt)
                        {
                            break;
                        }

                        pauses.Add(new Pause(from, now));
                        clock = Work.Resume(Work.Pause(clock, from), now);
                    }

                    // Due at the very moment of a pause, a clock is due then; after the pause it says the first open moment.
                    var due = calendar.Add(start, TimeSpan.FromMinutes(within), pauses);
                    return clock.DueAt == due || pauses.Exists(pause => pause.From == due);
                },
                iter: 2000
            );
    }

    private static SlaClock Start(double hours, DateTimeOffset at, SlaTime counts = SlaTime.OpenHours) => Work.Start(Target(hours, counts), Policy, at);

    private static SlaTarget Target(double hours, SlaTime counts) =>
        new()
        {
            Metric = SlaMetric.FirstResponse,
            Within = TimeSpan.FromMinutes(Math.Round(hours * 60)),
            Counts = counts,
        };

    private static DateTimeOffset At(int day, int hour, int minute = 0) =>
        new DateTimeOffset(2026, 11, day, hour, minute, 0, TimeSpan.FromHours(1)).ToUniversalTime();
}
