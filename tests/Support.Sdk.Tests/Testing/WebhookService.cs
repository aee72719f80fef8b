using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Support.Sdk.Tests.Testing;

/// <summary>A real service on a loopback port: keeps each Idempotency-Key once, and refuses addresses that it cannot reach.</summary>
public sealed class WebhookService : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Posted> _received = new(StringComparer.Ordinal);
    private readonly WebApplication _app = Build();

    public IReadOnlyList<string> ReceivedIds => [.. _received.Keys];

    /// <summary>What the service answers instead of doing its work, or null.</summary>
    public IResult? Trouble { get; set; }

    public HttpClient Client { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _app.MapPost("/messages", Receive);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private IResult Receive(HttpRequest request, Posted posted)
    {
        if (Trouble is not null)
        {
            return Trouble;
        }

        if (posted.To.Any(char.IsControl))
        {
            return Results.BadRequest();
        }

        _received.TryAdd(request.Headers["Idempotency-Key"].ToString(), posted);
        return Results.Accepted();
    }

    private sealed record Posted(string To, string Subject, string Text);
}
