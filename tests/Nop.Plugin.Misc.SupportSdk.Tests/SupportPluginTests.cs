using Nop.Core;
using Nop.Core.Domain.Cms;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Plugin.Misc.SupportSdk.Tasks;
using Nop.Plugin.Misc.SupportSdk.Widgets;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.ScheduleTasks;
using NSubstitute;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests;

public sealed class SupportPluginTests
{
    private readonly ISettingService _settings = Substitute.For<ISettingService>();
    private readonly IScheduleTaskService _tasks = Substitute.For<IScheduleTaskService>();
    private readonly WidgetSettings _widgets = new() { ActiveWidgetSystemNames = ["Widgets.Other"] };
    private readonly List<string> _done = [];

    [Fact]
    public async Task Installed_it_has_settings_a_task_every_minute_and_its_widgets_shown()
    {
        await Plugin().InstallAsync();

        await _settings.Received().SaveSettingAsync(Arg.Is<SupportSettings>(settings => settings!.Mode == SupportMode.DryRun), 0);
        await _tasks.Received().InsertTaskAsync(Arg.Is<ScheduleTask>(task => task!.Type == SupportTask.TypeName && task.Seconds == 60 && task.Enabled));
        Assert.Equal(["Widgets.Other", "Misc.SupportSdk"], _widgets.ActiveWidgetSystemNames);
        Assert.Equal(["in 1", "in 2"], _done);
    }

    [Fact]
    public async Task Installed_twice_it_has_one_task_and_stands_on_the_list_once()
    {
        _tasks.GetTaskByTypeAsync(SupportTask.TypeName).Returns(new ScheduleTask());

        await Plugin().InstallAsync();
        await Plugin().InstallAsync();

        await _tasks.DidNotReceiveWithAnyArgs().InsertTaskAsync(null!);
        Assert.Equal(["Widgets.Other", "Misc.SupportSdk"], _widgets.ActiveWidgetSystemNames);
    }

    [Fact]
    public async Task Uninstalled_it_leaves_nothing_and_what_came_last_goes_first()
    {
        var task = new ScheduleTask();
        _tasks.GetTaskByTypeAsync(SupportTask.TypeName).Returns(task);
        _widgets.ActiveWidgetSystemNames.Add("misc.supportsdk");

        await Plugin().UninstallAsync();

        await _settings.Received().DeleteSettingAsync<SupportSettings>();
        await _tasks.Received().DeleteTaskAsync(task);
        Assert.Equal(["Widgets.Other"], _widgets.ActiveWidgetSystemNames);
        Assert.Equal(["out 2", "out 1"], _done);
    }

    [Fact]
    public async Task A_new_version_adds_what_it_brings_and_keeps_the_settings()
    {
        await Plugin().UpdateAsync("0.1.0", "0.2.0");

        Assert.Equal(["in 1", "in 2"], _done);
        await _settings.DidNotReceiveWithAnyArgs().SaveSettingAsync(new SupportSettings());
    }

    [Fact]
    public async Task Words_that_a_person_changed_stay_and_missing_ones_come_in_each_language()
    {
        var localization = Substitute.For<ILocalizationService>();
        var languages = Substitute.For<ILanguageService>();
        languages
            .GetAllLanguagesAsync(showHidden: true)
            .Returns([new Language { Id = 1, LanguageCulture = "en-US" }, new Language { Id = 2, LanguageCulture = "sv-SE" }]);
        var changed = LocalizationStep.Read("en").Keys.First();
        localization
            .GetAllResourceValuesAsync(1, null)
            .Returns(new Dictionary<string, KeyValuePair<int, string>>(StringComparer.Ordinal) { [changed.ToLowerInvariant()] = new(5, "Mine") });
        var added = new Dictionary<int, IDictionary<string, string>>();
        localization
            .WhenForAnyArgs(known => known.AddOrUpdateLocaleResourceAsync(null!, null))
            .Do(call => added[call.Arg<int?>()!.Value] = call.Arg<IDictionary<string, string>>());

        await new LocalizationStep(localization, languages).InstallAsync();

        Assert.DoesNotContain(changed, added[1].Keys);
        Assert.Equal(LocalizationStep.Read("en").Count - 1, added[1].Count);
        Assert.Equal(LocalizationStep.Read("sv"), added[2]);
    }

    [Fact]
    public void Each_zone_has_its_component()
    {
        Assert.Equal(typeof(string), Plugin().GetWidgetViewComponent("here"));
        Assert.Null(Plugin().GetWidgetViewComponent("elsewhere"));
    }

    private SupportPlugin Plugin()
    {
        _settings.LoadSettingAsync<WidgetSettings>().Returns(_widgets);
        return new SupportPlugin(
            _settings,
            _tasks,
            Substitute.For<IWebHelper>(),
            [new Step(1, _done), new Step(2, _done)],
            [new Widget("here", typeof(string))]
        );
    }

    private sealed class Step(int number, List<string> done) : IInstallStep
    {
        public Task InstallAsync()
        {
            done.Add($"in {number}");
            return Task.CompletedTask;
        }

        public Task UninstallAsync()
        {
            done.Add($"out {number}");
            return Task.CompletedTask;
        }
    }
}
