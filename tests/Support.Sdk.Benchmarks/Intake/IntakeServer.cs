using System.Diagnostics;
using System.Globalization;
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
    public async Task<double> MeasureAsync(int most, int seconds, string load = LoadGenerator.Signed)
    {
        var addresses = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        int[] numbers = [new Uri(addresses.Single()).Port, Connections, _next, most, seconds];
        _next += most;
        start.ArgumentList.Add(typeof(LoadGenerator).Assembly.Location);
        start.ArgumentList.Add("intake-load");
        Array.ForEach(numbers, number => start.ArgumentList.Add(number.ToString(CultureInfo.InvariantCulture)));
        start.ArgumentList.Add(load);
        using var sender = Process.Start(start)!;
        var output = await sender.StandardOutput.ReadToEndAsync();
        await sender.WaitForExitAsync();
        if (sender.ExitCode != 0)
        {
            throw new InvalidOperationException("The load generator failed.");
        }

        var answer = output.Split(' ');
        var count = int.Parse(answer[0], CultureInfo.InvariantCulture);
        Acknowledged += count;
        return count / double.Parse(answer[1], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
