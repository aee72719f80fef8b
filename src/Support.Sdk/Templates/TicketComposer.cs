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
            return ComposeResult.Failed($"{request.Kind}: no template has this kind. The kinds are {string.Join(", ", BuiltInTemplates.Kinds)}.");
        }

        var model = TicketModel.Of(request, logos.BrandOf(request.Shop), template.Language, now);
        var parts = _writer.Write(template, model.Values, model.Facts, model.Brand, model.Links);
        return parts.Failure is { } failure
            ? ComposeResult.Failed(failure)
            : new ComposeResult { Message = Address(request, template, parts, attachments, now) };
    }

    private static OutboundMessage Address(
        TicketComposeRequest request,
        NoticeTemplate template,
        MessageParts parts,
        IReadOnlyList<MessageAttachment> attachments,
        DateTimeOffset now
    )
    {
        var name = request.IsForStaff ? "" : PlainLine.Clean(request.Ticket.Requester.Name);
        return new OutboundMessage
        {
            Id = request.DeliveryId,
            Shop = request.Ticket.Key.Shop,
            Ticket = request.Ticket.Key,
            Occasion = request.Occasion,
            To = request.To,
            ToName = name.Length == 0 ? null : name,
            From = string.Equals(request.To.Channel, "email", StringComparison.Ordinal) ? request.Shop.Brand.EmailFrom : null,
            FromName = BrandModel.Of(request.Shop).Name,
            Culture = template.Language.Name,
            Subject = parts.Subject,
            Text = parts.Text,
            Html = parts.Html,
            Attachments = attachments,
            DecidedAt = now,
        };
    }
}
