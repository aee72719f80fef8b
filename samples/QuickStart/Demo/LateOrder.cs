using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace QuickStart.Demo;

/// <summary>Buys a teapot in the shop's own checkout, then moves the clock until the order is late.</summary>
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
