using System.Globalization;
using System.Text.Json.Nodes;
using Support.Sdk.Orders;

namespace Support.Sdk.Shopify.Admin;

/// <summary>Writes tracking through the Admin API.</summary>
internal sealed class ShopifyOrders(IShopifyAdmin admin, WriteLedger ledger) : IShopifyOrders
{
    private const string IdStart = "gid://shopify/Fulfillment/";

    public async Task<ShopifyResult> UpdateTrackingAsync(
        string shop,
        string fulfillmentId,
        ShopifyTracking tracking,
        bool notifyCustomer = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tracking.Number, nameof(tracking));
        var number = Number(fulfillmentId);
        var input = new JsonObject { ["number"] = tracking.Number };
        AddText(input, "company", tracking.Company);
        AddText(input, "url", tracking.Url?.AbsoluteUri);
        var variables = new JsonObject
        {
            ["fulfillmentId"] = IdStart + number,
            ["tracking"] = input,
            ["notifyCustomer"] = notifyCustomer,
        };
        return await WriteAsync(
            shop,
            $"fulfillment/{number}/tracking",
            $"{input.ToJsonString()} {notifyCustomer}",
            1,
            () => HasTrackingAsync(shop, number, tracking, cancellationToken),
            async () =>
                (await admin.MutateAsync(shop, "TrackingUpdate", variables, AdminJson.Default.TrackingUpdateData, cancellationToken))
                    .Data
                    .FulfillmentTrackingInfoUpdate,
            cancellationToken
        );
    }

    public async Task<ShopifyResult> AddEventAsync(string shop, string fulfillmentId, TrackingEvent scan, CancellationToken cancellationToken = default)
    {
        var number = Number(fulfillmentId);
        if (Status(scan.Status) is not { } status)
        {
            return Refused($"Shopify has no status for a scan that is {scan.Status}.", ShopifyUserError.NoSuchStatus);
        }

        var input = new JsonObject
        {
            ["fulfillmentId"] = IdStart + number,
            ["status"] = status,
            ["happenedAt"] = Text(scan.At),
        };
        AddText(input, "message", scan.Description);
        AddText(input, "estimatedDeliveryAt", scan.EstimatedArrival is { } arrival ? Text(arrival) : null);
        return await WriteAsync(
            shop,
            $"fulfillment/{number}/events",
            input.ToJsonString(),
            WriteLedger.Remembered,
            () => HasEventAsync(shop, number, status, scan, cancellationToken),
            async () =>
                (
                    await admin.MutateAsync(
                        shop,
                        "FulfillmentEventCreate",
                        new JsonObject { ["event"] = input },
                        AdminJson.Default.EventCreateData,
                        cancellationToken
                    )
                )
                    .Data
                    .FulfillmentEventCreate,
            cancellationToken
        );
    }

    /// <summary>Shopify's word (FulfillmentEventStatus of 2026-10), or null where it has none.</summary>
    internal static string? Status(TrackingStatus status) =>
        status switch
        {
            TrackingStatus.PreTransit => "CONFIRMED",
            TrackingStatus.PickedUp => "CARRIER_PICKED_UP",
            TrackingStatus.InTransit => "IN_TRANSIT",
            TrackingStatus.Delayed => "DELAYED",
            TrackingStatus.OutForDelivery => "OUT_FOR_DELIVERY",
            TrackingStatus.AvailableForPickup => "READY_FOR_PICKUP",
            TrackingStatus.AttemptFailed => "ATTEMPTED_DELIVERY",
            TrackingStatus.Delivered => "DELIVERED",
            TrackingStatus.Failed => "FAILURE",
            _ => null,
        };

    private async Task<ShopifyResult> WriteAsync(
        string shop,
        string subject,
        string key,
        int remembered,
        Func<Task<bool>> isThere,
        Func<Task<MutationPayload?>> write,
        CancellationToken cancellationToken
    )
    {
        var result = new ShopifyResult();
        await ledger.RunAsync(
            shop,
            subject,
            key,
            async inDoubt =>
            {
                if (inDoubt && await isThere())
                {
                    return true;
                }

                var payload = await write();
                result = payload is null
                    ? Refused("Shopify did not say whether it did it; the app may lack a permission.", code: null)
                    : new ShopifyResult { UserErrors = payload.Errors() };
                return result.IsDone;
            },
            cancellationToken,
            remembered
        );
        return result;
    }

    private async Task<bool> HasTrackingAsync(string shop, string number, ShopifyTracking tracking, CancellationToken cancellationToken)
    {
        var variables = new JsonObject { ["fulfillmentId"] = IdStart + number };
        var answer = await admin.QueryAsync(shop, "FulfillmentTracking", variables, AdminJson.Default.FulfillmentData, cancellationToken);
        return answer.Data.Fulfillment?.TrackingInfo is [var only]
            && IsSame(only.Number, tracking.Number)
            && (tracking.Company is null || IsSame(only.Company, tracking.Company))
            && (tracking.Url is null || IsSame(only.Url, tracking.Url.AbsoluteUri));
    }

    private async Task<bool> HasEventAsync(string shop, string number, string status, TrackingEvent scan, CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var variables = new JsonObject { ["id"] = IdStart + number, ["after"] = after };
            var answer = await admin.QueryAsync(shop, "FulfillmentEvents", variables, AdminJson.Default.FulfillmentData, cancellationToken);
            var events = answer.Data.Fulfillment?.Events;
            if (events?.Nodes?.Any(known => IsSame(known.Status, status) && known.HappenedAt is { } at && IsSame(Text(at), Text(scan.At))) == true)
            {
                return true;
            }

            after = events?.PageInfo is { HasNextPage: true } page && !IsSame(page.EndCursor, after) ? page.EndCursor : null;
        } while (after is not null);
        return false;
    }

    private static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    private static ShopifyResult Refused(string message, string? code) => new() { UserErrors = [new ShopifyUserError { Message = message, Code = code }] };

    private static void AddText(JsonObject input, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            input[name] = value;
        }
    }

    // Shopify keeps whole seconds.
    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Number(string fulfillmentId)
    {
        var number = fulfillmentId.StartsWith(IdStart, StringComparison.Ordinal) ? fulfillmentId[IdStart.Length..] : fulfillmentId;
        return number.Length is > 0 and <= 20 && number.All(char.IsAsciiDigit)
            ? number
            : throw new ArgumentException($"'{fulfillmentId}' is no id of a fulfillment. Give its number, or {IdStart}NUMBER.", nameof(fulfillmentId));
    }
}

internal sealed record TrackingUpdateData
{
    public MutationPayload? FulfillmentTrackingInfoUpdate { get; init; }
}

internal sealed record EventCreateData
{
    public MutationPayload? FulfillmentEventCreate { get; init; }
}

internal sealed record FulfillmentData
{
    public FulfillmentNode? Fulfillment { get; init; }
}

internal sealed record FulfillmentNode
{
    public IReadOnlyList<TrackingInfoNode>? TrackingInfo { get; init; }

    public EventPage? Events { get; init; }
}

internal sealed record TrackingInfoNode
{
    public string? Company { get; init; }

    public string? Number { get; init; }

    public string? Url { get; init; }
}

internal sealed record EventPage
{
    public IReadOnlyList<EventNode>? Nodes { get; init; }

    public PageInfoData? PageInfo { get; init; }
}

internal sealed record EventNode
{
    public string? Status { get; init; }

    public DateTimeOffset? HappenedAt { get; init; }
}
