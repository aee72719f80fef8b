using Support.Sdk.Deliveries;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>Writes the message for a notice that was decided. A pure function: the same request and moment give the same bytes.</summary>
internal sealed class NoticeComposer(TemplateCatalog catalog, BrandLogos logos)
{
    private readonly MessageWriter _writer = new();

    public ComposeResult Compose(ComposeRequest request, DateTimeOffset now)
    {
        var kind = request.Proposal.Occasion.Kind;
        if (request.Proposal.To is not { } to || request.Order.Snapshot is not { } snapshot)
        {
            return ComposeResult.Failed($"{kind}: there is nobody to tell, or nothing is known of the order yet.");
        }

        var isForCustomer = !string.Equals(kind, NoticeKinds.ShopAlert, StringComparison.Ordinal);
        if (catalog.Find(kind, request.Shop.Shop, isForCustomer ? request.Proposal.Culture ?? snapshot.Customer.Culture : null) is not { } template)
        {
            return ComposeResult.NoTemplate(kind);
        }

        var model = NoticeModel.Of(request, logos.BrandOf(request.Shop.Shop), template.Language, now);
        var parts = _writer.Write(template, model.Values, model.Facts, model.Brand, model.Links);
        return parts.Failure is { } failure
            ? ComposeResult.Failed(failure)
            : new ComposeResult
            {
                Message = MessageWriter.Sign(
                    new OutboundMessage
                    {
                        Id = request.DeliveryId,
                        Shop = request.Order.Key.Shop,
                        Order = request.Order.Key,
                        Occasion = request.Proposal.Occasion.ToString(),
                        To = to,
                        Culture = template.Language.Name,
                        Subject = parts.Subject,
                        Text = parts.Text,
                        Html = parts.Html,
                        DecidedAt = now,
                    },
                    request.Shop.Shop,
                    isForCustomer ? snapshot.Customer.Name : null
                ),
            };
    }
}

/// <summary>What a message is written from.</summary>
internal sealed record ComposeRequest
{
    public required WatchedOrder Order { get; init; }

    public required DelayAssessment Assessment { get; init; }

    public required ShopView Shop { get; init; }

    public required NoticeProposal Proposal { get; init; }

    public required string DeliveryId { get; init; }

    /// <summary>The customer's earlier orders, the latest first; empty when none was looked up.</summary>
    public IReadOnlyList<WatchedOrder> PastOrders { get; init; } = [];

    /// <summary>Makes the links to the customer's own pages, or null for none.</summary>
    public LinkSeal? Links { get; init; }

    /// <summary>Where the shop's people see the order, or null.</summary>
    public Uri? OperatorsPage { get; init; }
}

/// <summary>A message, or why it could not be written, without personal data.</summary>
internal sealed record ComposeResult
{
    public OutboundMessage? Message { get; init; }

    public string? Failure { get; init; }

    public static ComposeResult Failed(string failure) => new() { Failure = failure };

    public static ComposeResult NoTemplate(string kind) =>
        Failed($"{kind}: no template has this kind. The kinds are {string.Join(", ", BuiltInTemplates.Kinds)}.");
}
