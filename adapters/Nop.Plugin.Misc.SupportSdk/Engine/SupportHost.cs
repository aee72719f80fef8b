using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Plugin.Misc.SupportSdk.Setup;

namespace Nop.Plugin.Misc.SupportSdk.Engine;

/// <summary>Keeps the engine, builds it anew when the shop's settings have changed, and stands between its faults and the shop.</summary>
internal sealed class SupportHost(IServiceScopeFactory scopes, EngineFactory factory, EngineJournal journal, TimeProvider time) : IAsyncDisposable
{
    // Whoever holds an engine that was replaced is done with it by then.
    private static readonly TimeSpan Retirement = TimeSpan.FromMinutes(5);

    // A database that is away must not be asked by every request.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _building = new(1);
    private readonly List<(SupportEngine Engine, DateTimeOffset Until)> _retired = [];
    private volatile SupportEngine? _engine;
    private DateTimeOffset _failedUntil;

    /// <summary>What keeps the plugin, or one of its stores, from working, in words for the admin; empty when all is well.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>The engine, built when it is asked for the first time; null while it cannot be built.</summary>
    public async ValueTask<SupportEngine?> FindAsync(CancellationToken cancellationToken = default) =>
        _engine ?? await RefreshAsync(force: false, cancellationToken);

    /// <summary>Reads the setup again, and builds the engine anew when it has changed.</summary>
    /// <param name="force">True to try at once, though the last time failed just now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<SupportEngine?> RefreshAsync(bool force, CancellationToken cancellationToken = default)
    {
        await _building.WaitAsync(cancellationToken);
        try
        {
            if (!force && _engine is null && time.GetUtcNow() < _failedUntil)
            {
                return null;
            }

            await using var scope = scopes.CreateAsyncScope();
            var setup = await scope.ServiceProvider.GetRequiredService<SetupReader>().ReadAsync();
            if (_engine is null || !string.Equals(_engine.Print, setup.Print, StringComparison.Ordinal))
            {
                await ReplaceAsync(setup, cancellationToken);
            }

            Faults = setup.Faults;
            if (_engine is null)
            {
                // No store can be served; the next request has no better setup to read.
                _failedUntil = time.GetUtcNow() + Patience;
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Fail(exception);
        }
        finally
        {
            _building.Release();
        }

        return _engine;
    }

    /// <summary>Lets go of the engine: its tables are about to be dropped. Asked again, it is built again.</summary>
    public async ValueTask CloseAsync()
    {
        if (Interlocked.Exchange(ref _engine, null) is { } engine)
        {
            await engine.DisposeAsync();
        }

        foreach (var (retired, _) in _retired)
        {
            await retired.DisposeAsync();
        }

        _retired.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _building.Dispose();
    }

    private async Task ReplaceAsync(SupportSetup setup, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var built = setup.Shops.Count == 0 ? null : await factory.BuildAsync(setup, cancellationToken);
        if (Interlocked.Exchange(ref _engine, built) is { } former)
        {
            _retired.Add((former, now + Retirement));
        }

        foreach (var done in _retired.Where(retired => retired.Until <= now).ToList())
        {
            _retired.Remove(done);
            await done.Engine.DisposeAsync();
        }
    }

    // What runs goes on with the settings it had: a store is better served by yesterday's than by none.
    private void Fail(Exception exception)
    {
        _failedUntil = time.GetUtcNow() + Patience;
        var reason = LibraryFault.Explain(exception) ?? exception.Message;
        Faults = [reason];
        journal.Add(LogLevel.Error, $"Support is {(_engine is null ? "off" : "working with its former settings")}: {reason}", exception);
    }
}
