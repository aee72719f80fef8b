using Support.Sdk.Storefronts;

namespace Support.Sdk.Tests.Shopify;

/// <summary>What a database keeps, shared by the processes of a test.</summary>
internal sealed class AdminStates : IStateStore
{
    private readonly Dictionary<(string Shop, string Name), StateEntry> _entries = [];

    /// <summary>Called before each save, which it may end as a crash would.</summary>
    public Action<StateEntry>? BeforeSave { get; set; }

    public int Saves { get; private set; }

    public StateEntry? this[string name] => _entries.GetValueOrDefault(("main", name));

    public Task<StateEntry?> FindAsync(string shop, string name, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_entries)
        {
            return Task.FromResult(_entries.GetValueOrDefault((shop, name)));
        }
    }

    public Task<bool> SaveAsync(StateEntry entry, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeSave?.Invoke(entry);
        return Task.FromResult(Save(entry));
    }

    public bool Save(StateEntry entry)
    {
        lock (_entries)
        {
            if (entry.Version != (_entries.GetValueOrDefault((entry.Shop, entry.Name))?.Version ?? 0))
            {
                return false;
            }

            Saves++;
            _entries[(entry.Shop, entry.Name)] = entry with { Version = entry.Version + 1 };
            return true;
        }
    }
}
