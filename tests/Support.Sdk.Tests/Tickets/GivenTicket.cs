using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Support.Sdk.Tests.Tickets;

/// <summary>A ticket to begin a test with: opened on Monday at ten in Stockholm by a word of Ada's.</summary>
internal static class GivenTicket
{
    public static readonly DateTimeOffset Monday = At(2, 10);

    public static Shop Shop { get; } =
        Given.Shop with
        {
            TimeZone = "Europe/Stockholm",
            Tickets = new TicketRules
            {
                Policies =
                [
                    new SlaPolicy
                    {
                        Name = "all",
                        Targets =
                        [
                            Target(SlaMetric.FirstResponse, 4),
                            Target(SlaMetric.NextResponse, 8),
                            Target(SlaMetric.PeriodicUpdate, 16),
                            Target(SlaMetric.Resolution, 40),
                        ],
                    },
                ],
            },
        };

    public static DateTimeOffset At(int day, int hour, int minute = 0) =>
        new DateTimeOffset(2026, 11, day, hour, minute, 0, TimeSpan.FromHours(1)).ToUniversalTime();

    public static SlaTarget Target(SlaMetric metric, int hours) => new() { Metric = metric, Within = TimeSpan.FromHours(hours) };

    public static InboundMessage Message(string text = "Where is my teapot?", DateTimeOffset? at = null, ContactPoint? from = null) =>
        new()
        {
            ShopId = "main",
            Channel = "form",
            From = from ?? Given.Email,
            Name = "Ada",
            Text = text,
            SentAt = at ?? Monday,
        };

    public static Ticket Fresh(DateTimeOffset? at = null) =>
        new()
        {
            Key = new TicketKey("main", 1),
            Subject = "Teapot",
            Channel = "form",
            Requester = new TicketRequester { ContactPoints = [Given.Email] },
            OpenedAt = at ?? Monday,
            ChangedAt = at ?? Monday,
            OpenedBy = "test",
        };

    public static TicketChange Opened(Shop? shop = null)
    {
        var draft = TicketDraft.Open(Fresh(), shop ?? Shop, Monday);
        draft.Hear(Message());
        return draft.Finish();
    }

    public static TicketChange Then(this TicketChange change, DateTimeOffset now, Action<TicketDraft> act, Shop? shop = null)
    {
        var draft = TicketDraft.Of(change.Ticket, shop ?? Shop, now);
        act(draft);
        var next = draft.Finish();
        return next with { Entries = [.. change.Entries, .. next.Entries] };
    }

    public static TicketChange Heard(this TicketChange change, DateTimeOffset at) => change.Then(at, draft => draft.Hear(Message(at: at)));

    public static TicketChange Replied(
        this TicketChange change,
        DateTimeOffset at,
        TicketStatus status = TicketStatus.Pending,
        DateTimeOffset? nextWordBy = null
    ) =>
        change.Then(
            at,
            draft =>
                draft.Reply(
                    new TicketReply
                    {
                        Text = "On its way.",
                        Status = status,
                        NextWordBy = nextWordBy,
                    },
                    "bo",
                    "email",
                    deliveryId: null
                )
        );

    public static TicketChange Set(this TicketChange change, DateTimeOffset at, TicketStatus status) =>
        change.Then(at, draft => draft.Change(ticket => ticket with { Status = status }, "bo"));

    public static TicketChange Ticked(this TicketChange change, DateTimeOffset at) => change.Then(at, draft => draft.Tick());

    public static SlaClock Clock(this TicketChange change, SlaMetric metric) => change.Ticket.Clocks.Single(clock => clock.Metric == metric);

    public static SlaClock? MaybeClock(this TicketChange change, SlaMetric metric) => change.Ticket.Clocks.SingleOrDefault(clock => clock.Metric == metric);
}
