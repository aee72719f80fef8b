using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk;
using Support.Sdk.Relational;
using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Engine;

/// <summary>Builds the engine of a setup.</summary>
/// <param name="parts">What the plugin hangs on the engine: its order source, its channel.</param>
/// <param name="journal">Where its warnings go.</param>
/// <param name="time">The clock.</param>
internal sealed class EngineFactory(IEnumerable<IEnginePart> parts, EngineJournal journal, TimeProvider time)
{
    /// <summary>Makes the database that the engine works on.</summary>
    public Func<Database> OpenDatabase { get; init; } = () => HostDatabase.Open(DataSettingsManager.LoadSettings());

    /// <exception cref="InvalidOperationException">The setup is wrong; the message says what to change.</exception>
    public async Task<SupportEngine> BuildAsync(SupportSetup setup, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddLogging(logging => logging.AddProvider(journal));
        var support = services.AddSupport(options => options.PublicAddress = setup.PublicAddress);
        foreach (var shop in setup.Shops)
        {
            support.AddShop(shop);
        }

        foreach (var template in setup.Templates)
        {
            support.AddTemplate(template);
        }

        services.Configure<ContentOptions>(limits => (limits.MaxFiles, limits.MaxBytes) = (PostedFiles.Most, PostedFiles.MostBytes));
        services.AddSingleton(_ => OpenDatabase());
        RelationalStores.Add(services);
        foreach (var part in parts)
        {
            part.AddTo(support, setup);
        }

        var provider = services.BuildServiceProvider();
        try
        {
            // Checks the setup and brings the tables up to date.
            await provider.GetRequiredService<ISupportRunner>().NextDueAsync(cancellationToken);
            return new SupportEngine(provider, setup.Shops, setup.Print);
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }
}

/// <summary>Something of the shop that the engine works with.</summary>
internal interface IEnginePart
{
    /// <summary>Registers it.</summary>
    void AddTo(ISupportBuilder support, SupportSetup setup);
}
