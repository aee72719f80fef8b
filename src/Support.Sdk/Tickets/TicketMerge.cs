using System.Globalization;
using Support.Sdk.Contacts;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Tickets;

/// <summary>Puts two tickets together, and takes one apart. Both of the two are saved, or neither.</summary>
internal static class TicketMerge
{
    /// <summary>Everything of the source goes on in the target.</summary>
    public static TicketChange Of(Ticket source, Ticket target, Shop shop, string by, DateTimeOffset now)
    {
        var into = TicketDraft.Of(target, shop, now);
        into.Change(
            ticket => With(ticket, source) with { Links = [.. ticket.Links, new TicketLink(source.Key.Number, TicketRelation.MergedFrom)] },
            by,
            string.Create(CultureInfo.InvariantCulture, $"Took over ticket {source.Key.Number}: {source.Subject}")
        );
        var from = TicketDraft.Of(source, shop, now);
        from.Change(
            ticket => ticket with { Status = TicketStatus.Closed, Links = [.. ticket.Links, new TicketLink(target.Key.Number, TicketRelation.MergedInto)] },
            by,
            string.Create(CultureInfo.InvariantCulture, $"Merged into ticket {target.Key.Number}.")
        );
        var change = into.Finish();
        return change with
        {
            Ticket = change.Ticket with { Entries = change.Ticket.Entries + source.Entries },
            Copy = new TicketCopy
            {
                From = source.Key.Number,
                Through = source.Entries,
                Offset = change.Ticket.Entries,
            },
            With = from.Finish(),
        };
    }

    /// <summary>Copies of some messages open a ticket of their own.</summary>
    public static TicketChange Split(
        Ticket ticket,
        IReadOnlyList<TicketEntry> messages,
        long number,
        TicketSplit split,
        Shop shop,
        string by,
        DateTimeOffset now
    )
    {
        var words = messages.Where(entry => entry.Kind == TicketEntryKind.Inbound).ToList();
        var part = TicketDraft.Open(
            new Ticket
            {
                Key = ticket.Key with { Number = number },
                Subject = Templates.PlainLine.Clean(split.Subject),
                Channel = ticket.Channel,
                Requester = ticket.Requester,
                Team = ticket.Team,
                Assignee = ticket.Assignee,
                Status = TicketStatus.Open,
                Segments = ticket.Segments,
                Links = [new TicketLink(ticket.Key.Number, TicketRelation.SplitFrom)],
                OpenedAt = now,
                ChangedAt = now,
                OpenedBy = OpenedBy(ticket, split.RequestId ?? Customers.CustomerBook.NewId()),
            },
            shop,
            now
        );
        // What was asked there waits for its own answer from here on.
        part.Continue(words.Count > 0, by, string.Create(CultureInfo.InvariantCulture, $"Split from ticket {ticket.Key.Number}."));
        var rest = TicketDraft.Of(ticket, shop, now);
        rest.Change(
            whole => whole with { Links = [.. whole.Links, new TicketLink(number, TicketRelation.SplitInto)] },
            by,
            string.Create(CultureInfo.InvariantCulture, $"{messages.Count} messages went into ticket {number}.")
        );
        var change = part.Finish();
        var last = messages[^1].Number;
        return change with
        {
            Ticket = change.Ticket with { Entries = change.Ticket.Entries + last },
            Copy = new TicketCopy
            {
                From = ticket.Key.Number,
                Entries = [.. messages.Select(entry => entry.Number)],
                Through = last,
                Offset = change.Ticket.Entries,
            },
            With = rest.Finish(),
        };
    }

    public static bool IsMessage(TicketEntry entry) => entry.Kind is TicketEntryKind.Inbound or TicketEntryKind.Reply or TicketEntryKind.Note;

    public static string OpenedBy(Ticket ticket, string requestId) => string.Create(CultureInfo.InvariantCulture, $"split:{ticket.Key.Number}:{requestId}");

    private static Ticket With(Ticket target, Ticket source) =>
        target with
        {
            Status = target.IsOpen ? target.Status : TicketStatus.Open,
            Orders = [.. target.Orders.Union(source.Orders, StringComparer.Ordinal)],
            OrderTotal = target.OrderTotal ?? source.OrderTotal,
            Products = [.. target.Products.Union(source.Products, StringComparer.Ordinal)],
            Tags = [.. target.Tags, .. source.Tags],
            WaitingSince = Moments.Earlier(target.WaitingSince, source.WaitingSince),
            Requester = target.Requester with
            {
                CustomerId = target.Requester.CustomerId ?? source.Requester.CustomerId,
                Name = target.Requester.Name ?? source.Requester.Name,
                ContactPoints =
                [
                    .. target.Requester.ContactPoints,
                    .. source.Requester.ContactPoints.Where(point => !target.Requester.ContactPoints.Holds(point)),
                ],
            },
        };
}
