using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Support.Sdk.Storefronts;

namespace Support.Sdk.Tests.Shopify;

/// <summary>A shop's Admin API, as far as a test needs it.</summary>
internal sealed class AdminShop : HttpMessageHandler
{
    public const string Domain = "teapots.myshopify.com";
    public const string Secret = "shpss_the-client-secret";

    private int _tokens;

    public List<AdminRequest> Requests { get; } = [];

    public List<string> Log { get; } = [];

    /// <summary>Answers documents.</summary>
    public Func<AdminRequest, HttpResponseMessage> Answer { get; set; } = _ => Data("{}");

    /// <summary>Answers requests for tokens.</summary>
    public Func<AdminRequest, HttpResponseMessage>? AnswerToken { get; set; }

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Latency { get; set; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    public AdminStates States { get; init; } = new();

    public IEnumerable<AdminRequest> Documents => Requests.Where(request => !request.IsToken);

    public IEnumerable<AdminRequest> Fetches => Requests.Where(request => request.IsToken);

    public static HttpResponseMessage Data(string data, string more = "") => Json($$"""{"data":{{data}}{{more}}}""");

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    /// <summary>A process of the application that uses the shop.</summary>
    public ServiceProvider Process(Action<ShopifyShop>? configure = null, Uri? webhook = null, bool isReal = false)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IStateStore>(States);
        services.AddShopifyAdmin();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(Log)));
        if (!isReal)
        {
            services.AddHttpClient(AdminClient.Name).ConfigurePrimaryHttpMessageHandler(() => new Unowned(this));
            services.AddHttpClient(AdminClient.DownloadName).ConfigurePrimaryHttpMessageHandler(() => new Unowned(this));
        }

        services.Configure<ShopifyOptions>(options =>
        {
            options.WebhookAddress = webhook;
            var shop = new ShopifyShop { Domain = Domain, ClientId = "client" };
            shop.ClientSecrets.Add(Secret);
            configure?.Invoke(shop);
            if (shop.AccessToken is null && shop.RefreshToken is null)
            {
                shop.AccessToken = "shpat_fixed";
            }

            options.Shops["main"] = shop;
        });
        return services.BuildServiceProvider();
    }

    /// <summary>A process whose tokens end.</summary>
    public ServiceProvider Expiring(string refreshToken = "shprt_configured") => Process(shop => shop.RefreshToken = refreshToken);

    /// <summary>The next pair of tokens.</summary>
    public HttpResponseMessage NextPair()
    {
        var number = Interlocked.Increment(ref _tokens);
        return Json(
            $$"""{"access_token":"shpat_{{number}}","expires_in":3600,"refresh_token":"shprt_{{number}}","refresh_token_expires_in":7776000,"scope":"read_orders"}"""
        );
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = new AdminRequest(
            request.RequestUri!,
            request.Headers.TryGetValues(AdminClient.TokenHeader, out var tokens) ? tokens.Single() : null,
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)
        );
        lock (Requests)
        {
            Requests.Add(asked);
        }

        if (Latency > TimeSpan.Zero)
        {
            await Task.Delay(Latency, Time, cancellationToken);
        }

        return asked.IsToken ? (AnswerToken ?? (_ => NextPair()))(asked) : Answer(asked);
    }

    // The factory disposes its handlers.
    private sealed class Unowned(AdminShop shop) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            shop.SendAsync(request, cancellationToken);
    }

    private sealed class Recorder(List<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (log)
            {
                log.Add($"{logLevel}: {formatter(state, exception)} {exception}");
            }
        }

        public void Dispose() { }
    }
}

/// <summary>What a shop was asked.</summary>
internal sealed record AdminRequest(Uri Address, string? Token, string Body)
{
    public bool IsToken => Address.AbsolutePath.EndsWith("/access_token", StringComparison.Ordinal);

    public JsonNode Json => JsonNode.Parse(Body)!;

    public JsonNode Variables => Json["variables"]!;

    public bool Is(string document) => Json["query"]!.GetValue<string>().Contains($" {document}(", StringComparison.Ordinal);
}
