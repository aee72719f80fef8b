using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Support.Sdk.Benchmarks.Intake;

/// <summary>Kestrel on loopback with one side behind it, and how many requests a second it answers.</summary>
internal sealed class IntakeServer : IAsyncDisposable
{
    public const int Connections = 64;
    private readonly WebApplication _application;
    private int _next;

    private IntakeServer(WebApplication application) => _application = application;

    public static async Task<IntakeServer> StartAsync(Action<IServiceCollection> configure, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        configure(builder.Services);
        var application = builder.Build();
        map(application);
        await application.StartAsync();
        return new IntakeServer(application);
    }

    /// <summary>How many events were acknowledged so far.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Acknowledged requests a second, from a process of its own, until the time is over or all were sent.</summary>
    public async Task<double> MeasureAsync(LoadGenerator generator, int most, int seconds, string load = LoadGenerator.Signed)
    {
        var addresses = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var (count, elapsed) = await generator.PostAsync(new Uri(addresses.Single()).Port, Connections, _next, most, seconds, load);
        _next += most;
        Acknowledged += count;
        return count / elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
