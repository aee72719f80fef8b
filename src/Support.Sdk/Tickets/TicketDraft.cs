using Support.Sdk.Deliveries;
using Support.Sdk.Shops;
using Support.Sdk.Sla;

namespace Support.Sdk.Tickets;

/// <summary>Collects what one act does to a ticket: what becomes different stands in the entry that made it so.</summary>
/// <remarks>A moment before the ticket's last change counts as that one: clocks of two processes may differ by minutes.</remarks>
internal sealed class TicketDraft
{
    // What a channel claims about when something was sent counts for so long; news older than that is no news.
    private static readonly TimeSpan OldestWord = TimeSpan.FromDays(7);

    private readonly TicketClocks _clocks;
    private readonly List<TicketEntry> _entries = [];
    private readonly List<MessageDelivery> _deliveries = [];
    private SortedDictionary<string, string> _told;

    private TicketDraft(Ticket ticket, bool isNew, Shop shop, DateTimeOffset now)
    {
        (Ticket, Shop, _clocks) = (ticket, shop, new TicketClocks(shop));
        Now = now > ticket.ChangedAt ? now : ticket.ChangedAt;
        _told = TicketFields.Of(isNew ? null : ticket);
    }

    public Ticket Ticket { get; private set; }

    public Shop Shop { get; }

    public DateTimeOffset Now { get; }

    /// <summary>Begins a new ticket.</summary>
    public static TicketDraft Open(Ticket ticket, Shop shop, DateTimeOffset now)
    {
        var draft = new TicketDraft(ticket with { Tags = Sorted(ticket.Tags), Team = ticket.Team ?? shop.Tickets.DefaultTeam }, isNew: true, shop, now);
        draft.Ticket = draft._clocks.Opened(draft._clocks.Matched(draft.Ticket, now), now);
        return draft;
    }

    /// <summary>Goes on with a ticket.</summary>
    public static TicketDraft Of(Ticket ticket, Shop shop, DateTimeOffset now)
    {
        var draft = new TicketDraft(ticket, isNew: false, shop, now);
        // What broke before now broke, whatever happens next.
        draft.Ticket = TicketClocks.Broken(ticket, draft.Now);
        return draft;
    }

    /// <summary>A word of the customer, which opens what was solved or waited for it.</summary>
    public void Hear(InboundMessage message)
    {
        var at = Clamp(message.SentAt);
        var before = Ticket.Status;
        var status = before == TicketStatus.New ? TicketStatus.New : TicketStatus.Open;
        Ticket = Ticket with
        {
            Status = status,
            SolvedAt = null,
            WaitingSince = Ticket.WaitingSince ?? at,
            Tags = Sorted([.. Ticket.Tags, .. message.Tags]),
            Requester = Ticket.Requester with
            {
                Name = Ticket.Requester.Name ?? message.Name,
                Culture = message.Culture ?? Ticket.Requester.Culture,
                TimeZone = message.TimeZone ?? Ticket.Requester.TimeZone,
                ContactPoints = First(message.From, Ticket.Requester.ContactPoints),
            },
        };
        Ticket = _clocks.Matched(Ticket, Now);
        Ticket = before == status ? Ticket : _clocks.Moved(Ticket, before, Now);
        Ticket = _clocks.CustomerSpoke(Ticket, at);
        Add(Entry(TicketEntryKind.Inbound, TicketBy.Customer, message.Text) with { At = at, Channel = message.Channel, Attachments = message.Attachments });
    }

    /// <summary>An agent's word to the customer.</summary>
    public void Reply(TicketReply reply, string by, string? channel, string? deliveryId)
    {
        var before = Ticket.Status;
        Ticket = Ticket with
        {
            Status = reply.Status,
            SolvedAt = reply.Status is TicketStatus.Solved or TicketStatus.Closed ? Now : null,
            WaitingSince = null,
            FirstReplyAt = Ticket.FirstReplyAt ?? Now,
            Assignee = Ticket.Assignee ?? by,
        };
        Ticket = _clocks.Matched(_clocks.Replied(Ticket, Now, reply.NextWordBy), Now);
        Ticket = _clocks.Moved(Ticket, before, Now);
        Add(
            Entry(TicketEntryKind.Reply, by, reply.Text) with
            {
                Channel = channel,
                Attachments = reply.Attachments,
                DeliveryId = deliveryId,
                RequestId = reply.RequestId,
            }
        );
    }

    /// <summary>An agent's word to the others.</summary>
    public void Note(TicketNote note, string by) =>
        Add(Entry(TicketEntryKind.Note, by, note.Text) with { Attachments = note.Attachments, RequestId = note.RequestId });

    /// <summary>Makes the ticket another one.</summary>
    public void Change(Func<Ticket, Ticket> change, string by, string? why = null, string? requestId = null)
    {
        var before = Ticket.Status;
        var changed = change(Ticket);
        var isOver = !changed.IsOpen;
        changed = changed with
        {
            Tags = Sorted(changed.Tags),
            SolvedAt = isOver ? changed.SolvedAt ?? Now : null,
            WaitingSince = isOver ? null : changed.WaitingSince,
        };
        changed = _clocks.Matched(changed, Now);
        Ticket = changed.Status == before ? changed : _clocks.Moved(changed, before, Now);
        Add(Entry(TicketEntryKind.Changed, by, why) with { RequestId = requestId });
    }

    /// <summary>Begins with messages that are copied from another ticket.</summary>
    public void Continue(bool isWaitedFor, string by, string why)
    {
        if (isWaitedFor)
        {
            Ticket = _clocks.CustomerSpoke(Ticket with { WaitingSince = Now }, Now);
        }

        Add(Entry(TicketEntryKind.Changed, by, why));
    }

    /// <summary>What the alarm clock brings: broken promises, warnings, and the end of what was solved.</summary>
    /// <returns>The warnings to give.</returns>
    public IReadOnlyList<DueWarning> Tick()
    {
        AddIfDifferent("A promise was not kept in time.");
        var warnings = _clocks.Warnings(Ticket, Now);
        foreach (var warning in warnings)
        {
            Ticket = TicketClocks.Warned(Ticket, warning);
        }

        if (Ticket is { Status: TicketStatus.Solved, SolvedAt: { } solved } && solved + Shop.Tickets.CloseAfter <= Now)
        {
            Change(ticket => ticket with { Status = TicketStatus.Closed }, TicketBy.Engine, "It was solved, and nobody wrote again.");
        }

        return warnings;
    }

    /// <summary>Tells the customer something beside the conversation, or records why not.</summary>
    public void Tell(string text, MessageDelivery? delivery) => Send(TicketEntryKind.Told, text, delivery);

    /// <summary>Tells the shop's own people something, or records why not.</summary>
    public void Alert(string text, MessageDelivery? delivery) => Send(TicketEntryKind.Alert, text, delivery);

    /// <summary>Records that a message to the customer needs somebody.</summary>
    public void Trouble(string text, string deliveryId) => Add(Entry(TicketEntryKind.Trouble, TicketBy.Engine, text) with { DeliveryId = deliveryId });

    /// <summary>Sends a delivery whose entry is written already.</summary>
    public void Send(MessageDelivery delivery) => _deliveries.Add(delivery);

    public void Acknowledged() => Ticket = Ticket with { AcknowledgedAt = Now, Acknowledgements = Ticket.Acknowledgements + 1 };

    public TicketChange Finish()
    {
        AddIfDifferent(text: null);
        return new TicketChange
        {
            Ticket = Ticket with { ChangedAt = Now, CheckAt = Ticket.ErasedAt is null ? _clocks.NextAt(Ticket) : null },
            Entries = _entries,
            Deliveries = _deliveries,
        };
    }

    private void Send(TicketEntryKind kind, string text, MessageDelivery? delivery)
    {
        Add(Entry(kind, TicketBy.Engine, text) with { Channel = delivery?.Message.To.Channel, DeliveryId = delivery?.Message.Id });
        if (delivery is not null)
        {
            Send(delivery);
        }
    }

    // What became different without an entry of its own.
    private void AddIfDifferent(string? text)
    {
        if (TicketFields.Diff(_told, TicketFields.Of(Ticket)).Count > 0)
        {
            Add(Entry(TicketEntryKind.Clock, TicketBy.Engine, text));
        }
    }

    // Its number is given when it is added.
    private TicketEntry Entry(TicketEntryKind kind, string by, string? text) =>
        new()
        {
            Number = 0,
            Kind = kind,
            At = Now,
            By = by,
            Text = text,
        };

    private void Add(TicketEntry entry)
    {
        var fields = TicketFields.Of(Ticket);
        Ticket = Ticket with { Entries = Ticket.Entries + 1 };
        _entries.Add(entry with { Number = Ticket.Entries, Changes = TicketFields.Diff(_told, fields) });
        _told = fields;
    }

    private DateTimeOffset Clamp(DateTimeOffset sentAt)
    {
        var oldest = Now - OldestWord;
        return sentAt > Now ? Now
            : sentAt < oldest ? oldest
            : sentAt;
    }

    private static IReadOnlyList<ContactPoint> First(ContactPoint? from, IReadOnlyList<ContactPoint> known) =>
        from is null || (known.Count > 0 && known[0].Canonical() == from.Canonical())
            ? known
            : [from, .. known.Where(point => point.Canonical() != from.Canonical())];

    private static IReadOnlyList<string> Sorted(IReadOnlyList<string> tags) => [.. tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
