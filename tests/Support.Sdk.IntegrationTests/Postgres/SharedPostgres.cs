using Support.Sdk.IntegrationTests.Postgres;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Support.Sdk.IntegrationTests.Postgres;

/// <summary>One server for all tests, started by the first that asks.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lock _starting = new();
    private Task<PostgresServer>? _server;

    /// <summary>The server; the running test is skipped when there is none.</summary>
    public Task<PostgresServer> ServerAsync()
    {
        if (PostgresServer.Missing is { } missing)
        {
            Requirement.IsMissing(missing);
        }

        lock (_starting)
        {
            return _server ??= PostgresServer.OpenAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } started)
        {
            await (await started).DisposeAsync();
        }
    }
}
