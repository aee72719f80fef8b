using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Support.Sdk.Intake;

namespace Support.Sdk.AspNetCore.Health;

/// <summary>For how long the oldest work has been due, and what is put aside for a person.</summary>
internal sealed class DueHealthCheck(ISupportRunner runner, IInboxDesk inbox, TimeProvider time, IOptions<SupportHealthOptions> options) : IHealthCheck
{
    // Only whether there are many matters.
    private const int MaxParked = 100;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var next = await runner.NextDueAsync(cancellationToken);
        var age = next is { } due && due < time.GetUtcNow() ? time.GetUtcNow() - due : TimeSpan.Zero;
        var parked = (await inbox.ParkedAsync(max: MaxParked, cancellationToken: cancellationToken)).Count;
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["oldest_due_seconds"] = (long)age.TotalSeconds, ["parked_events"] = parked };
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"The oldest work has been due for {(long)age.TotalSeconds} s; {parked}{(parked == MaxParked ? " or more" : "")} events wait for a person."
        );
        return age > options.Value.UnhealthyAfter ? new HealthCheckResult(context.Registration.FailureStatus, text, data: data)
            : age > options.Value.DegradedAfter || parked > 0 ? HealthCheckResult.Degraded(text, data: data)
            : HealthCheckResult.Healthy(text, data);
    }
}
