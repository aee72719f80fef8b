using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Support.Sdk.Deliveries;
using Support.Sdk.Testing;
using Support.Sdk.Tests.Relational;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class ApiStartTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("support-api-").FullName;
    private readonly RecordingLoggerProvider _log = new();
    private WebApplication? _application;

    private async Task<HttpClient> StartAsync(
        string environment,
        Action<WebApplication> map,
        Action<IServiceCollection>? with = null,
        Action<ISupportBuilder>? add = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IChannel>(new RecordingChannel());
        var support = builder.Services.AddSupport().AddSqlite(options => options.Path = Path.Combine(_folder, "support.db")).AddShop(Given.Shop);
        (add ?? (one => one.AddSupportApi()))(support);
        with?.Invoke(builder.Services);
        _application = builder.Build();
        map(_application);
        await _application.StartAsync();
        return new HttpClient { BaseAddress = new Uri(_application.Urls.Single()) };
    }

    private async Task<string> FailsAsync(
        Action<WebApplication> map,
        Action<IServiceCollection>? with = null,
        Action<ISupportBuilder>? add = null,
        string environment = "Production"
    ) => (await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(environment, map, with, add))).Message;

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string path = "/support/api/tickets?shop=main")
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    [Fact]
    public async Task Outside_Development_it_does_not_start_without_authentication() =>
        Assert.Contains("AddAuthentication()", await FailsAsync(web => web.MapSupport()), StringComparison.Ordinal);

    [Fact]
    public async Task Outside_Development_it_does_not_start_with_authentication_that_has_no_scheme() =>
        Assert.Contains("AddAuthentication()", await FailsAsync(web => web.MapSupport(), services => services.AddAuthentication()), StringComparison.Ordinal);

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Outside_Development_it_does_not_start_when_the_group_is_opened_to_everybody(string environment)
    {
        var message = await FailsAsync(web => web.MapSupport().AllowAnonymous(), HeaderLogin.Add, environment: environment);

        Assert.Contains("listTickets", message, StringComparison.Ordinal);
        Assert.Contains("AllowAnonymous()", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_Development_it_does_not_start_when_a_group_around_it_is_opened_to_everybody()
    {
        var message = await FailsAsync(
            web =>
            {
                var outer = web.MapGroup("/outer");
                outer.AllowAnonymous();
                outer.MapSupport();
            },
            HeaderLogin.Add
        );

        Assert.Contains("AllowAnonymous()", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_Development_it_does_not_start_when_what_protects_an_endpoint_is_taken_away()
    {
        var message = await FailsAsync(
            web =>
                ((IEndpointConventionBuilder)web.MapSupport()).Finally(endpoint =>
                    endpoint.Metadata.Clear(keep => keep is not Microsoft.AspNetCore.Authorization.IAuthorizeData)
                ),
            HeaderLogin.Add
        );

        Assert.Contains("open to everybody", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_must_be_called_before_is_named()
    {
        Assert.Contains("AddSupportApi()", await FailsAsync(web => web.MapSupport(), add: _ => { }), StringComparison.Ordinal);
        var builder = WebApplication.CreateSlimBuilder();
        await using var bare = builder.Build();
        Assert.Contains("AddSupport()", Assert.Throws<InvalidOperationException>(() => bare.MapSupport()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_starts_unprotected_when_told_so_and_warns()
    {
        using var client = await StartAsync("Production", web => web.MapSupport(configure: options => options.AllowEverybody = true));

        Assert.Equal(HttpStatusCode.OK, await GetAsync(client));
        Assert.Contains(_log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("AllowEverybody", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_Development_without_authentication_everybody_is_the_developer_and_one_warning_is_logged(bool asksForMore)
    {
        using var client = await StartAsync(
            "Development",
            web =>
            {
                var group = web.MapSupport();
                if (asksForMore)
                {
                    group.RequireAuthorization();
                }
            }
        );

        using var content = new StringContent("""{"text":"Hello"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/support/api/tickets?shop=main", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Contains("\"assignee\":\"developer\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/support/api/openapi.json"));
        Assert.Single(_log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("MapSupport()", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_Development_with_authentication_it_is_protected_except_for_its_document()
    {
        using var client = await StartAsync("Development", web => web.MapSupport(), HeaderLogin.Add);

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(client));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/support/api/openapi.json"));
    }

    [Fact]
    public async Task What_the_application_asks_for_on_the_group_comes_on_top()
    {
        using var client = await StartAsync(
            "Production",
            web => web.MapSupport("/api").RequireAuthorization("vip"),
            services =>
            {
                HeaderLogin.Add(services);
                services.AddAuthorizationBuilder().AddPolicy("vip", policy => policy.RequireRole("vip"));
            }
        );
        client.DefaultRequestHeaders.Add(HeaderLogin.User, "olga");
        client.DefaultRequestHeaders.Add(HeaderLogin.Role, "support-agent");

        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(client, "/api/tickets?shop=main"));
        client.DefaultRequestHeaders.Add(HeaderLogin.Role, "vip");
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/api/tickets?shop=main"));
    }

    [Fact]
    public async Task Who_somebody_is_can_be_told_in_another_way()
    {
        using var client = await StartAsync(
            "Production",
            web => web.MapSupport(configure: options => options.UserId = user => "staff/" + user.Identity?.AuthenticationType),
            HeaderLogin.Add
        );
        client.DefaultRequestHeaders.Add(HeaderLogin.User, "olga");
        client.DefaultRequestHeaders.Add(HeaderLogin.Role, "support-agent");
        using var content = new StringContent("""{"text":"Hello"}""", System.Text.Encoding.UTF8, "application/json");

        using var response = await client.PostAsync(new Uri("/support/api/tickets?shop=main", UriKind.Relative), content);

        Assert.Contains("\"assignee\":\"staff/test\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registering_twice_changes_nothing()
    {
        using var client = await StartAsync("Development", web => web.MapSupport(), add: support => support.AddSupportApi().AddSupportApi());

        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/support/api/openapi.json"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

internal static class MetadataList
{
    public static void Clear(this IList<object> metadata, Func<object, bool> keep)
    {
        foreach (var one in metadata.Where(one => !keep(one)).ToList())
        {
            metadata.Remove(one);
        }
    }
}

internal sealed class RecordingLoggerProvider : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = [];

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose() { }
}
