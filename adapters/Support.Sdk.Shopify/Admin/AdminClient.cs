using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using Refit;

namespace Support.Sdk.Shopify.Admin;

/// <summary>Sends one request, bounded in time and length, and never again.</summary>
internal sealed class AdminClient(IHttpClientFactory clients, IOptions<ShopifyOptions> options, TimeProvider time)
{
    /// <summary>The name of the client that carries tokens.</summary>
    public const string Name = "shopify";

    /// <summary>The name of the client that carries none.</summary>
    public const string DownloadName = "shopify-download";

    /// <summary>Where the token stands.</summary>
    public const string TokenHeader = "X-Shopify-Access-Token";

    /// <summary>How long one try may take.</summary>
    public static readonly TimeSpan TryTime = TimeSpan.FromSeconds(30);

    // A query is limited by its cost (1,000 points); its answers stay far below.
    private const long MaxLength = 16 * 1024 * 1024;

    /// <summary>The settings of a shop.</summary>
    /// <exception cref="ArgumentException">The shop is no Shopify shop.</exception>
    public ShopifyShop Shop(string id) =>
        options.Value.Shops.TryGetValue(id, out var shop)
            ? shop
            : throw new ArgumentException($"'{id}' is no Shopify shop. Name it under Support:Shopify:Shops.", nameof(id));

    /// <summary>Runs a document.</summary>
    public Task<AdminResponse> GraphqlAsync(string shop, byte[] body, string token, CancellationToken cancellationToken)
    {
        var version = Shop(shop).ApiVersion;
        return SendAsync(shop, body, (api, content, cancel) => api.GraphqlAsync(version, content, token, cancel), cancellationToken);
    }

    /// <summary>Asks for an access token.</summary>
    public Task<AdminResponse> TokenAsync(string shop, byte[] body, CancellationToken cancellationToken) =>
        SendAsync(shop, body, (api, content, cancel) => api.TokenAsync(content, cancel), cancellationToken);

    /// <summary>Opens a file; the caller disposes what it gets, or the fault is told.</summary>
    public async Task<(Stream? File, AdminResponse? Fault)> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        var fault = await BoundedAsync(
            async cancel =>
            {
                response = await clients.CreateClient(DownloadName).GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
                return new AdminResponse { Status = response.StatusCode };
            },
            cancellationToken
        );
        if (response is { IsSuccessStatusCode: true })
        {
            return (await response.Content.ReadAsStreamAsync(cancellationToken), null);
        }

        response?.Dispose();
        return (null, fault);
    }

    private async Task<AdminResponse> SendAsync(
        string shop,
        byte[] body,
        Func<IAdminApi, HttpContent, CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken
    )
    {
        var settings = Shop(shop);
        using var client = clients.CreateClient(Name);
        client.BaseAddress = settings.ApiBaseAddress ?? new Uri($"https://{settings.Domain}");
        var api = RestService.ForGenerated<IAdminApi>(client, new RefitSettings(new SystemTextJsonContentSerializer(AdminJson.Default.Options)));
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await BoundedAsync(
            async cancel =>
            {
                using var response = await send(api, content, cancel);
                await response.Content.LoadIntoBufferAsync(MaxLength, cancel);
                return new AdminResponse
                {
                    Status = response.StatusCode,
                    RetryAfter = RetryAfter(response.Headers.RetryAfter),
                    Body = await response.Content.ReadAsByteArrayAsync(cancel),
                };
            },
            cancellationToken
        );
    }

    private async Task<AdminResponse> BoundedAsync(Func<CancellationToken, Task<AdminResponse>> send, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TryTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await send(either.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException or ApiRequestException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return AdminResponse.Lost(patience.IsCancellationRequested ? null : exception);
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta ?? (header?.Date - time.GetUtcNow());
}

/// <summary>What came back from one request.</summary>
internal sealed record AdminResponse
{
    /// <summary>The status, or null when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the shop asks to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The answer's bytes.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Why there was no answer, or null.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether it is certain that nothing was sent.</summary>
    public bool IsNotSent { get; init; }

    /// <summary>Whether another try can help where there was no answer.</summary>
    public bool Passes { get; init; } = true;

    /// <summary>There was no answer.</summary>
    /// <param name="exception">Why, or null when it took too long.</param>
    public static AdminResponse Lost(Exception? exception)
    {
        var cause = (exception as ApiRequestException)?.InnerException ?? exception;
        var error = (cause as HttpRequestException)?.HttpRequestError;
        return new AdminResponse
        {
            Fault = cause switch
            {
                null => $"there was no answer within {AdminClient.TryTime.TotalSeconds:0} s",
                _ when error is HttpRequestError.ConfigurationLimitExceeded => "the answer is longer than 16 MB",
                _ => $"the connection failed ({error?.ToString() ?? cause.GetType().Name})",
            },
            IsNotSent =
                error
                    is HttpRequestError.NameResolutionError
                        or HttpRequestError.ConnectionError
                        or HttpRequestError.SecureConnectionError
                        or HttpRequestError.ProxyTunnelError,
            Passes = error is not HttpRequestError.ConfigurationLimitExceeded,
        };
    }
}
