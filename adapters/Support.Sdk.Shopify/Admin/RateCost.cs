using System.Text.Json;

namespace Support.Sdk.Shopify.Admin;

/// <summary>What an answer says about the rate limit, in points.</summary>
/// <remarks>https://shopify.dev/docs/api/usage/limits: the limit is one for each app and shop, whoever uses it.</remarks>
internal sealed record RateCost
{
    /// <summary>What had to be there before the document was run.</summary>
    public required double Requested { get; init; }

    /// <summary>What it took, when it was run.</summary>
    public required double Actual { get; init; }

    /// <summary>The most that can be there.</summary>
    public required double Maximum { get; init; }

    /// <summary>What is there.</summary>
    public required double Available { get; init; }

    /// <summary>What comes in each second.</summary>
    public required double RestoreRate { get; init; }

    /// <summary>Reads <c>extensions.cost</c>, or null where it is missing or makes no sense.</summary>
    public static RateCost? Read(JsonElement root)
    {
        if (
            !TryObject(root, "extensions", out var extensions)
            || !TryObject(extensions, "cost", out var cost)
            || !TryObject(cost, "throttleStatus", out var status)
        )
        {
            return null;
        }

        var requested = Number(cost, "requestedQueryCost") ?? 0;
        var result = new RateCost
        {
            Requested = requested,
            Actual = Number(cost, "actualQueryCost") ?? requested,
            Maximum = Number(status, "maximumAvailable") ?? 0,
            Available = Number(status, "currentlyAvailable") ?? 0,
            RestoreRate = Number(status, "restoreRate") ?? 0,
        };
        return result is { Maximum: > 0, RestoreRate: > 0 } ? result : null;
    }

    private static bool TryObject(JsonElement parent, string name, out JsonElement child) =>
        parent.TryGetProperty(name, out child) && child.ValueKind == JsonValueKind.Object;

    private static double? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= 0
            ? number
            : null;
}
