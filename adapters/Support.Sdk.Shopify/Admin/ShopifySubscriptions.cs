using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Support.Sdk.Shopify.Admin;

/// <summary>Sees to it that a shop posts what has to be known to <see cref="ShopifyOptions.WebhookAddress"/>, and posts it once.</summary>
/// <remarks>
/// Shopify removes a subscription after 8 failed deliveries in a row, so a look at them belongs to each restart and each hour. Ours are those
/// that go to the address, and those that go to its path elsewhere, as after a move; other subscriptions of the app are left alone.
/// Installations that share an app and a shop therefore need paths of their own.
/// </remarks>
internal sealed class ShopifySubscriptions(IShopifyAdmin admin, IOptions<ShopifyOptions> options)
{
    private const int MaxPages = 100;

    // Orders are read again, so a body only has to name its order: small bodies, and no personal data on the way. An empty list is
    // the whole body, where that is small already.
    private static readonly string[] OrderFields = ["id", "updated_at"];
    private static readonly string[] PartFields = ["id", "order_id", "updated_at"];
    private static readonly string[] EventFields = ["id", "order_id", "fulfillment_id", "updated_at"];
    private static readonly Dictionary<string, string[]> Topics = new(StringComparer.Ordinal)
    {
        ["ORDERS_CREATE"] = OrderFields,
        ["ORDERS_UPDATED"] = OrderFields,
        ["ORDERS_EDITED"] = [],
        ["ORDERS_CANCELLED"] = OrderFields,
        ["ORDERS_FULFILLED"] = OrderFields,
        ["ORDERS_PARTIALLY_FULFILLED"] = OrderFields,
        ["ORDERS_DELETE"] = [],
        ["FULFILLMENTS_CREATE"] = PartFields,
        ["FULFILLMENTS_UPDATE"] = PartFields,
        ["FULFILLMENT_EVENTS_CREATE"] = EventFields,
        ["FULFILLMENT_EVENTS_DELETE"] = EventFields,
        ["REFUNDS_CREATE"] = ["id", "order_id", "created_at"],
        ["APP_UNINSTALLED"] = ["id", "myshopify_domain"],
    };

    /// <summary>Compares a shop's subscriptions with what is needed, and makes them so.</summary>
    /// <returns>What it did, which is nothing where all was well; also when Shopify refuses some.</returns>
    /// <exception cref="InvalidOperationException">There is no <see cref="ShopifyOptions.WebhookAddress"/>.</exception>
    /// <exception cref="ShopifyException">The shop cannot be reached.</exception>
    public async Task<SubscriptionCheck> CheckAsync(string shop, CancellationToken cancellationToken)
    {
        var address =
            options.Value.WebhookAddress ?? throw new InvalidOperationException("There is no address to post to. Set Support:Shopify:WebhookAddress.");
        var check = new SubscriptionCheck();
        var ours = (await ListAsync(shop, cancellationToken))
            .Where(subscription => IsOurs(subscription, address))
            .ToLookup(subscription => subscription.Topic, StringComparer.Ordinal);
        foreach (var (topic, fields) in Topics)
        {
            await CheckAsync(shop, topic, fields, [.. ours[topic]], address, check, cancellationToken);
        }

        return check;
    }

    private async Task CheckAsync(
        string shop,
        string topic,
        string[] fields,
        List<SubscriptionNode> ours,
        Uri address,
        SubscriptionCheck check,
        CancellationToken cancellationToken
    )
    {
        // The best one stays.
        var kept =
            ours.Find(subscription => IsSound(subscription, address, fields))
            ?? ours.Find(subscription => IsAt(subscription, address))
            ?? ours.FirstOrDefault();
        var input = new JsonObject
        {
            ["uri"] = address.AbsoluteUri,
            ["format"] = "JSON",
            ["includeFields"] = new JsonArray([.. fields.Select(field => (JsonNode)field)]),
        };
        if (kept is null)
        {
            var variables = new JsonObject { ["topic"] = topic, ["subscription"] = input };
            await WriteAsync(shop, "WebhookSubscriptionCreate", variables, topic, check.Created, check, cancellationToken);
            return;
        }

        // First what would be in the way of the address that the kept one gets.
        foreach (var extra in ours.Where(subscription => subscription != kept))
        {
            await WriteAsync(shop, "WebhookSubscriptionDelete", new JsonObject { ["id"] = extra.Id }, topic, check.Removed, check, cancellationToken);
        }

        if (!IsSound(kept, address, fields))
        {
            var variables = new JsonObject { ["id"] = kept.Id, ["subscription"] = input };
            await WriteAsync(shop, "WebhookSubscriptionUpdate", variables, topic, check.Repaired, check, cancellationToken);
        }
    }

    private async Task WriteAsync(
        string shop,
        string document,
        JsonObject variables,
        string topic,
        List<string> done,
        SubscriptionCheck check,
        CancellationToken cancellationToken
    )
    {
        var answer = await admin.MutateAsync(shop, document, variables, AdminJson.Default.SubscriptionWriteData, cancellationToken);
        if (answer.Data.Payload is not { } payload)
        {
            check.Refused.Add($"{topic}: the app lacks a permission for it");
        }
        else if (payload.Errors() is [var error, ..])
        {
            // Another process was quicker.
            if (!error.Message.Contains("already been taken", StringComparison.OrdinalIgnoreCase))
            {
                check.Refused.Add($"{topic}: {error.Message}");
            }
        }
        else
        {
            done.Add(topic);
        }
    }

    private async Task<List<SubscriptionNode>> ListAsync(string shop, CancellationToken cancellationToken)
    {
        var all = new List<SubscriptionNode>();
        string? after = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var variables = new JsonObject { ["after"] = after };
            var answer = await admin.QueryAsync(shop, "WebhookSubscriptions", variables, AdminJson.Default.SubscriptionsData, cancellationToken);
            if (answer.Data.WebhookSubscriptions?.Nodes is not { } nodes)
            {
                // Without the list, all would be created again.
                throw new ShopifyException($"Shop '{shop}' does not list its webhook subscriptions; the app may lack a permission.");
            }

            all.AddRange(nodes.OfType<SubscriptionNode>());
            if (answer.Data.WebhookSubscriptions.PageInfo is not { HasNextPage: true, EndCursor: { } next } || IsSame(next, after))
            {
                break;
            }

            after = next;
        }

        return all;
    }

    private static bool IsSound(SubscriptionNode subscription, Uri address, string[] fields) =>
        IsAt(subscription, address)
        && IsSame(subscription.Format, "JSON")
        && (fields.Length == 0 ? subscription.IncludeFields is not { Count: > 0 } : fields.All((subscription.IncludeFields ?? []).Contains));

    private static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    private static bool IsAt(SubscriptionNode subscription, Uri address) => Uri.TryCreate(subscription.Uri, UriKind.Absolute, out var uri) && uri == address;

    private static bool IsOurs(SubscriptionNode subscription, Uri address) =>
        subscription is { Id: not null, Topic: not null }
        && Uri.TryCreate(subscription.Uri, UriKind.Absolute, out var uri)
        && (IsSame(uri.Scheme, Uri.UriSchemeHttps) || IsSame(uri.Scheme, Uri.UriSchemeHttp))
        && IsSame(uri.AbsolutePath.TrimEnd('/'), address.AbsolutePath.TrimEnd('/'));
}

/// <summary>What a check of a shop's subscriptions did, by topic.</summary>
internal sealed record SubscriptionCheck
{
    public List<string> Created { get; } = [];

    public List<string> Repaired { get; } = [];

    public List<string> Removed { get; } = [];

    /// <summary>Topics that Shopify refuses, with its reasons.</summary>
    public List<string> Refused { get; } = [];
}

internal sealed record SubscriptionsData
{
    public SubscriptionPage? WebhookSubscriptions { get; init; }
}

internal sealed record SubscriptionPage
{
    public IReadOnlyList<SubscriptionNode?>? Nodes { get; init; }

    public PageInfoData? PageInfo { get; init; }
}

internal sealed record SubscriptionNode
{
    public string? Id { get; init; }

    public string? Topic { get; init; }

    public string? Uri { get; init; }

    public string? Format { get; init; }

    public IReadOnlyList<string>? IncludeFields { get; init; }
}

internal sealed record SubscriptionWriteData
{
    public MutationPayload? WebhookSubscriptionCreate { get; init; }

    public MutationPayload? WebhookSubscriptionUpdate { get; init; }

    public MutationPayload? WebhookSubscriptionDelete { get; init; }

    /// <summary>The one that is there.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public MutationPayload? Payload => WebhookSubscriptionCreate ?? WebhookSubscriptionUpdate ?? WebhookSubscriptionDelete;
}
