using Nop.Core;
using Nop.Core.Domain.Cms;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Plugin.Misc.SupportSdk.Tasks;
using Nop.Plugin.Misc.SupportSdk.Widgets;
using Nop.Services.Cms;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Plugins;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Misc.SupportSdk;

/// <summary>Installs and uninstalls the plugin: its settings, texts, schedule task and tables. Nothing of it is left behind.</summary>
internal sealed class SupportPlugin(
    ISettingService settings,
    IScheduleTaskService tasks,
    IWebHelper web,
    IEnumerable<IInstallStep> steps,
    IEnumerable<Widget> widgets
) : BasePlugin, IMiscPlugin, IWidgetPlugin
{
    // It is set up on its own page, and has no place of its own choosing.
    public bool HideInWidgetList => true;

    public Task<IList<string>> GetWidgetZonesAsync() =>
        Task.FromResult<IList<string>>([.. widgets.Select(widget => widget.Zone).Distinct(StringComparer.Ordinal)]);

    public Type? GetWidgetViewComponent(string widgetZone) =>
        widgets.FirstOrDefault(widget => string.Equals(widget.Zone, widgetZone, StringComparison.Ordinal))?.Component;

    public override string GetConfigurationPageUrl() => $"{web.GetStoreLocation()}Admin/Support/Configure";

    public override async Task InstallAsync()
    {
        await settings.SaveSettingAsync(new SupportSettings());
        foreach (var step in steps)
        {
            await step.InstallAsync();
        }

        if (await tasks.GetTaskByTypeAsync(SupportTask.TypeName) is null)
        {
            await tasks.InsertTaskAsync(
                new ScheduleTask
                {
                    Name = "Support: orders, messages and tickets",
                    Type = SupportTask.TypeName,
                    Seconds = 60,
                    Enabled = true,
                    LastEnabledUtc = TimeProvider.System.GetUtcNow().UtcDateTime,
                }
            );
        }

        await ShowWidgetsAsync(true);
        await base.InstallAsync();
    }

    // What a new version brings is added, and what is there stays as a person left it. The tables follow when the engine starts.
    public override async Task UpdateAsync(string currentVersion, string targetVersion)
    {
        foreach (var step in steps)
        {
            await step.InstallAsync();
        }

        await base.UpdateAsync(currentVersion, targetVersion);
    }

    public override async Task UninstallAsync()
    {
        await ShowWidgetsAsync(false);
        if (await tasks.GetTaskByTypeAsync(SupportTask.TypeName) is { } task)
        {
            await tasks.DeleteTaskAsync(task);
        }

        foreach (var step in steps.Reverse())
        {
            await step.UninstallAsync();
        }

        await settings.DeleteSettingAsync<SupportSettings>();
        await base.UninstallAsync();
    }

    // The shop renders the widgets of no plugin that is not on this list.
    private async Task ShowWidgetsAsync(bool isShown)
    {
        var shown = await settings.LoadSettingAsync<WidgetSettings>();
        var removed = shown.ActiveWidgetSystemNames.RemoveAll(name => string.Equals(name, SupportDefaults.SystemName, StringComparison.OrdinalIgnoreCase));
        if (isShown)
        {
            shown.ActiveWidgetSystemNames.Add(SupportDefaults.SystemName);
        }

        if (isShown || removed > 0)
        {
            await settings.SaveSettingAsync(shown);
        }
    }
}

/// <summary>A part of the plugin that puts something into the shop, and takes all of it out again.</summary>
internal interface IInstallStep
{
    Task InstallAsync();

    Task UninstallAsync();
}
