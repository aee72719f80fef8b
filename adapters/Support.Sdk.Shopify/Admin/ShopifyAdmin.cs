using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Support.Sdk.Shopify.Admin;

/// <summary>The Admin API over HTTP.</summary>
/// <remarks>
/// A throttled document was not run, so it goes again when there are points, a mutation too. After a lost answer only queries go again;
/// a mutation does when it is certain that nothing was sent.
/// </remarks>
internal sealed partial class ShopifyAdmin : IShopifyAdmin, IDisposable
{
    // Points for the dearest document there can be (1,000) are there after 20 seconds; then many others were first.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly AdminClient _client;
    private readonly AdminTokens _tokens;
    private readonly ShopPauses _pauses;
    private readonly TimeProvider _time;
    private readonly ILogger<ShopifyAdmin> _logger;
    private readonly ConcurrentDictionary<string, RateGate> _gates = new(StringComparer.Ordinal);
    private readonly ResiliencePipeline<AdminReply> _reads;
    private readonly ResiliencePipeline<AdminReply> _writes;

    public ShopifyAdmin(AdminClient client, AdminTokens tokens, ShopPauses pauses, TimeProvider time, ILogger<ShopifyAdmin> logger)
    {
        _client = client;
        _tokens = tokens;
        _pauses = pauses;
        _time = time;
        _logger = logger;
        _reads = AdminRetry.Create<AdminReply>(reply => reply.Outcome == AdminOutcome.Lost, time);
        _writes = AdminRetry.Create<AdminReply>(reply => reply is { Outcome: AdminOutcome.Lost, IsNotSent: true }, time);
    }

    public Task<AdminAnswer<T>> QueryAsync<T>(string shop, string document, JsonObject variables, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        RunAsync(new AdminCall(shop, document, variables), _reads, type, "", cancellationToken);

    public Task<AdminAnswer<T>> MutateAsync<T>(string shop, string document, JsonObject variables, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        RunAsync(new AdminCall(shop, document, variables), _writes, type, " It is not known whether the write was made.", cancellationToken);

    public async Task<Stream> DownloadAsync(string shop, Uri address, CancellationToken cancellationToken)
    {
        var own = _client.Shop(shop).ApiBaseAddress;
        if (
            !string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
            && (own is null || Uri.Compare(own, address, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
        )
        {
            throw new ShopifyException($"Shop '{shop}' named a file that is not behind https; it is not opened.");
        }

        var (file, reason) = await AdminRetry
            .Create<(Stream? File, AdminResponse? Fault)>(opened => opened.Fault is { Status: null or >= System.Net.HttpStatusCode.InternalServerError }, _time)
            .ExecuteAsync(async cancel => await _client.OpenAsync(address, cancel), cancellationToken);
        return file
            ?? throw new ShopifyException(
                $"A file of shop '{shop}' cannot be opened: {reason?.Fault ?? $"HTTP {(int?)reason?.Status}"}. Addresses of files end after 7 days."
            );
    }

    public void Dispose()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Dispose();
        }
    }

    private async Task<AdminAnswer<T>> RunAsync<T>(
        AdminCall call,
        ResiliencePipeline<AdminReply> pipeline,
        JsonTypeInfo<T> type,
        string doubt,
        CancellationToken cancellationToken
    )
    {
        var reply = await RunAsync(call, pipeline, doubt, cancellationToken);

        if (reply.Withheld.Count > 0)
        {
            LogWithheld(call.Shop, call.Document, reply.Withheld.Count, reply.Withheld[0]);
        }

        try
        {
            var data = reply.Data.Deserialize(type);
            return data is null ? throw new ShopifyException(Unreadable(call, "$")) : new AdminAnswer<T>(data, reply.Withheld);
        }
        catch (JsonException exception)
        {
            throw new ShopifyException(Unreadable(call, exception.Path), exception);
        }
    }

    private async Task<AdminReply> RunAsync(AdminCall call, ResiliencePipeline<AdminReply> pipeline, string doubt, CancellationToken cancellationToken)
    {
        _pauses.Check(call.Shop);
        try
        {
            var reply = await pipeline.ExecuteAsync(
                static async (state, cancel) => await state.Admin.TryAsync(state.Call, cancel),
                (Admin: this, Call: call),
                cancellationToken
            );
            if (reply.Outcome == AdminOutcome.Done)
            {
                _pauses.End(call.Shop);
                return reply;
            }

            throw new ShopifyException(
                $"Shop '{call.Shop}' did not do {call.Document}: {reply.Reason}.{(reply is { Outcome: AdminOutcome.Lost, IsNotSent: false } ? doubt : "")}"
            )
            {
                IsDenied = reply.IsDenied,
                IsPaused = reply.IsGone,
            };
        }
        catch (ShopifyException exception) when (exception.IsPaused)
        {
            _pauses.Begin(call.Shop, exception.Message);
            throw;
        }
    }

    private async Task<AdminReply> TryAsync(AdminCall call, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(call.Shop, static (_, time) => new RateGate(time), _time);
        var start = _time.GetTimestamp();
        AdminReply? throttled = null;
        while (true)
        {
            var patience = Patience - _time.GetElapsedTime(start);
            var pass = patience > TimeSpan.Zero ? await gate.EnterAsync(call.Document, throttled is not null, patience, cancellationToken) : null;
            if (pass is null)
            {
                return new AdminReply { Outcome = AdminOutcome.Failed, Reason = TooBusy(throttled) };
            }

            AdminReply? reply = null;
            try
            {
                reply = await SendAsync(call, cancellationToken);
            }
            finally
            {
                gate.Leave(pass, reply);
            }

            if (reply.Outcome != AdminOutcome.Throttled)
            {
                return reply;
            }

            LogThrottled(call.Shop, call.Document, reply.Reason);
            throttled = reply;
        }
    }

    private async Task<AdminReply> SendAsync(AdminCall call, CancellationToken cancellationToken)
    {
        var token = await _tokens.GetAsync(call.Shop, cancellationToken);
        var reply = await SendAsync(call, token, cancellationToken);
        if (reply.Outcome != AdminOutcome.TokenRefused)
        {
            return reply;
        }

        reply = await SendAsync(call, await _tokens.RenewAsync(call.Shop, token, reply.Reason, cancellationToken), cancellationToken);
        return reply.Outcome != AdminOutcome.TokenRefused
            ? reply
            : reply with
            {
                Outcome = AdminOutcome.Failed,
                IsGone = true,
                Reason =
                    $"the token was refused ({reply.Reason}), and a new one too: the app was uninstalled there, or lacks a permission. Install it again and set RefreshToken",
            };
    }

    private async Task<AdminReply> SendAsync(AdminCall call, string token, CancellationToken cancellationToken) =>
        AdminReply.Read(await _client.GraphqlAsync(call.Shop, call.Body, token, cancellationToken), call.Variables);

    private static string TooBusy(AdminReply? throttled) =>
        throttled is null
            ? $"its rate limit left no room within {Patience.TotalMinutes:0} minutes, because of other requests of this app"
            : $"it was throttled ({throttled.Reason}) for {Patience.TotalMinutes:0} minutes, because of other requests of this app";

    private static string Unreadable(AdminCall call, string? path) =>
        $"Shop '{call.Shop}' answered {call.Document} with something that is not read here, at {path}. Its ApiVersion must be one that this package knows.";

    [LoggerMessage(Level = LogLevel.Debug, Message = "Shop {Shop} throttled {Document} ({Reason}); it goes again when there are points.")]
    private partial void LogThrottled(string shop, string document, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Shop {Shop} held back {Count} fields of {Document} for want of a permission, the first at {Path}.")]
    private partial void LogWithheld(string shop, string document, int count, string path);
}

/// <summary>A document on its way.</summary>
internal sealed class AdminCall
{
    public AdminCall(string shop, string document, JsonObject variables)
    {
        Shop = shop;
        Document = document;
        Variables = variables;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("query", AdminDocuments.Text(document));
            writer.WritePropertyName("variables");
            variables.WriteTo(writer);
            writer.WriteEndObject();
        }

        Body = buffer.WrittenSpan.ToArray();
    }

    public string Shop { get; }

    public string Document { get; }

    public JsonObject Variables { get; }

    public byte[] Body { get; }
}

/// <summary>How often and when something goes again.</summary>
internal static class AdminRetry
{
    /// <summary>Three tries, with growing pauses that differ from caller to caller.</summary>
    public static ResiliencePipeline<T> Create<T>(Func<T, bool> isAgain, TimeProvider time) =>
        new ResiliencePipelineBuilder<T> { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions<T>
                {
                    MaxRetryAttempts = 2,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromMilliseconds(500),
                    MaxDelay = TimeSpan.FromSeconds(10),
                    UseJitter = true,
                    ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } result && isAgain(result)),
                }
            )
            .Build();
}
