using Microsoft.Extensions.Options;
using Support.Sdk.Links;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

internal sealed class TemplatePreviewer(NoticeComposer composer, IShopDirectory shops, IOptions<SupportOptions> options) : ITemplatePreview
{
    // A key that no installation has: what it seals looks like a link, and opens nothing.
    private static readonly byte[] NoKey = new byte[32];

    public IReadOnlyList<PreviewScenario> Scenarios => PreviewScenarios.All;

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
        var request =
            PreviewScenarios.Request(scenario, brand, culture)
            ?? throw new ArgumentException($"There is no scenario '{scenario}'. Take one of Scenarios.", nameof(scenario));
        var address = options.Value.PublicAddress ?? new Uri("https://shop.example/support");
        var result = composer.Compose(request with { Links = new LinkSeal(NoKey, address) }, PreviewOrders.Now);
        return new TemplatePreview { Message = result.Message, Failure = result.Failure };
    }
}
