using System.Text.Json.Serialization;

namespace Support.Sdk.Shopify.Admin;

/// <summary>How the little that this folder exchanges and keeps is written and read.</summary>
/// <remarks>Every member may be missing: schemas move, and what an app may not see comes back as null.</remarks>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredToken))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(WriteLog))]
[JsonSerializable(typeof(TrackingUpdateData))]
[JsonSerializable(typeof(EventCreateData))]
[JsonSerializable(typeof(FulfillmentData))]
[JsonSerializable(typeof(SubscriptionsData))]
[JsonSerializable(typeof(SubscriptionWriteData))]
internal sealed partial class AdminJson : JsonSerializerContext;

/// <summary>The answer to a mutation, as far as it is needed.</summary>
internal sealed record MutationPayload
{
    public IReadOnlyList<UserErrorData>? UserErrors { get; init; }

    /// <summary>What the shop refuses; a list that is missing refuses nothing.</summary>
    public IReadOnlyList<ShopifyUserError> Errors() =>
        [
            .. (UserErrors ?? []).Select(error => new ShopifyUserError
            {
                Field = error.Field is { Count: > 0 } path ? string.Join('.', path) : null,
                Message = error.Message ?? "",
                Code = error.Code,
            }),
        ];
}

internal sealed record UserErrorData
{
    public IReadOnlyList<string>? Field { get; init; }

    public string? Message { get; init; }

    public string? Code { get; init; }
}

internal sealed record PageInfoData
{
    public bool HasNextPage { get; init; }

    public string? EndCursor { get; init; }
}
