using CsCheck;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;
using Xunit;
using static Support.Sdk.Tests.Tickets.GivenTicket;

namespace Support.Sdk.Tests.Tickets;

public sealed class TicketHistoryTests
{
    private static readonly Gen<Func<TicketChange, DateTimeOffset, TicketChange>> Acts = Gen.OneOf(
        Gen.Const<Func<TicketChange, DateTimeOffset, TicketChange>>((change, at) => change.Heard(at)),
        Gen.Enum<TicketStatus>()
            .Where(status => status != TicketStatus.New)
            .Select(status => (Func<TicketChange, DateTimeOffset, TicketChange>)((change, at) => change.Replied(at, status, at.AddHours(5)))),
        Gen.Enum<TicketStatus>()
            .Where(status => status != TicketStatus.New)
            .Select(status => (Func<TicketChange, DateTimeOffset, TicketChange>)((change, at) => change.Set(at, status))),
        Gen.Const<Func<TicketChange, DateTimeOffset, TicketChange>>((change, at) => change.Ticked(at)),
        Gen.Int[0, 5]
            .Select(number =>
                (Func<TicketChange, DateTimeOffset, TicketChange>)(
                    (change, at) =>
                        change.Then(
                            at,
                            draft =>
                                draft.Change(ticket => ticket with { Tags = [.. ticket.Tags, $"t{number}"], Priority = (TicketPriority)(number % 4) }, "bo")
                        )
                )
            )
    );

    [Fact]
    public void The_ticket_can_be_put_together_again_from_its_history() =>
        Sample(change =>
        {
            var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var field in change.Entries.SelectMany(entry => entry.Changes))
            {
                if (!string.Equals(fields.GetValueOrDefault(field.Field), field.From, StringComparison.Ordinal))
                {
                    return false;
                }

                fields.Remove(field.Field);
                if (field.To is { } value)
                {
                    fields[field.Field] = value;
                }
            }

            return fields.SequenceEqual(TicketFields.Of(change.Ticket));
        });

    [Fact]
    public void Entries_are_numbered_without_gaps() =>
        Sample(change =>
            change.Entries.Select(entry => entry.Number).SequenceEqual(Enumerable.Range(1, change.Entries.Count).Select(number => (long)number))
            && change.Ticket.Entries == change.Entries.Count
        );

    [Fact]
    public void Whatever_happens_a_broken_promise_is_never_met() =>
        Sample(change => change.Ticket.Clocks.All(clock => clock.BrokenAt is null || clock.State != SlaClockState.Met));

    [Fact]
    public void Whatever_happens_the_next_response_waits_for_the_first() =>
        Sample(change => change.Ticket.FirstReplyAt is not null || change.Ticket.Clocks.All(clock => clock.Metric != SlaMetric.NextResponse));

    [Fact]
    public void Whatever_happens_a_clock_runs_only_in_a_ticket_that_is_open() =>
        Sample(change => change.Ticket.IsOpen || change.Ticket.Clocks.All(clock => clock.EndedAt is not null || clock.Metric == SlaMetric.Promise));

    [Fact]
    public void Whatever_happens_the_next_check_is_not_after_the_next_promise() =>
        Sample(change =>
            change.Ticket.Clocks.All(clock =>
                clock is not { State: SlaClockState.Running, BrokenAt: null, DueAt: { } due } || change.Ticket.CheckAt <= due.AddMicroseconds(1)
            )
        );

    [Fact]
    public void A_word_names_the_status_that_it_changed()
    {
        var entry = Opened().Replied(At(2, 12)).Heard(At(3, 10)).Entries[^1];
        Assert.Contains(new TicketChangedField("status", "pending", "open"), entry.Changes);
    }

    private static void Sample(Func<TicketChange, bool> holds) =>
        Gen.Select(Acts, Gen.Int[1, 3000])
            .List[1, 12]
            .Sample(
                steps =>
                {
                    var (change, now) = (Opened(), Monday);
                    foreach (var (act, minutes) in steps)
                    {
                        now = now.AddMinutes(minutes);
                        change = change.Ticket.Status == TicketStatus.Closed ? change.Set(now, TicketStatus.Open) : act(change, now);
                        if (!holds(change))
                        {
                            return false;
                        }
                    }

                    return true;
                },
                iter: 1000
            );
}
