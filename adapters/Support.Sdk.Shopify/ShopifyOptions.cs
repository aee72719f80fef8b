namespace Support.Sdk.Shopify;

/// <summary>The Shopify shops, bound from <c>Support:Shopify</c>.</summary>
public sealed class ShopifyOptions
{
    /// <summary>The shops by their id, which is that of <c>Support:Shops</c>; at least one.</summary>
    public IDictionary<string, ShopifyShop> Shops { get; } = new Dictionary<string, ShopifyShop>(StringComparer.Ordinal);

    /// <summary>
    /// Where Shopify posts: the public https address of the webhook named <c>shopify</c>, for example
    /// <c>https://shop.example/webhooks/shopify</c>, or null when the subscriptions are somebody else's work; then the sweep alone finds changes
    /// that no webhook brings.
    /// </summary>
    public Uri? WebhookAddress { get; set; }
}

/// <summary>One Shopify shop.</summary>
/// <remarks>
/// Its app needs the scopes <c>read_orders</c>, <c>read_merchant_managed_fulfillment_orders</c> and
/// <c>read_third_party_fulfillment_orders</c> (holds, deadlines, delivery dates), <c>read_all_orders</c> for orders older than 60 days, which are
/// unknown without it, and <c>write_orders</c> for <see cref="WritesBack"/>; and access to protected customer data for names and addresses.
/// </remarks>
public sealed class ShopifyShop
{
    /// <summary>The Admin API version that the documents of this package are written for, and checked against.</summary>
    public const string DefaultApiVersion = "2026-10";

    /// <summary>The shop's own domain with Shopify, for example <c>teapots.myshopify.com</c>. Required.</summary>
    public string Domain { get; set; } = "";

    /// <summary>The version of the Admin API. Default: <see cref="DefaultApiVersion"/>; change it only to test a later one.</summary>
    public string ApiVersion { get; set; } = DefaultApiVersion;

    /// <summary>The app's client id (API key). Required with <see cref="RefreshToken"/>.</summary>
    public string? ClientId { get; set; }

    /// <summary>
    /// The app's client secrets, the newest first; 1 to 10. Webhooks signed with any of them are taken, and while a secret is changed
    /// there are two. Keep them in user secrets or the environment (<c>Support__Shopify__Shops__main__ClientSecrets__0</c>).
    /// </summary>
    public IList<string> ClientSecrets { get; } = [];

    /// <summary>The token of a custom app, which does not expire; or null.</summary>
    public string? AccessToken { get; set; }

    /// <summary>
    /// The refresh token that the shop's installation gave, for apps whose tokens expire; or null. Each token is good for one hour, and each
    /// refresh brings another refresh token; those are kept in the database, and this one is used only while there is none.
    /// </summary>
    public string? RefreshToken { get; set; }

    /// <summary>
    /// The order metafield that holds until when the order is promised to arrive, as <c>namespace.key</c> (<c>custom.delivery_promise</c>), a date
    /// or a date and time; or null when there is none. It counts where Shopify itself names no delivery date; without either, the shop's
    /// promise policies make a promise.
    /// </summary>
    public string? PromiseMetafield { get; set; }

    /// <summary>
    /// Whether what customers were told is kept with the orders, as a tag, lines in the note and metafields; needs the scope
    /// <c>write_orders</c>. Default: true.
    /// </summary>
    public bool WritesBack { get; set; } = true;

    /// <summary>The address of the Admin API, for tests and proxies, or null for <c>https://DOMAIN</c>.</summary>
    public Uri? ApiBaseAddress { get; set; }
}
