using Nop.Plugin.Misc.SupportSdk.Engine;
using Support.Sdk.Shops;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>The store that a page of the desk is about, and the engine that serves it.</summary>
internal sealed record DeskStore
{
    public required SupportEngine Engine { get; init; }

    public required Shop Shop { get; init; }

    public required DeskTimes Times { get; init; }

    /// <summary>The store and the others that can be chosen.</summary>
    public required StoreChoice Choice { get; init; }

    public int Id => Choice.Id;

    public T Get<T>()
        where T : notnull => Engine.Get<T>();
}

/// <summary>The stores that the desk knows, and the one that is shown.</summary>
/// <param name="Id">The one that is shown.</param>
/// <param name="Stores">All of them.</param>
/// <param name="Zone">The zone that its times are written in.</param>
public sealed record StoreChoice(int Id, IReadOnlyList<NamedStore> Stores, string Zone);

/// <summary>A store as people know it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
public sealed record NamedStore(int Id, string Name);
