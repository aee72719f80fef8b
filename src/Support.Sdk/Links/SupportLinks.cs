using Support.Sdk.Shops;
using Support.Sdk.Sweep;

namespace Support.Sdk.Links;

internal sealed class SupportLinks(SupportStart start, IShopDirectory shops, TimeProvider time) : ISupportLinks
{
    public async ValueTask<Uri> CreateAsync(SignedLink link, CancellationToken cancellationToken = default) =>
        (await start.EnsureAsync(cancellationToken)).Links.Create(link, (await shops.FindAsync(link.Shop, cancellationToken))?.PublicAddress)
        ?? throw new InvalidOperationException("Support:PublicAddress is not set. Set it to the address under which the application maps support's pages.");

    public async ValueTask<SignedLink?> ReadAsync(string token, LinkPurpose purpose, CancellationToken cancellationToken = default) =>
        (await start.EnsureAsync(cancellationToken)).Links.Open(token, purpose, time.GetUtcNow());
}
