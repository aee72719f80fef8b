using Nop.Data;

namespace Nop.Plugin.Misc.SupportSdk.Engine;

/// <summary>Drops the engine's tables with the plugin. They are made and upgraded whenever the engine starts.</summary>
internal sealed class TablesStep(SupportHost host) : IInstallStep
{
    public Task InstallAsync() => Task.CompletedTask;

    public async Task UninstallAsync()
    {
        await host.CloseAsync();
        await using var database = HostDatabase.Open(DataSettingsManager.LoadSettings());
        await database.DropAsync(CancellationToken.None);
    }
}
