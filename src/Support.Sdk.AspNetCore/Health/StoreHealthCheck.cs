using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Support.Sdk.AspNetCore.Health;

/// <summary>Reads from the store as the loops do.</summary>
internal sealed class StoreHealthCheck(ISupportRunner runner) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await runner.NextDueAsync(cancellationToken);
            return HealthCheckResult.Healthy("The store answers.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The store does not answer.", exception);
        }
    }
}
