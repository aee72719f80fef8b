using System.Globalization;
using Support.Sdk.AspNetCore.Forms;
using Support.Sdk.Shops;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Pages.Tickets;

/// <summary>An answer on a ticket's page: whose it is, and where it belongs, the link says.</summary>
internal sealed record AnswerTarget(CustomerTicket Ticket) : IFormTarget
{
    public Shop Shop => Ticket.Shop;

    public CultureInfo Culture => Ticket.Culture;

    public string Scope =>
        string.Create(CultureInfo.InvariantCulture, $"ticket\n{Shop.Id}\n{Ticket.Link.Contact.Channel}\n{Ticket.Link.Contact.Value}\n{Ticket.Link.Ticket}");

    public bool IsAnonymous => false;

    public bool AsksGuards => false;

    public FormDraft Draft(IReadOnlyDictionary<string, string> fields, bool hasFiles, DateTimeOffset now)
    {
        var words = new FormWords(Culture);
        var text = new TypedFields(fields).Text(FormFields.Message);
        var fault =
            text.Length > InboundMessage.MaxText ? words.TooLong
            : string.IsNullOrWhiteSpace(text) && !hasFiles ? words.NoMessageOrFile
            : null;
        if (fault is not null)
        {
            return new FormDraft(Message: null, [new FormFault(FormFields.Message, fault)]);
        }

        var message = new InboundMessage
        {
            ShopId = Shop.Id,
            Source = VisitorLink.Source,
            Channel = "form",
            From = Ticket.Link.Contact,
            Text = text,
            SentAt = now,
            Ticket = Ticket.Ticket.Key.Number,
        };
        return new FormDraft(message, []);
    }
}
