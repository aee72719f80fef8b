using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;
using Xunit;
using static Support.Sdk.Tests.Tickets.GivenTicket;

namespace Support.Sdk.Tests.Tickets;

/// <summary>What happens to a ticket's clocks; open Monday to Friday 09:00 to 17:00 in Stockholm, all times in Stockholm.</summary>
public sealed class TicketClockTests
{
    [Fact]
    public void The_first_word_starts_the_first_response_and_the_resolution()
    {
        var opened = Opened();
        Assert.Equal((At(2, 14), At(9, 10)), (opened.Clock(SlaMetric.FirstResponse).DueAt, opened.Clock(SlaMetric.Resolution).DueAt));
        Assert.Null(opened.MaybeClock(SlaMetric.NextResponse));
    }

    [Fact]
    public void Further_words_before_the_answer_move_nothing()
    {
        var heard = Opened().Heard(At(2, 12));
        Assert.Equal(At(2, 14), heard.Clock(SlaMetric.FirstResponse).DueAt);
        Assert.Null(heard.MaybeClock(SlaMetric.NextResponse));
    }

    [Fact]
    public void The_next_response_is_counted_from_the_oldest_unanswered_word()
    {
        var heard = Opened().Replied(At(2, 12)).Heard(At(3, 10)).Heard(At(3, 15));
        Assert.Equal(At(4, 10), heard.Clock(SlaMetric.NextResponse).DueAt);
        Assert.Equal(SlaClockState.Met, heard.Clock(SlaMetric.FirstResponse).State);
    }

    [Fact]
    public void A_reply_meets_what_it_answers_and_counts_from_then_to_the_next_update()
    {
        var replied = Opened().Replied(At(2, 12), TicketStatus.Open);
        Assert.Equal(SlaClockState.Met, replied.Clock(SlaMetric.FirstResponse).State);
        Assert.Equal(At(4, 12), replied.Clock(SlaMetric.PeriodicUpdate).DueAt);
        Assert.Equal(SlaClockState.Running, replied.Clock(SlaMetric.Resolution).State);
    }

    [Fact]
    public void While_it_is_the_customer_s_turn_the_clocks_stand_still()
    {
        var pending = Opened().Replied(At(2, 12));
        Assert.Equal((SlaClockState.Paused, null), (pending.Clock(SlaMetric.Resolution).State, pending.Clock(SlaMetric.Resolution).DueAt));
        // Two of 40 hours had passed; they go on at ten on Thursday.
        Assert.Equal(At(11, 8 + 8), pending.Heard(At(5, 10)).Clock(SlaMetric.Resolution).DueAt);
    }

    [Fact]
    public void Waiting_for_a_third_party_stops_nothing_unless_the_policy_says_so()
    {
        Assert.Equal(SlaClockState.Running, Opened().Set(At(2, 11), TicketStatus.OnHold).Clock(SlaMetric.FirstResponse).State);
        var shop = With(policy => policy with { PausedIn = [TicketStatus.OnHold] });
        var held = Opened(shop).Then(At(2, 11), draft => draft.Change(ticket => ticket with { Status = TicketStatus.OnHold }, "bo"), shop);
        Assert.Equal(SlaClockState.Paused, held.Clock(SlaMetric.FirstResponse).State);
    }

    [Fact]
    public void A_late_reply_is_a_miss_although_the_sweep_never_ran()
    {
        var replied = Opened().Replied(At(3, 9));
        Assert.Equal((SlaClockState.Missed, At(2, 14)), (replied.Clock(SlaMetric.FirstResponse).State, replied.Clock(SlaMetric.FirstResponse).BrokenAt));
    }

    [Fact]
    public void A_promise_that_passes_breaks_once_and_is_written_down()
    {
        var broken = Opened().Ticked(At(2, 14).AddSeconds(1));
        Assert.Equal(At(2, 14), broken.Clock(SlaMetric.FirstResponse).BrokenAt);
        var entry = broken.Entries[^1];
        Assert.Equal((TicketEntryKind.Clock, "clock.firstResponse"), (entry.Kind, Assert.Single(entry.Changes).Field));
        Assert.Equal(broken.Entries.Count, broken.Ticked(At(2, 15)).Entries.Count);
    }

    [Fact]
    public void Nothing_is_broken_at_the_very_moment_that_it_is_due()
    {
        Assert.Null(Opened().Ticked(At(2, 14)).Clock(SlaMetric.FirstResponse).BrokenAt);
    }

    [Fact]
    public void Solved_without_an_answer_is_neither_met_nor_missed()
    {
        Assert.Equal(SlaClockState.Dropped, Opened().Set(At(2, 11), TicketStatus.Solved).Clock(SlaMetric.FirstResponse).State);
        Assert.Equal(SlaClockState.Missed, Opened().Set(At(2, 15), TicketStatus.Solved).Clock(SlaMetric.FirstResponse).State);
    }

    [Fact]
    public void Solving_ends_the_resolution_and_opening_again_goes_on_with_it()
    {
        var solved = Opened().Replied(At(2, 12), TicketStatus.Solved);
        Assert.Equal(SlaClockState.Met, solved.Clock(SlaMetric.Resolution).State);
        var reopened = solved.Heard(At(4, 10));
        Assert.Equal((TicketStatus.Open, SlaClockState.Running), (reopened.Ticket.Status, reopened.Clock(SlaMetric.Resolution).State));
        // Two hours had passed by Monday at twelve; 38 are left from Wednesday at ten.
        Assert.Equal(At(10, 16), reopened.Clock(SlaMetric.Resolution).DueAt);
        Assert.Equal(At(5, 10), reopened.Clock(SlaMetric.NextResponse).DueAt);
    }

    [Fact]
    public void An_agent_s_word_is_a_clock_that_the_next_reply_meets()
    {
        var promised = Opened().Replied(At(2, 12), nextWordBy: At(3, 12));
        Assert.Equal((SlaClockState.Running, At(3, 12)), (promised.Clock(SlaMetric.Promise).State, promised.Clock(SlaMetric.Promise).DueAt));
        Assert.Equal(SlaClockState.Met, promised.Replied(At(3, 11)).Clock(SlaMetric.Promise).State);
        Assert.Equal(SlaClockState.Missed, promised.Replied(At(3, 13)).Clock(SlaMetric.Promise).State);
    }

    [Fact]
    public void The_next_check_is_the_moment_after_the_first_promise_ends()
    {
        Assert.Equal(At(2, 14).AddMicroseconds(1), Opened().Ticket.CheckAt);
    }

    [Fact]
    public void A_solved_ticket_is_closed_after_a_week()
    {
        var solved = Opened().Replied(At(2, 12), TicketStatus.Solved);
        Assert.Equal(At(9, 12), solved.Ticket.CheckAt);
        Assert.Equal(TicketStatus.Solved, solved.Ticked(At(9, 11)).Ticket.Status);
        var closed = solved.Ticked(At(9, 12));
        Assert.Equal((TicketStatus.Closed, null), (closed.Ticket.Status, closed.Ticket.CheckAt));
    }

    [Fact]
    public void A_higher_priority_keeps_what_was_promised_unless_the_policy_reapplies()
    {
        var keeps = Urgent(SlaOnChange.Keep);
        var kept = Opened(keeps).Then(At(2, 11), Raise, keeps);
        Assert.Equal(At(2, 14), kept.Clock(SlaMetric.FirstResponse).DueAt);

        var reapplies = Urgent(SlaOnChange.Reapply);
        var reset = Opened(reapplies).Then(At(2, 11), Raise, reapplies);
        Assert.Equal(At(2, 12), reset.Clock(SlaMetric.FirstResponse).DueAt);

        static void Raise(TicketDraft draft) => draft.Change(ticket => ticket with { Priority = TicketPriority.Urgent }, "bo");
    }

    [Fact]
    public void A_policy_that_reapplies_drops_what_it_does_not_promise_any_more()
    {
        var none = With(policy => policy with { Targets = [], OnChange = SlaOnChange.Reapply });
        var noted = Opened().Then(At(2, 11), draft => draft.Change(ticket => ticket, "bo"), none);
        Assert.All(noted.Ticket.Clocks, clock => Assert.Equal(SlaClockState.Dropped, clock.State));
    }

    [Fact]
    public void A_policy_that_reapplies_counts_for_who_waits_already()
    {
        var none = With(policy => policy with { Targets = [] });
        var reapplies = With(policy => policy with { OnChange = SlaOnChange.Reapply });
        var noted = Opened(none).Then(At(2, 11), draft => draft.Change(ticket => ticket, "bo"), reapplies);
        Assert.Equal(At(2, 14), noted.Clock(SlaMetric.FirstResponse).DueAt);
    }

    [Fact]
    public void A_clock_that_lags_behind_another_process_moves_nothing_back()
    {
        var replied = Opened().Replied(At(2, 12));
        var noted = replied.Then(At(2, 11, 55), draft => draft.Note(new TicketNote { Text = "Called." }, "bo"));
        Assert.Equal(At(2, 12), noted.Entries[^1].At);
    }

    [Fact]
    public void A_word_that_claims_to_come_from_the_future_counts_from_now()
    {
        var heard = Opened().Replied(At(2, 12)).Then(At(3, 10), draft => draft.Hear(Message(at: At(20, 10))));
        Assert.Equal((At(3, 10), At(4, 10)), (heard.Entries[^1].At, heard.Clock(SlaMetric.NextResponse).DueAt));
    }

    [Fact]
    public void A_word_that_claims_to_be_years_old_counts_from_a_week_ago()
    {
        var heard = Opened().Then(At(3, 10), draft => draft.Hear(Message(at: At(3, 10).AddYears(-10))));
        Assert.Equal(At(3, 10).AddDays(-7), heard.Entries[^1].At);
    }

    private static Shop Urgent(SlaOnChange onChange) =>
        With(policy =>
            policy with
            {
                OnChange = onChange,
                Targets = [.. policy.Targets, Target(SlaMetric.FirstResponse, 2) with { Priority = TicketPriority.Urgent }],
            }
        );

    private static Shop With(Func<SlaPolicy, SlaPolicy> change) =>
        GivenTicket.Shop with
        {
            Tickets = GivenTicket.Shop.Tickets with { Policies = [change(GivenTicket.Shop.Tickets.Policies![0])] },
        };
}
