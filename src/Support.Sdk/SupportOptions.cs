using Support.Sdk.Contacts;
using Support.Sdk.Shops;
using Support.Sdk.Webhooks;

namespace Support.Sdk;

/// <summary>The settings of the engine, bound from <c>Support</c>.</summary>
public sealed class SupportOptions
{
    /// <summary>The shops by their id, bound from <c>Support:Shops:ID</c>; those given to <c>AddShop()</c> come besides.</summary>
    public IDictionary<string, Shop> Shops { get; } = new Dictionary<string, Shop>(StringComparer.Ordinal);

    /// <summary>The signed webhooks by their name, bound from <c>Support:Webhooks:NAME</c>; <c>AddSignedWebhook()</c> adds to them.</summary>
    public IDictionary<string, SignedWebhookOptions> Webhooks { get; } = new Dictionary<string, SignedWebhookOptions>(StringComparer.Ordinal);

    /// <summary>
    /// The secret from which message ids are made, at least 32 characters, or null to keep a random one in the database. Set
    /// it when a database is rebuilt and its messages must keep their ids.
    /// </summary>
    public string? InstallationKey { get; set; }

    /// <summary>
    /// The public address (https) under which the application maps support's pages, for example <c>https://shop.example/support</c>,
    /// or null when it maps none. Messages then carry no links to order status and preferences.
    /// </summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>How often an <see cref="Orders.ITrackingFeed"/> is asked about an open parcel, give or take a tenth; 15 minutes to 7 days. Default: 4 hours.</summary>
    public TimeSpan TrackingInterval { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How long what is stored is kept.</summary>
    public RetentionOptions Retention { get; } = new();
}
