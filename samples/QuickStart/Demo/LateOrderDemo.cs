using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

[assembly: HostingStartup(typeof(QuickStart.Demo.LateOrderDemo))]

namespace QuickStart.Demo;

/// <summary>
/// <c>dotnet run --project samples/QuickStart -- --demo late-order</c>: buys a teapot in the shop's own checkout, then moves
/// the clock until the order is late. A hosting startup, so that Program.cs stays the shop that it is.
/// </summary>
internal sealed class LateOrderDemo : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) =>
        builder.ConfigureServices(
            (context, services) =>
            {
                switch (context.Configuration["demo"])
                {
                    case null:
                        return;
                    case "late-order":
                        services.AddSingleton<TimeProvider, DemoClock>();
                        services.AddHostedService<LateOrder>();
                        return;
                    case var other:
                        throw new InvalidOperationException($"There is no demo '{other}'. Use --demo late-order.");
                }
            }
        );
}

/// <summary>The system's clock, moved forward.</summary>
internal sealed class DemoClock : TimeProvider
{
    private long _forward;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _forward));

    public void Move(TimeSpan by) => Interlocked.Add(ref _forward, by.Ticks);
}

internal sealed partial class LateOrder(IServer server, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LateOrder> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        var address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

        var now = time.GetUtcNow();
        var order = new Checkout($"T-{now:yyyyMMdd-HHmmss}", "Ada", "ada@example.com", "Teapot, blue", DateOnly.FromDateTime(now.UtcDateTime).AddDays(5));
        using var customer = new HttpClient { BaseAddress = new Uri(address) };
        using var bought = await customer.PostAsJsonAsync("/checkout", order, stoppingToken);
        bought.EnsureSuccessStatusCode();
        LogBought(order.OrderId, order.PromisedBy);

        // Each stop of the clock is long enough for the loops, which look every five seconds.
        foreach (var days in (int[])[4, 5])
        {
            await Task.Delay(TimeSpan.FromSeconds(6), System, stoppingToken);
            ((DemoClock)time).Move(TimeSpan.FromDays(days));
            LogMoved(time.GetUtcNow());
        }

        await Task.Delay(TimeSpan.FromSeconds(6), System, stoppingToken);
        LogLook(address);
    }

    private static TimeProvider System => TimeProvider.System;

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo: order {Order} was placed and promised for {PromisedBy}.")]
    private partial void LogBought(string order, DateOnly promisedBy);

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo: the clock now says {Now:u}, and the order has not arrived.")]
    private partial void LogMoved(DateTimeOffset now);

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo: read what the customer was told at {Address}/support/inbox - Ctrl+C ends the shop.")]
    private partial void LogLook(string address);
}
