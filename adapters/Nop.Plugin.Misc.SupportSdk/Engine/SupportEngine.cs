using Microsoft.Extensions.DependencyInjection;
using Support.Sdk;
using Support.Sdk.Shops;

namespace Nop.Plugin.Misc.SupportSdk.Engine;

/// <summary>The engine as it was built from one setup. It has a container of its own: nothing of it can clash with the shop's or another plugin's.</summary>
internal sealed class SupportEngine(ServiceProvider services, IReadOnlyList<Shop> shops, string print) : IAsyncDisposable
{
    public IServiceProvider Services => services;

    /// <summary>The stores that it serves.</summary>
    public IReadOnlyList<Shop> Shops => shops;

    /// <summary>Tells one setup from another.</summary>
    public string Print => print;

    public ISupportIntake Intake => Get<ISupportIntake>();

    public ISupportRunner Runner => Get<ISupportRunner>();

    public bool Serves(string shop) => shops.Any(known => string.Equals(known.Id, shop, StringComparison.Ordinal));

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
