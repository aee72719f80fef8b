using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Support.Sdk.Webhooks;

namespace Support.Sdk.AspNetCore.Webhooks;

/// <summary>Reads the raw bytes of a webhook once, within its limits, and hands them to the engine.</summary>
internal static class WebhookEndpoints
{
    private const int ServerRoom = 64 * 1024;

    // Senders give up after a few seconds themselves; Shopify after five.
    private static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(10);

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/{name}", ReceiveAsync).DisableAntiforgery();
        group.MapGet("/schemas/{file}", Schema);
        // The signature is the authentication; a fallback policy of the host must not ask a sender for a cookie.
        group.AllowAnonymous();
    }

    private static async Task ReceiveAsync(string name, IWebhookReceiver receiver, TimeProvider time, HttpContext context)
    {
        var answer = receiver.Find(name) is { } traits
            ? await ReadAsync(name, traits, receiver, time, context)
            : new WebhookAnswer { Status = StatusCodes.Status404NotFound };
        await WriteAsync(context.Response, answer, context.RequestAborted);
    }

    private static async Task<WebhookAnswer> ReadAsync(string name, WebhookTraits traits, IWebhookReceiver receiver, TimeProvider time, HttpContext context)
    {
        if (!Takes(traits, context.Request))
        {
            return new WebhookAnswer { Status = StatusCodes.Status415UnsupportedMediaType };
        }

        if (context.Request.ContentLength > traits.MaxBody)
        {
            return TooLarge;
        }

        var receivedAt = time.GetUtcNow();
        // Where nobody says how long it is, one more than is taken tells that there is more.
        var most = (int)(context.Request.ContentLength ?? (traits.MaxBody + 1));
        var body = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var (length, fault) = await FillAsync(body.AsMemory(0, most), traits.MaxBody, time, context);
            var request = new WebhookRequest
            {
                Body = body.AsMemory(0, length),
                Headers = new HeaderView(context.Request.Headers),
                ReceivedAt = receivedAt,
            };
            return fault ?? await receiver.ReceiveAsync(name, request, context.RequestAborted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    private static async Task<(int Length, WebhookAnswer? Fault)> FillAsync(Memory<byte> body, int max, TimeProvider time, HttpContext context)
    {
        // The server's own limit may be lower; it counts the frames of chunks as well, so it gets room for them.
        context.LimitBody((2L * max) + ServerRoom);
        using var patience = new Patience(time, context.RequestAborted);
        var (reader, length) = (context.Request.BodyReader, 0);
        try
        {
            // Whoever says how long it is has sent all of it by then: a further read would only find that.
            var isWhole = false;
            while (length < body.Length && !isWhole)
            {
                var read = reader.TryRead(out var there) ? there : await reader.ReadAsync(patience.Token);
                var taken = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, body.Length - length));
                taken.CopyTo(body.Span[length..]);
                length += (int)taken.Length;
                reader.AdvanceTo(taken.End);
                isWhole = read.IsCompleted;
            }

            return length > max ? (0, TooLarge) : (length, null);
        }
        catch (BadHttpRequestException exception)
        {
            return (0, new WebhookAnswer { Status = exception.StatusCode });
        }
        catch (OperationCanceledException) when (patience.IsOver)
        {
            return (0, new WebhookAnswer { Status = StatusCodes.Status408RequestTimeout });
        }
    }

    private static WebhookAnswer TooLarge => new() { Status = StatusCodes.Status413PayloadTooLarge };

    // The signature covers the bytes on the wire: a body that is packed is not what was signed.
    private static bool Takes(WebhookTraits traits, HttpRequest request) =>
        (traits.ContentTypes.Contains(request.ContentType ?? "", StringComparer.OrdinalIgnoreCase) || TakesWithParameters(traits, request.ContentType))
        && (request.Headers.ContentEncoding.Count == 0 || string.Equals(request.Headers.ContentEncoding, "identity", StringComparison.OrdinalIgnoreCase));

    private static bool TakesWithParameters(WebhookTraits traits, string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && traits.ContentTypes.Contains(type.MediaType.Value ?? "", StringComparer.OrdinalIgnoreCase)
        && (type.Charset.Length == 0 || string.Equals(HeaderUtilities.RemoveQuotes(type.Charset).Value, "utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task WriteAsync(HttpResponse response, WebhookAnswer answer, CancellationToken cancellationToken)
    {
        response.StatusCode = answer.Status;
        response.Headers.CacheControl = "no-store";
        response.AskAgainAfter(answer.RetryAfter);
        if (answer.Body is { } body)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            response.ContentType = answer.ContentType;
            // With its length known, head and body leave together; in chunks they would not.
            response.ContentLength = bytes.Length;
            await response.Body.WriteAsync(bytes, cancellationToken);
        }
    }

    private static IResult Schema(string file, HttpContext context)
    {
        if (JsonSchemas.Find(file) is not { } schema)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(schema, "application/schema+json");
    }

    /// <summary>The time that a sender has for the body; it begins when something is waited for, because mostly the body comes along with the head.</summary>
    private sealed class Patience(TimeProvider time, CancellationToken aborted) : IDisposable
    {
        private CancellationTokenSource? _late;
        private CancellationTokenSource? _stop;

        public bool IsOver => _late?.IsCancellationRequested == true;

        public CancellationToken Token
        {
            get
            {
                _late ??= new CancellationTokenSource(ReadWithin, time);
                _stop ??= CancellationTokenSource.CreateLinkedTokenSource(_late.Token, aborted);
                return _stop.Token;
            }
        }

        public void Dispose()
        {
            _stop?.Dispose();
            _late?.Dispose();
        }
    }
}
