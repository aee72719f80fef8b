using Microsoft.Extensions.Diagnostics.HealthChecks;
using Support.Sdk.AspNetCore;
using Support.Sdk.AspNetCore.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks.</summary>
public static class SupportHealthExtensions
{
    /// <summary>Adds the checks <c>support-store</c>, <c>support-due</c> and <c>support-channels</c>, each tagged <c>support</c>.</summary>
    /// <param name="builder">What <c>AddHealthChecks()</c> returned.</param>
    /// <param name="configure">Changes when work counts as overdue.</param>
    /// <remarks>
    /// The store fails when it cannot be read. Due work is degraded, then fails, as it ages, and is degraded while events are parked.
    /// Channels are degraded when at least three messages of the last hour are in trouble and none went through; nothing is sent
    /// to find out. No check tells personal data. Use them for readiness, not for liveness: a restart does not help a provider.
    /// </remarks>
    public static IHealthChecksBuilder AddSupportHealthChecks(this IHealthChecksBuilder builder, Action<SupportHealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string[] tags = ["support"];
        builder.Services.AddOptions<SupportHealthOptions>().Configure(options => configure?.Invoke(options));
        return builder
            .AddCheck<StoreHealthCheck>("support-store", HealthStatus.Unhealthy, tags)
            .AddCheck<DueHealthCheck>("support-due", HealthStatus.Unhealthy, tags)
            .AddCheck<ChannelHealthCheck>("support-channels", HealthStatus.Degraded, tags);
    }
}
