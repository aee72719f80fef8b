using Nop.Services.Plugins;

namespace Nop.Services.Plugins
{
    public class PluginDescriptor { }

    public interface IPlugin
    {
        string GetConfigurationPageUrl();

        PluginDescriptor PluginDescriptor { get; set; }

        Task InstallAsync();

        Task InstallSampleDataAsync();

        Task UninstallAsync();

        Task UpdateAsync(string currentVersion, string targetVersion);

        Task PreparePluginToUninstallAsync();
    }

    public abstract class BasePlugin : IPlugin
    {
        public virtual string GetConfigurationPageUrl() => null;

        public virtual PluginDescriptor PluginDescriptor { get; set; }

        public virtual Task InstallAsync() => Task.CompletedTask;

        public virtual Task InstallSampleDataAsync() => Task.CompletedTask;

        public virtual Task UninstallAsync() => Task.CompletedTask;

        public virtual Task UpdateAsync(string currentVersion, string targetVersion) => Task.CompletedTask;

        public virtual Task PreparePluginToUninstallAsync() => Task.CompletedTask;
    }
}

namespace Nop.Services.Common
{
    public interface IMiscPlugin : IPlugin { }
}

namespace Nop.Services.Cms
{
    public interface IWidgetPlugin : IPlugin
    {
        bool HideInWidgetList { get; }

        Task<IList<string>> GetWidgetZonesAsync();

        Type GetWidgetViewComponent(string widgetZone);
    }
}
