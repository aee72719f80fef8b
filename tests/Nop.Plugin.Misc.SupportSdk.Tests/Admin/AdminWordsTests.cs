using System.Text.Json;
using System.Text.RegularExpressions;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Services.Localization;
using Nop.Services.Security;
using NSubstitute;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Admin;

public sealed partial class AdminWordsTests
{
    private static readonly string Plugin = Path.Combine(Root(), "adapters", "Nop.Plugin.Misc.SupportSdk");

    [Fact]
    public void Every_area_says_the_same_in_both_languages()
    {
        foreach (var english in Directory.GetFiles(Path.Combine(Plugin, "Localization"), "*.en.json"))
        {
            var (en, sv) = (Read(english), Read(english.Replace(".en.json", ".sv.json", StringComparison.Ordinal)));

            Assert.Equal(en.Keys.Order(StringComparer.Ordinal), sv.Keys.Order(StringComparer.Ordinal));
            Assert.All(en.Keys, key => Assert.Equal(Places(en[key]), Places(sv[key])));
            Assert.All(en.Values.Concat(sv.Values), text => Assert.False(string.IsNullOrWhiteSpace(text)));
        }
    }

    [Fact]
    public void Both_languages_are_in_the_assembly()
    {
        Assert.NotEmpty(LocalizationStep.Read("en"));
        Assert.Equal(LocalizationStep.Read("en").Count, LocalizationStep.Read("sv").Count);
    }

    [Fact]
    public void Every_word_that_the_pages_use_exists()
    {
        var known = LocalizationStep.Read("en").Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, file) in Used())
        {
            var name = $"Plugins.Misc.SupportSdk.{key}";
            // What ends in a dot is followed by a name.
            Assert.True(name.EndsWith('.') ? known.Any(one => one.StartsWith(name, StringComparison.Ordinal)) : known.Contains(name), $"{file}: {key}");
        }
    }

    [Fact]
    public void Every_word_is_used_and_every_field_has_a_help_text()
    {
        var used = Used().Select(use => use.Key).ToHashSet(StringComparer.Ordinal);
        var known = Read(Path.Combine(Plugin, "Localization", "admin.en.json")).Keys;

        Assert.All(
            known.Where(key => !key.EndsWith(".Hint", StringComparison.Ordinal)),
            key => Assert.True(used.Contains(key) || used.Any(one => one.EndsWith('.') && key.StartsWith(one, StringComparison.Ordinal)), key)
        );
        Assert.All(SettingFields.All, field => Assert.Contains($"Admin.Fields.{field.Name}.Hint", known));
    }

    [Fact]
    public void The_permissions_are_those_that_the_pages_ask_for()
    {
        var configs = new SupportPermissions().AllConfigs;

        Assert.Equal(["Support.Configure", "Support.Orders", "Support.Messages", "Support.Tickets"], configs.Select(config => config.SystemName));
        Assert.All(configs, config => Assert.Equal(["Administrators"], config.DefaultCustomerRoles));
        Assert.All(configs, config => Assert.StartsWith("Support: ", config.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_permissions_come_and_go_with_the_plugin()
    {
        var permissions = Substitute.For<IPermissionService>();
        var localization = Substitute.For<ILocalizationService>();
        var languages = Substitute.For<ILanguageService>();
        languages.GetAllLanguagesAsync().ReturnsForAnyArgs([new() { Id = 1, LanguageCulture = "en-US" }, new() { Id = 2, LanguageCulture = "sv-SE" }]);
        var step = new PermissionStep(permissions, localization, languages);

        await step.InstallAsync();
        await step.UninstallAsync();

        await permissions.Received(1).InsertPermissionsAsync();
        await localization
            .Received(1)
            .AddOrUpdateLocaleResourceAsync(
                Arg.Is<IDictionary<string, string>>(words => words.ContainsKey("Security.Permission.Support.Tickets") && words.Count == 4),
                2
            );
        await permissions.ReceivedWithAnyArgs(4).DeletePermissionAsync("");
    }

    private static IEnumerable<(string Key, string File)> Used()
    {
        var views = Directory.GetFiles(Path.Combine(Plugin, "Views", "Admin"), "*.cshtml").SelectMany(file => Keys(file, ViewKey()));
        var code = Directory.GetFiles(Path.Combine(Plugin, "Admin"), "*.cs").SelectMany(file => Keys(file, CodeKey()));
        // The health panel puts the task's name into its key.
        string[] tasks = ["Task", "MailTask"];
        return views
            .Concat(code)
            .SelectMany(use =>
                use.Key.StartsWith("Admin.Health.{name}", StringComparison.Ordinal)
                    ? tasks.Select(task => (use.Key.Replace("{name}", task, StringComparison.Ordinal), use.File))
                    : [(use.Key.Split('{')[0], use.File)]
            );
    }

    private static IEnumerable<(string Key, string File)> Keys(string file, Regex pattern) =>
        pattern.Matches(File.ReadAllText(file)).Select(match => (match.Groups["key"].Value, Path.GetFileName(file)));

    private static Dictionary<string, string> Read(string file) => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!;

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Support.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"T\(""Plugins\.Misc\.SupportSdk\.(?<key>[^""]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ViewKey();

    [GeneratedRegex(@"(""|\}\.)(?<key>Admin\.[A-Za-z0-9.{}-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeKey();

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
