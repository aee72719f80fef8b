using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Reads a body strictly: its media type, its size, and every member of it.</summary>
internal static class BodyReader
{
    public const int MaxBytes = 1024 * 1024;
    private const int Piece = 16 * 1024;
    private const string Whole = "body";

    /// <summary>The body, or null: then <see cref="ApiCall.Refuse"/> says why.</summary>
    public static async Task<T?> ReadAsync<T>(this ApiCall call, JsonTypeInfo<T> type)
        where T : class
    {
        call.Problem = MediaProblem(call.Request);
        return call.Problem is null && await BytesAsync(call) is { } bytes ? Parse(call, bytes, type) : null;
    }

    private static ApiProblem? MediaProblem(HttpRequest request)
    {
        var isJson =
            MediaTypeHeaderValue.TryParse(request.ContentType, out var media)
            && media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (media.Charset.Length == 0 || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        // A form on somebody else's page cannot send this type without asking first; cookies alone prove nothing.
        return !isJson ? ApiProblem.Of(415, "The body must be JSON in UTF-8. Send Content-Type: application/json.")
            : request.Headers.ContentEncoding.Count > 0 ? ApiProblem.Of(415, "The body must not be compressed.")
            : null;
    }

    private static async Task<ReadOnlyMemory<byte>?> BytesAsync(ApiCall call)
    {
        var bytes = new ArrayBufferWriter<byte>();
        try
        {
            while (await call.Request.Body.ReadAsync(bytes.GetMemory(Piece), call.Aborted) is > 0 and var read)
            {
                bytes.Advance(read);
                if (bytes.WrittenCount > MaxBytes)
                {
                    return TooLarge(call);
                }
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge(call);
        }

        return bytes.WrittenMemory;
    }

    private static T? Parse<T>(ApiCall call, ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = ApiJson.MaxDepth });
            var before = call.Faults.Count;
            BodyShape.Check(document.RootElement, type, "", call.Faults);
            return call.Faults.Count > before ? null : document.RootElement.Deserialize(type);
        }
        // The second: a text that is no UTF-8, or has half of a surrogate pair.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            var place = exception is JsonException { LineNumber: { } line, BytePositionInLine: { } column } ? $" Line {line + 1}, byte {column + 1}." : "";
            call.Faults.Add(Whole, "Is no valid JSON." + place);
            return null;
        }
    }

    private static ReadOnlyMemory<byte>? TooLarge(ApiCall call)
    {
        call.Problem = ApiProblem.Of(413, $"The body has more than {MaxBytes} bytes. Files go to POST /files.");
        return null;
    }
}
