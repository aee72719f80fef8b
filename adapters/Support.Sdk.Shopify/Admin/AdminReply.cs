using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Support.Sdk.Shopify.Admin;

/// <summary>What one try came to.</summary>
internal enum AdminOutcome
{
    /// <summary>There are data.</summary>
    Done,

    /// <summary>Nothing was executed, for want of points.</summary>
    Throttled,

    /// <summary>Nothing was executed: the token is not taken.</summary>
    TokenRefused,

    /// <summary>No answer, or none that counts; another try can help, and it may have been executed.</summary>
    Lost,

    /// <summary>Another try does not help.</summary>
    Failed,
}

/// <summary>The answer to one try, read.</summary>
internal sealed record AdminReply
{
    public required AdminOutcome Outcome { get; init; }

    /// <summary>The member <c>data</c>, where there is one.</summary>
    public JsonElement Data { get; init; }

    /// <summary>The paths that were held back.</summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];

    /// <summary>What went wrong, without personal data.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether the app lacks a permission for all of it.</summary>
    public bool IsDenied { get; init; }

    /// <summary>Whether the shop no longer lets the app in, or is no longer there.</summary>
    public bool IsGone { get; init; }

    /// <summary>Whether it is certain that nothing was sent.</summary>
    public bool IsNotSent { get; init; }

    /// <summary>What the answer says about the rate limit, or null.</summary>
    public RateCost? Cost { get; init; }

    /// <summary>How long the shop asks to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Reads an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="variables">What was sent; no error quotes it.</param>
    public static AdminReply Read(AdminResponse response, JsonObject variables) =>
        response.Status switch
        {
            null when response.Passes => Lost(response.Fault ?? "there was no answer") with { IsNotSent = response.IsNotSent },
            null => Failed(response.Fault ?? "there was no answer"),
            HttpStatusCode.TooManyRequests => new AdminReply
            {
                Outcome = AdminOutcome.Throttled,
                Reason = "HTTP 429",
                RetryAfter = response.RetryAfter,
            },
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new AdminReply
            {
                Outcome = AdminOutcome.TokenRefused,
                Reason = $"HTTP {(int)response.Status}",
            },
            _ when FinalReason(response.Status.Value) is { } reason => Failed(reason) with { IsGone = response.Status is HttpStatusCode.NotFound },
            >= HttpStatusCode.InternalServerError => Lost($"HTTP {(int)response.Status}"),
            _ => ReadBody(response.Body, variables),
        };

    // https://shopify.dev/docs/api/usage/response-codes
    private static string? FinalReason(HttpStatusCode status) =>
        (int)status switch
        {
            402 => "the shop is frozen (HTTP 402): its owner has a bill to settle with Shopify",
            404 => "nothing answers there (HTTP 404): the shop is closed, or its Domain or ApiVersion is wrong",
            423 => "the shop is locked (HTTP 423): its owner has to talk to Shopify's support",
            >= 300 and < 400 => $"the shop answers with a redirect (HTTP {(int)status}): give its own domain with Shopify, NAME.myshopify.com",
            >= 400 and < 500 => $"the request was refused (HTTP {(int)status})",
            _ => null,
        };

    private static AdminReply ReadBody(ReadOnlyMemory<byte> body, JsonObject variables)
    {
        JsonElement root;
        try
        {
            root = JsonElement.Parse(body.Span);
        }
        catch (JsonException)
        {
            return Lost("the answer is no JSON");
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return Failed("the answer is no answer to GraphQL");
        }

        var cost = RateCost.Read(root);
        var errors = AdminErrors.Read(root, variables);
        var hasData = root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object;
        if (errors.Has("THROTTLED"))
        {
            return new AdminReply
            {
                Outcome = AdminOutcome.Throttled,
                Reason = "THROTTLED",
                Cost = cost,
            };
        }

        var reply = errors switch
        {
            { IsEmpty: true } when hasData => Done(data),
            { IsEmpty: true } => Failed("the answer has neither data nor errors"),
            { IsOnlyDenied: true } when hasData => Done(data) with { Withheld = errors.Paths },
            { IsOnlyDenied: true } => Failed($"the app lacks a permission: {errors}") with { IsDenied = true },
            { IsShopInactive: true } => Failed($"the shop is not active: {errors}"),
            { Passes: true } => Lost(errors.ToString()),
            _ => Failed(errors.ToString()),
        };
        return reply with { Cost = cost };
    }

    private static AdminReply Done(JsonElement data) => new() { Outcome = AdminOutcome.Done, Data = data };

    private static AdminReply Lost(string reason) => new() { Outcome = AdminOutcome.Lost, Reason = reason };

    private static AdminReply Failed(string reason) => new() { Outcome = AdminOutcome.Failed, Reason = reason };
}
