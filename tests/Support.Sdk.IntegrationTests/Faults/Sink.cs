using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Support.Sdk.IntegrationTests.Faults;

/// <summary>A provider that outlives the workers: it takes the same message twice without harm, and remembers every attempt.</summary>
internal sealed class Sink : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<SinkAttempt>> _messages = new(StringComparer.Ordinal);
    private readonly WebApplication _application;
    private int _attempts;

    private Sink(WebApplication application) => _application = application;

    public string Address { get; private set; } = "";

    /// <summary>How long it takes to answer.</summary>
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(5);

    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>The attempts of each message, by its id.</summary>
    public IReadOnlyDictionary<string, ConcurrentQueue<SinkAttempt>> Messages => _messages;

    /// <summary>The orders that were told, with the messages that told them.</summary>
    public Dictionary<string, List<string>> Orders() =>
        _messages
            .Select(message => (Order: message.Value.First().Order, Id: message.Key))
            .GroupBy(message => message.Order, message => message.Id, StringComparer.Ordinal)
            .ToDictionary(order => order.Key, order => order.ToList(), StringComparer.Ordinal);

    public static async Task<Sink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new Sink(builder.Build());
        sink._application.MapPost("/messages", (SinkMessage message) => sink.TakeAsync(message));
        await sink._application.StartAsync();
        sink.Address = sink._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return sink;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task<IResult> TakeAsync(SinkMessage message)
    {
        Interlocked.Increment(ref _attempts);
        _messages
            .GetOrAdd(message.Id, _ => new ConcurrentQueue<SinkAttempt>())
            .Enqueue(new SinkAttempt(message.Order, message.Worker, Stopwatch.GetTimestamp()));
        await Task.Delay(Pace, TimeProvider.System);
        return Results.Ok();
    }

    private sealed record SinkMessage(string Id, string Order, string Worker);
}

/// <param name="Order">The order that the message is about.</param>
/// <param name="Worker">Who sent it.</param>
/// <param name="At">When, in ticks of the stopwatch.</param>
internal sealed record SinkAttempt(string Order, string Worker, long At);
