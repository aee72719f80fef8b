using Nop.Core;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Plugin.Misc.SupportSdk.Tasks;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Plugins;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Misc.SupportSdk;

/// <summary>Installs and uninstalls the plugin: its settings, texts, schedule task and tables. Nothing of it is left behind.</summary>
internal sealed class SupportPlugin(ISettingService settings, IScheduleTaskService tasks, IWebHelper web, IEnumerable<IInstallStep> steps)
    : BasePlugin,
        IMiscPlugin
{
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

        await base.InstallAsync();
    }

    public override async Task UninstallAsync()
    {
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
}

/// <summary>A part of the plugin that puts something into the shop, and takes all of it out again.</summary>
internal interface IInstallStep
{
    Task InstallAsync();

    Task UninstallAsync();
}
