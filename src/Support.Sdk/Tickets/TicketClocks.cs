using Support.Sdk.Shops;
using Support.Sdk.Sla;

namespace Support.Sdk.Tickets;

/// <summary>What each thing that happens to a ticket does to its clocks. Pure functions of the ticket and a moment.</summary>
internal sealed class TicketClocks(Shop shop)
{
    // Stores keep microseconds: the first moment after one.
    private static readonly TimeSpan JustAfter = TimeSpan.FromMicroseconds(1);
    private static readonly IReadOnlyList<TicketStatus> PausedByDefault = [TicketStatus.Pending];

    private readonly SlaCalendars _calendars = SlaCalendars.Of(shop);
    private readonly Clockwork _work = new(SlaCalendars.Of(shop));

    private TicketRules Rules => shop.Tickets;

    /// <summary>The ticket was opened.</summary>
    public Ticket Opened(Ticket ticket, DateTimeOffset at) => Start(ticket, SlaMetric.Resolution, at);

    /// <summary>The customer wrote. Further words while one waits for its answer move nothing.</summary>
    public Ticket CustomerSpoke(Ticket ticket, DateTimeOffset at)
    {
        var metric = ticket.FirstReplyAt is null ? SlaMetric.FirstResponse : SlaMetric.NextResponse;
        return Find(ticket, metric) is { EndedAt: null } ? ticket : Start(ticket, metric, at);
    }

    /// <summary>A person answered.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="at">When.</param>
    /// <param name="promised">When the next word was promised, or null.</param>
    public Ticket Replied(Ticket ticket, DateTimeOffset at, DateTimeOffset? promised)
    {
        foreach (var metric in (ReadOnlySpan<SlaMetric>)[SlaMetric.FirstResponse, SlaMetric.NextResponse, SlaMetric.PeriodicUpdate, SlaMetric.Promise])
        {
            ticket = Change(ticket, metric, clock => _work.Stop(clock, at));
        }

        ticket = Start(ticket, SlaMetric.PeriodicUpdate, at);
        return promised is { } due ? Put(ticket, Clockwork.Promise(due, at)) : ticket;
    }

    /// <summary>The status became another.</summary>
    public Ticket Moved(Ticket ticket, TicketStatus before, DateTimeOffset at)
    {
        if (!ticket.IsOpen)
        {
            ticket = Change(ticket, SlaMetric.Resolution, clock => _work.Stop(clock, at));
            return All(ticket, clock => _work.Drop(clock, at));
        }

        var wasOver = before is TicketStatus.Solved or TicketStatus.Closed;
        ticket = wasOver ? Change(ticket, SlaMetric.Resolution, clock => _work.Reopen(clock, at)) : ticket;
        return All(ticket, clock => IsPausedBy(clock, ticket.Status) ? _work.Pause(clock, at) : _work.Resume(clock, at));
    }

    /// <summary>Finds the policy anew, and sets clocks to it where it says so.</summary>
    public Ticket Matched(Ticket ticket, DateTimeOffset at)
    {
        var policy = SlaMatch.Policy(Rules, ticket);
        ticket = ticket with { Policy = policy?.Name };
        if (policy is not { OnChange: SlaOnChange.Reapply })
        {
            return ticket;
        }

        ticket = All(ticket, clock => Reset(clock, ticket, policy, at));
        // Who waits already, and was promised nothing so far, waits since then.
        return ticket.WaitingSince is { } since && ticket.IsOpen ? CustomerSpoke(ticket, since) : ticket;
    }

    /// <summary>What the customer waits for: the first response, else the next one; null when neither runs.</summary>
    public static SlaClock? Promised(Ticket ticket) =>
        ticket.Clocks.FirstOrDefault(clock => clock is { State: SlaClockState.Running, Metric: SlaMetric.FirstResponse or SlaMetric.NextResponse });

    /// <summary>Marks what has broken.</summary>
    public static Ticket Broken(Ticket ticket, DateTimeOffset now) => All(ticket, clock => Clockwork.Break(clock, now));

    /// <summary>The warnings that are due, the earliest first.</summary>
    public IReadOnlyList<DueWarning> Warnings(Ticket ticket, DateTimeOffset now) =>
        [.. Planned(ticket).Where(warning => warning.At <= now).OrderBy(warning => warning.At)];

    /// <summary>Remembers that a warning was given.</summary>
    public static Ticket Warned(Ticket ticket, DueWarning due) =>
        Change(ticket, due.Clock.Metric, clock => clock with { Warned = [.. clock.Warned, due.Warning] });

    /// <summary>The earliest moment at which a clock breaks, a warning is due or the ticket closes; null for never.</summary>
    public DateTimeOffset? NextAt(Ticket ticket) =>
        Planned(ticket)
            .Select(warning => (DateTimeOffset?)warning.At)
            .Concat(ticket.Clocks.Select(clock => clock is { State: SlaClockState.Running, BrokenAt: null } ? clock.DueAt + JustAfter : null))
            .Append(ticket is { Status: TicketStatus.Solved, SolvedAt: { } solved } ? solved + Rules.CloseAfter : null)
            .Min();

    private IEnumerable<DueWarning> Planned(Ticket ticket) =>
        from clock in ticket.Clocks
        where clock.State == SlaClockState.Running
        let policy = SlaMatch.Named(Rules, clock.Metric == SlaMetric.Promise ? ticket.Policy : clock.Policy)
        where policy is not null
        from warning in policy.Warnings
        where (warning.Metric is null || warning.Metric == clock.Metric) && !clock.Warned.Contains(warning)
        let at = _work.WarnAt(clock, warning.Before)
        where at is not null
        let recipient = TicketStaff.Of(shop, ticket, warning)
        select new DueWarning(warning, clock, recipient, Opening(recipient, at.Value));

    private DateTimeOffset Opening(TicketStaff recipient, DateTimeOffset at)
    {
        try
        {
            return _calendars.Working(recipient.Hours).NextOpening(at);
        }
        catch (InvalidOperationException)
        {
            // Whoever never works again is told at once rather than never.
            return at;
        }
    }

    private SlaClock Reset(SlaClock clock, Ticket ticket, SlaPolicy policy, DateTimeOffset at)
    {
        if (clock.EndedAt is not null || clock.Metric == SlaMetric.Promise)
        {
            return clock;
        }

        var target = SlaMatch.Target(policy, clock.Metric, ticket.Priority);
        return target is null ? _work.Drop(clock, at)
            : IsSame(clock, target, policy) ? clock
            : _work.Reset(clock, target, policy, at);
    }

    private static bool IsSame(SlaClock clock, SlaTarget target, SlaPolicy policy) =>
        clock.Within == target.Within
        && clock.Counts == target.Counts
        && string.Equals(clock.Policy, policy.Name, StringComparison.Ordinal)
        && string.Equals(clock.Calendar, policy.Calendar, StringComparison.Ordinal);

    private Ticket Start(Ticket ticket, SlaMetric metric, DateTimeOffset at) =>
        SlaMatch.Policy(Rules, ticket) is { } policy && SlaMatch.Target(policy, metric, ticket.Priority) is { } target
            ? Put(ticket, _work.Start(target, policy, at))
            : ticket;

    private bool IsPausedBy(SlaClock clock, TicketStatus status) => (SlaMatch.Named(Rules, clock.Policy)?.PausedIn ?? PausedByDefault).Contains(status);

    private static SlaClock? Find(Ticket ticket, SlaMetric metric) => ticket.Clocks.FirstOrDefault(clock => clock.Metric == metric);

    private static Ticket Put(Ticket ticket, SlaClock clock) =>
        ticket with
        {
            Clocks = [.. ticket.Clocks.Where(known => known.Metric != clock.Metric).Append(clock).OrderBy(known => known.Metric)],
        };

    private static Ticket Change(Ticket ticket, SlaMetric metric, Func<SlaClock, SlaClock> change) =>
        All(ticket, clock => clock.Metric == metric ? change(clock) : clock);

    private static Ticket All(Ticket ticket, Func<SlaClock, SlaClock> change) => ticket with { Clocks = [.. ticket.Clocks.Select(change)] };
}

/// <summary>A warning whose time is known.</summary>
/// <param name="Warning">The warning.</param>
/// <param name="Clock">The clock that it is about.</param>
/// <param name="Recipient">Whom it goes to, as the ticket stands.</param>
/// <param name="At">When: within the recipient's working hours.</param>
internal sealed record DueWarning(SlaWarning Warning, SlaClock Clock, TicketStaff Recipient, DateTimeOffset At);
