using Microsoft.Extensions.Diagnostics.HealthChecks;
using Support.Sdk.Deliveries;

namespace Support.Sdk.AspNetCore.Health;

/// <summary>What came of the last attempts, channel by channel. It sends nothing.</summary>
internal sealed class ChannelHealthCheck(IEnumerable<IChannel> channels, IDeliveryDesk desk, TimeProvider time) : IHealthCheck
{
    private const int Looked = 100;

    // Fewer say little about a provider: one address may be wrong.
    private const int Enough = 3;
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var since = time.GetUtcNow() - Recent;
        var troubled = await desk.ListAsync(
            new DeliveryQuery { States = [DeliveryState.Retry, DeliveryState.Failed, DeliveryState.InDoubt], Max = Looked },
            cancellationToken
        );
        var worked = await desk.ListAsync(new DeliveryQuery { States = [DeliveryState.Accepted, DeliveryState.Delivered], Max = Looked }, cancellationToken);
        var data = channels.ToDictionary(channel => channel.Name, channel => (object)Figures(channel.Name, troubled, worked, since), StringComparer.Ordinal);
        var down = data.Where(pair => pair.Value is ChannelFigures { Troubled: >= Enough, Worked: 0 }).Select(pair => pair.Key).ToList();
        return down.Count == 0
            ? HealthCheckResult.Healthy("No channel only fails.", data)
            : new HealthCheckResult(context.Registration.FailureStatus, $"Nothing went through in the last hour on: {string.Join(", ", down)}.", data: data);
    }

    private static ChannelFigures Figures(string channel, IReadOnlyList<MessageDelivery> troubled, IReadOnlyList<MessageDelivery> worked, DateTimeOffset since)
    {
        return new ChannelFigures(Count(troubled), Count(worked));

        int Count(IReadOnlyList<MessageDelivery> deliveries) =>
            deliveries.Count(one => one.ChangedAt >= since && string.Equals(one.Message.To.Channel, channel, StringComparison.Ordinal));
    }

    private sealed record ChannelFigures(int Troubled, int Worked);
}
