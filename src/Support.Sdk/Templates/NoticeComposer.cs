using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

internal sealed class TemplateCatalog;

internal sealed record ComposeRequest
{
    public required WatchedOrder Order { get; init; }
    public required DelayAssessment Assessment { get; init; }
    public required ShopView Shop { get; init; }
    public required NoticeProposal Proposal { get; init; }
    public required string DeliveryId { get; init; }
}

internal sealed record ComposeResult
{
    public OutboundMessage? Message { get; init; }
    public string? Failure { get; init; }
}

internal sealed class NoticeComposer(TemplateCatalog catalog)
{
    public ComposeResult Compose(ComposeRequest request, DateTimeOffset now)
    {
        _ = catalog;
        var occasion = request.Proposal.Occasion.ToString();
        var number = request.Order.Snapshot?.Number ?? request.Order.Key.Id;
        return new ComposeResult
        {
            Message = new OutboundMessage
            {
                Id = request.DeliveryId,
                Shop = request.Order.Key.Shop,
                Order = request.Order.Key,
                Occasion = occasion,
                To = request.Proposal.To!,
                ToName = request.Order.Snapshot?.Customer.Name,
                From = request.Shop.Shop.Brand.EmailFrom,
                FromName = request.Shop.Shop.Brand.Name,
                Culture = "en",
                Subject = $"{occasion} {number}",
                Text = request.Proposal.Reason,
                Html = null,
                DecidedAt = now,
            },
        };
    }
}
