using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Sdk.Storefronts;

namespace Support.Sdk.Orders;

/// <summary>A shop that this process lists, as long as nobody else takes it over.</summary>
internal sealed class BackfillTurn(IStateStore states, StateEntry entry, BackfillPlace begun) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly CancellationTokenSource _lost = new();
    private StateEntry _entry = entry;

    public BackfillPlace Place { get; private set; } = begun;

    public string Shop => _entry.Shop;

    /// <summary>Whether somebody else has taken it over.</summary>
    public bool IsLost => _lost.IsCancellationRequested;

    /// <summary>Ends what is done in this turn, once somebody else has taken it over.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Remembers how far the shop was read, and until when nobody else begins.</summary>
    /// <returns>False when somebody else has taken it over.</returns>
    public Task<bool> MoveAsync(DateTimeOffset? since, DateTimeOffset nextAt, CancellationToken cancellationToken) =>
        SaveAsync(_ => new BackfillPlace { Since = since, NextAt = nextAt }, cancellationToken);

    /// <summary>Remembers until when nobody else begins.</summary>
    /// <returns>False when somebody else has taken it over.</returns>
    public Task<bool> KeepAsync(DateTimeOffset nextAt, CancellationToken cancellationToken) =>
        SaveAsync(place => place with { NextAt = nextAt }, cancellationToken);

    public void Dispose()
    {
        _gate.Dispose();
        _lost.Dispose();
    }

    private async Task<bool> SaveAsync(Func<BackfillPlace, BackfillPlace> move, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var place = move(Place);
            var next = _entry with { Value = JsonSerializer.Serialize(place, BackfillJson.Default.BackfillPlace) };
            if (IsLost || !await states.SaveAsync(next, cancellationToken))
            {
                await _lost.CancelAsync();
                return false;
            }

            (_entry, Place) = (next with { Version = next.Version + 1 }, place);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }
}

/// <summary>How far a shop was read.</summary>
internal sealed record BackfillPlace
{
    /// <summary>The latest stamp that was seen, or null before the first time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it is read again.</summary>
    public DateTimeOffset? NextAt { get; init; }
}

[JsonSerializable(typeof(BackfillPlace))]
internal sealed partial class BackfillJson : JsonSerializerContext;
