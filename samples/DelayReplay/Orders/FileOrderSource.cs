using Support.Sdk.Orders;

namespace DelayReplay.Orders;

/// <summary>The shop's own database, as it would have answered at the moment of the replay.</summary>
internal sealed class FileOrderSource(OrderBook book, string zone) : IOrderSource
{
    /// <summary>How far the replay has come.</summary>
    public Position Position { get; set; }

    public bool Serves(string shop) => string.Equals(shop, OrderView.Shop, StringComparison.Ordinal);

    public async Task<OrderSnapshot?> FindAsync(OrderKey key, CancellationToken cancellationToken = default) =>
        await book.FindAsync(key.Id, cancellationToken) is { } row ? OrderView.At(row, Position, zone) : null;
}
