using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>What one endpoint of the API does, takes and answers: the handlers read by it, and the document is written from it.</summary>
internal sealed record ApiOperation
{
    /// <summary>The id in the document; keys of idempotency are scoped by it.</summary>
    public required string Id { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path below where the API is.</summary>
    public required string Pattern { get; init; }

    /// <summary>The part of the API that it belongs to.</summary>
    public required string Tag { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What else there is to know, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The policy that lets somebody in.</summary>
    public required string Policy { get; init; }

    /// <summary>What is read from the query.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>What the body is, or null when it takes none, or none that is JSON.</summary>
    public Type? Body { get; init; }

    /// <summary>The body of an operation that takes no JSON, by media type.</summary>
    public IReadOnlyDictionary<string, Func<OpenApiSchema>> Bodies { get; init; } = new Dictionary<string, Func<OpenApiSchema>>(StringComparer.Ordinal);

    /// <summary>The status when it went well.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>What is answered, or null for bytes of <see cref="AnswerMedia"/>.</summary>
    public Type? Answer { get; init; }

    /// <summary>The media type of the answer.</summary>
    public string AnswerMedia { get; init; } = "application/json";

    /// <summary>Whether the answer has an entity tag.</summary>
    public bool HasTag { get; init; }

    /// <summary>Whether If-Match is read.</summary>
    public bool ReadsIfMatch { get; init; }

    /// <summary>What can go wrong besides 400, 401 and 403, with the reason where it is not plain.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    public bool IsWrite => !HttpMethods.IsGet(Method);

    public static ApiOperation Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>() ?? throw new InvalidOperationException("The endpoint was not mapped by MapSupport().");
}
