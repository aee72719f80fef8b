using Support.Sdk.Deliveries;
using Support.Sdk.Tickets;

namespace Support.Sdk.Templates;

/// <summary>Writes a message about a ticket. A pure function: the same request and moment give the same bytes.</summary>
internal sealed class TicketComposer(TemplateCatalog catalog, BrandLogos logos)
{
    private readonly MessageWriter _writer = new();

    public ComposeResult Compose(TicketComposeRequest request, IReadOnlyList<MessageAttachment> attachments, DateTimeOffset now)
    {
        var culture = request.IsForStaff ? null : request.Ticket.Requester.Culture;
        if (catalog.Find(request.Kind, request.Shop, culture) is not { } template)
        {
            return ComposeResult.NoTemplate(request.Kind);
        }

        var model = TicketModel.Of(request, logos.BrandOf(request.Shop), template.Language, now);
        var parts = _writer.Write(template, model.Values, model.Facts, model.Brand, model.Links);
        return parts.Failure is { } failure
            ? ComposeResult.Failed(failure)
            : new ComposeResult
            {
                Message = MessageWriter.Sign(
                    new OutboundMessage
                    {
                        Id = request.DeliveryId,
                        Shop = request.Ticket.Key.Shop,
                        Ticket = request.Ticket.Key,
                        Occasion = request.Occasion,
                        To = request.To,
                        Culture = template.Language.Name,
                        Subject = parts.Subject,
                        Text = parts.Text,
                        Html = parts.Html,
                        Attachments = attachments,
                        DecidedAt = now,
                    },
                    request.Shop,
                    request.IsForStaff ? null : request.Ticket.Requester.Name
                ),
            };
    }
}
