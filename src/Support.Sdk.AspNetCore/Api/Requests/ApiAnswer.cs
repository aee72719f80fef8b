using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Something that was asked for, as JSON.</summary>
internal sealed class ApiAnswer<T>(T value, JsonTypeInfo<T> type) : IResult
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The version of what is shown, or null where it has none.</summary>
    public long? Version { get; init; }

    /// <summary>Where it is, when it is new or elsewhere.</summary>
    public string? Location { get; init; }

    /// <summary>Where the next page is, or null when there is none.</summary>
    public string? NextPage { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, type);
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (NextPage is not null)
        {
            response.Headers.Link = $"<{NextPage}>; rel=\"next\"";
        }

        if (Version is { } version)
        {
            // An order moves on and a customer is masked without the ticket becoming another: the tag is that of these very bytes.
            var tag = ApiTag.Write(version, bytes);
            response.Headers.ETag = tag;
            response.Headers.CacheControl = "private, no-cache";
            if (HttpMethods.IsGet(request.Method) && ApiTag.Matches(request.Headers.IfNoneMatch, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }

        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }
}

/// <summary>Entity tags: the version of a ticket or customer, a hyphen, and a fingerprint of what was shown of it.</summary>
internal static class ApiTag
{
    private const int FingerprintBytes = 8;

    public static string Write(long version, ReadOnlySpan<byte> bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{version}-{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, FingerprintBytes))}\"");

    /// <summary>Whether the tag is among those of an If-None-Match (RFC 9110, section 13.1.2: compared weakly).</summary>
    public static bool Matches(Microsoft.Extensions.Primitives.StringValues header, string tag) =>
        EntityTagHeaderValue.TryParseList(header, out var tags)
        && tags.Any(known => known.Equals(EntityTagHeaderValue.Any) || string.Equals(known.Tag.Value, tag, StringComparison.Ordinal));

    /// <summary>The version that a tag of ours names, or null for another's.</summary>
    public static long? Version(EntityTagHeaderValue tag) =>
        !tag.IsWeak
        && long.TryParse(tag.Tag.Value.AsSpan().Trim('"').ToString().Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
}
