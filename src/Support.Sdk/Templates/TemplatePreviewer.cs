using Microsoft.Extensions.Options;
using Support.Sdk.Links;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

internal sealed class TemplatePreviewer(NoticeComposer composer, TicketComposer tickets, IShopDirectory shops, IOptions<SupportOptions> options)
    : ITemplatePreview
{
    // A key that no installation has: what it seals looks like a link, and opens nothing.
    private static readonly byte[] NoKey = new byte[32];

    public IReadOnlyList<PreviewScenario> Scenarios { get; } = [.. PreviewScenarios.All, .. TicketPreviews.All];

    public async ValueTask<TemplatePreview> RenderAsync(
        PreviewScenario scenario,
        string culture,
        string? shop = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentException.ThrowIfNullOrWhiteSpace(culture);
        var brand = shop is null
            ? PreviewOrders.Shop with
            {
                Culture = culture,
            }
            : await shops.FindAsync(shop, cancellationToken) ?? throw new ArgumentException($"There is no shop '{shop}'.", nameof(shop));
        var address = options.Value.PublicAddress ?? new Uri("https://shop.example/support");
        var result = Compose(scenario, brand, culture, new LinkSeal(NoKey, address));
        return new TemplatePreview { Message = result.Message, Failure = result.Failure };
    }

    private ComposeResult Compose(PreviewScenario scenario, Shop shop, string culture, LinkSeal links)
    {
        if (PreviewScenarios.Request(scenario, shop, culture) is { } notice)
        {
            return composer.Compose(notice with { Links = links }, PreviewOrders.Now);
        }

        return TicketPreviews.Request(scenario, shop, culture) is { } ticket
            ? tickets.Compose(ticket with { Links = links }, attachments: [], PreviewOrders.Now)
            : throw new ArgumentException($"There is no scenario '{scenario}'. Take one of Scenarios.", nameof(scenario));
    }
}
