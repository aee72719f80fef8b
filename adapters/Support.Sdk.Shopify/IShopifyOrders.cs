using Support.Sdk.Orders;

namespace Support.Sdk.Shopify;

/// <summary>Writes what is known of parcels into a Shopify shop.</summary>
/// <remarks>
/// Safe for several threads. A call that is repeated after a crash, or because its answer was lost, writes once: each write is recorded
/// before it is made, and one that is in doubt is looked for first. No call moves money.
/// </remarks>
public interface IShopifyOrders
{
    /// <summary>Sets how a parcel can be followed, in place of what was there.</summary>
    /// <param name="shop">The shop's id.</param>
    /// <param name="fulfillmentId">The fulfillment's id, as a number or as <c>gid://shopify/Fulfillment/…</c>.</param>
    /// <param name="tracking">How to follow it.</param>
    /// <param name="notifyCustomer">Whether Shopify writes to the customer; the SDK's own notices do not know of it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <remarks>The tracking that was last set with this call is not set again, even when somebody else changed it since.</remarks>
    /// <exception cref="ArgumentException">The shop is no Shopify shop, or the id is none of a fulfillment.</exception>
    /// <exception cref="ShopifyException">The shop cannot be reached, or does not let the app do it.</exception>
    Task<ShopifyResult> UpdateTrackingAsync(
        string shop,
        string fulfillmentId,
        ShopifyTracking tracking,
        bool notifyCustomer = false,
        CancellationToken cancellationToken = default
    );

    /// <summary>Adds a carrier's scan to a parcel.</summary>
    /// <param name="shop">The shop's id.</param>
    /// <param name="fulfillmentId">The fulfillment's id, as a number or as <c>gid://shopify/Fulfillment/…</c>.</param>
    /// <param name="scan">The scan; its description is shown to the customer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Refused with the code <see cref="ShopifyUserError.NoSuchStatus"/> where Shopify has no status that says the same.</returns>
    /// <exception cref="ArgumentException">The shop is no Shopify shop, or the id is none of a fulfillment.</exception>
    /// <exception cref="ShopifyException">The shop cannot be reached, or does not let the app do it.</exception>
    Task<ShopifyResult> AddEventAsync(string shop, string fulfillmentId, TrackingEvent scan, CancellationToken cancellationToken = default);
}

/// <summary>How a parcel can be followed.</summary>
public sealed record ShopifyTracking
{
    /// <summary>The number to follow it by.</summary>
    public required string Number { get; init; }

    /// <summary>The carrier, written as Shopify writes it (<c>DHL Express</c>), so that it finds the address itself; or null.</summary>
    public string? Company { get; init; }

    /// <summary>Where it can be followed (http or https), or null.</summary>
    public Uri? Url { get; init; }
}

/// <summary>What became of a write.</summary>
public sealed record ShopifyResult
{
    /// <summary>Whether it is written, now or before.</summary>
    public bool IsDone => UserErrors.Count == 0;

    /// <summary>What Shopify refuses; empty when it is written.</summary>
    public IReadOnlyList<ShopifyUserError> UserErrors { get; init; } = [];
}

/// <summary>Something that Shopify refuses in a write.</summary>
public sealed record ShopifyUserError
{
    /// <summary>The code of a scan whose status Shopify does not have.</summary>
    public const string NoSuchStatus = "NO_SUCH_STATUS";

    /// <summary>The input it is about, with dots between steps, or null.</summary>
    public string? Field { get; init; }

    /// <summary>What is wrong, in Shopify's words.</summary>
    public required string Message { get; init; }

    /// <summary>Its code, or null: most writes have none.</summary>
    public string? Code { get; init; }
}
