using Support.Sdk.Customers;
using Support.Sdk.Links;
using Support.Sdk.Templates;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Pages.Tickets;

/// <summary>The link of somebody who left nothing: it names the event that opened the ticket, because the ticket has no number yet when it is given.</summary>
internal static class VisitorLink
{
    /// <summary>What the events of our forms name as their source.</summary>
    public const string Source = "form";

    // What came in is filed within seconds; after that long it never will be, or it was removed.
    private static readonly TimeSpan FiledWithin = TimeSpan.FromDays(1);

    public static SignedLink To(string shop, string eventId, DateTimeOffset now) =>
        new()
        {
            Purpose = LinkPurpose.Ticket,
            Shop = shop,
            Contact = new ContactPoint(Customer.Visitor, eventId),
            ExpiresAt = now + TicketModel.LinkFor,
        };

    /// <summary>What opened the ticket: <see cref="Support.Sdk.Tickets.Ticket.OpenedBy"/>.</summary>
    public static string OpenedBy(SignedLink link) => TicketOrigin.OfEvent(Source, link.Contact.Value);

    /// <summary>Whether the message may not be filed yet.</summary>
    public static bool MayWait(SignedLink link, DateTimeOffset now) => now < link.ExpiresAt - TicketModel.LinkFor + FiledWithin;
}
