using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore;
using Support.Sdk.Customers;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

/// <summary>The API on a real server and a SQLite file, and callers with roles.</summary>
internal sealed class ApiApplication : IAsyncDisposable
{
    public const string Root = "/support/api";
    private readonly SupportApplication _application;

    private ApiApplication(SupportApplication application) => _application = application;

    public SupportApplication Support => _application;

    public static async Task<ApiApplication> StartAsync(
        Action<ISupportBuilder>? add = null,
        Action<IServiceCollection>? with = null,
        Action<WebApplication>? map = null
    ) =>
        new(
            await SupportApplication.StartAsync(
                web =>
                {
                    web.MapSupport();
                    map?.Invoke(web);
                },
                support =>
                {
                    support.AddSupportApi();
                    (add ?? (one => one.AddShop(Given.Shop).AddShop(Given.Shop with { Id = "other" })))(support);
                },
                services =>
                {
                    HeaderLogin.Add(services);
                    with?.Invoke(services);
                }
            )
        );

    public T Get<T>()
        where T : notnull => _application.Get<T>();

    public IReadOnlyList<RouteEndpoint> Endpoints() => [.. Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>Asks as somebody.</summary>
    public async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        string? json = null,
        string? role = SupportPolicies.Agent,
        string user = "olga",
        string? key = null,
        string? match = null,
        string? noneMatch = null,
        HttpContent? content = null,
        bool asksFirst = false,
        bool isBelowRoot = true
    )
    {
        using var request = new HttpRequestMessage(
            method,
            new Uri(!isBelowRoot || path.StartsWith(Root, StringComparison.Ordinal) ? path : Root + path, UriKind.Relative)
        );
        if (role is not null)
        {
            request.Headers.Add(HeaderLogin.User, user);
            request.Headers.Add(HeaderLogin.Role, role);
        }

        // A body that nobody reads breaks the connection while it is sent.
        request.Headers.ExpectContinue = asksFirst;
        Add("Idempotency-Key", key);
        Add("If-Match", match);
        Add("If-None-Match", noneMatch);
        request.Content = content ?? (json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"));
        using var response = await _application.Client.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers, response.Content.Headers);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    public Task<Answer> GetAsync(string path, string? role = SupportPolicies.Agent, string? noneMatch = null) =>
        SendAsync(HttpMethod.Get, path, role: role, noneMatch: noneMatch);

    public Task<Answer> PostAsync(
        string path,
        string json,
        string? role = SupportPolicies.Agent,
        string? key = null,
        string? match = null,
        string user = "olga"
    ) => SendAsync(HttpMethod.Post, path, json, role, user, key, match);

    public Task<Answer> PatchAsync(
        string path,
        string json,
        string? role = SupportPolicies.Agent,
        string? key = null,
        string? match = null,
        string user = "olga"
    ) => SendAsync(HttpMethod.Patch, path, json, role, user, key, match);

    /// <summary>A ticket that Ada opened about her order.</summary>
    public async Task<long> OpenAsync(
        string text = "Where is my parcel?",
        ContactPoint? from = null,
        string? name = "Ada Lovelace",
        string shop = "main",
        string? order = null
    )
    {
        var result = await Get<ITicketDesk>()
            .OpenAsync(
                new InboundMessage
                {
                    ShopId = shop,
                    Channel = "phone",
                    From = from ?? Given.Email,
                    Name = name,
                    Text = text,
                    SentAt = _application.Time.GetUtcNow(),
                    OrderId = order,
                    EventId = Guid.CreateVersion7().ToString(),
                },
                "olga"
            );
        return result.Ticket!.Key.Number;
    }

    public async Task<Customer> CustomerAsync(ContactPoint? point = null, string shop = "main") =>
        (await Get<ICustomerDesk>().OfContactAsync(shop, point ?? Given.Email))!.Customer;

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, byte[] Bytes, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public string? Tag => Headers.ETag?.ToString();

    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Bytes);
            return document.RootElement.Clone();
        }
    }

    public string? this[string member] => Json.GetProperty(member).ToString();

    /// <summary>What is said to be wrong with a field.</summary>
    public string Error(string field)
    {
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (Status, ContentHeaders.ContentType?.MediaType));
        var errors = Json.GetProperty("errors");
        Assert.True(errors.TryGetProperty(field, out var faults), Text);
        return string.Join(' ', faults.EnumerateArray().Select(fault => fault.GetString()));
    }

    /// <summary>The status, with the whole answer when it is another.</summary>
    public Answer Is(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{Status}, not {status}: {Text}");
        if ((int)status >= 400 && status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            Assert.Equal("application/problem+json", ContentHeaders.ContentType?.MediaType);
        }

        return this;
    }

    /// <summary>Every text in the answer, as a reader of the JSON sees it.</summary>
    public IEnumerable<string> Texts() => Texts(Json);

    private static IEnumerable<string> Texts(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value).Prepend(member.Name)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
            JsonValueKind.String => [element.GetString()!],
            _ => [],
        };
}
