using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Support.Sdk.Orders;
using Support.Sdk.Shopify.Admin;
using Support.Sdk.Shops;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Keeps with an order in Shopify what its customer was told.</summary>
/// <remarks>
/// <para>
/// For people: the tag <c>support-delay-told</c> where a delay was told, and a line in the note for each message, such as
/// <c>2026-11-26: told "order-delayed": new date 2026-12-02</c>. For programs: the metafields <c>support.promise</c> (date, the promise in force),
/// <c>support.delay_state</c> (<c>on-track</c>, <c>at-risk</c>, <c>late</c>, <c>finished</c>, <c>unknown</c>) and <c>support.told</c> (JSON list of kind, at, newDate).
/// The namespace is an open one: what belongs to an app (<c>$app</c>) is lost to a shop that sets its app up anew, and to the shop's other tools.
/// Nothing personal is written, and nothing at all to an order that nothing was the matter with.
/// </para>
/// <para>
/// Read, compared, then written: the same call again finds nothing to do, which is why no book is kept of the writes. The metafield with what was
/// told is written last, so that work that was cut off is found unfinished. Shopify's notes have no guard against two writers: what a person
/// writes within the same moment can be lost, which is why the note is read right before.
/// </para>
/// </remarks>
internal sealed class ShopifyWriteBack(IShopifyAdmin admin, IShopDirectory shops, IOptions<ShopifyOptions> options) : IOrderWriteBack
{
    private const string Namespace = "support";

    public bool Serves(string shop) => options.Value.Shops.TryGetValue(shop, out var settings) && settings.WritesBack;

    public async Task WriteAsync(WatchedOrder order, DelayAssessment assessment, CancellationToken cancellationToken = default)
    {
        var (shop, number) = (order.Key.Shop, order.Key.Id);
        if (order.ErasedAt is not null || !ShopifyId.IsNumber(number))
        {
            return;
        }

        var wanted = ToldRecord.Of(order, assessment, await ZoneAsync(shop, cancellationToken));
        if (wanted.IsEmpty)
        {
            return;
        }

        var id = ShopifyId.Order(number);
        var answer = await admin.QueryAsync(shop, "OrderTold", new JsonObject { ["id"] = id }, OrderJson.Default.ToldAnswer, cancellationToken);
        if (answer.Data.Order is { } present)
        {
            await WriteAsync(shop, id, wanted.Missing(present, !answer.Withheld.Contains("order.note", StringComparer.Ordinal)), cancellationToken);
        }
    }

    private async Task WriteAsync(string shop, string id, ToldChanges changes, CancellationToken cancellationToken)
    {
        if (changes.Note is { } note)
        {
            var answer = await MutateAsync(shop, "OrderNote", new JsonObject { ["id"] = id, ["note"] = note }, cancellationToken);
            UserErrors.Check("The order's note", answer.OrderUpdate?.UserErrors);
        }

        if (changes.AddTag)
        {
            var answer = await MutateAsync(shop, "OrderTags", new JsonObject { ["id"] = id, ["tags"] = new JsonArray(ToldRecord.Tag) }, cancellationToken);
            UserErrors.Check("The order's tag", answer.TagsAdd?.UserErrors);
        }

        if (changes.Metafields.Count > 0)
        {
            var metafields = new JsonArray([.. changes.Metafields.Select(metafield => ToJson(metafield, id))]);
            var answer = await MutateAsync(shop, "OrderMetafields", new JsonObject { ["metafields"] = metafields }, cancellationToken);
            UserErrors.Check("The order's metafields", answer.MetafieldsSet?.UserErrors);
        }
    }

    private async Task<WriteAnswer> MutateAsync(string shop, string document, JsonObject variables, CancellationToken cancellationToken) =>
        (await admin.MutateAsync(shop, document, variables, OrderJson.Default.WriteAnswer, cancellationToken)).Data;

    private static JsonObject ToJson(ToldMetafield metafield, string id) =>
        new()
        {
            ["ownerId"] = id,
            ["namespace"] = Namespace,
            ["key"] = metafield.Key,
            ["type"] = metafield.Type,
            ["value"] = metafield.Value,
        };

    private async Task<TimeZoneInfo> ZoneAsync(string shop, CancellationToken cancellationToken)
    {
        var found = await shops.FindAsync(shop, cancellationToken);
        return found is not null && TimeZoneInfo.TryFindSystemTimeZoneById(found.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
    }
}
