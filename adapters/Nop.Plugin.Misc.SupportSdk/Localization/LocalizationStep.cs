using System.Text.Json;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Localization;

namespace Nop.Plugin.Misc.SupportSdk.Localization;

/// <summary>Puts the plugin's words into the shop: Swedish where a language is Swedish, English for every other. What a person changed there stays.</summary>
internal sealed class LocalizationStep(ILocalizationService localization, ILanguageService languages) : IInstallStep
{
    public async Task InstallAsync()
    {
        var (english, swedish) = (Read("en"), Read("sv"));
        foreach (var language in await languages.GetAllLanguagesAsync(showHidden: true))
        {
            var isSwedish = ShopValues.IsSwedish(language.LanguageCulture);
            var known = await localization.GetAllResourceValuesAsync(language.Id, loadPublicLocales: null) ?? [];
            var missing = (isSwedish ? swedish : english).Where(word => !known.ContainsKey(word.Key.ToLowerInvariant())).ToDictionary(StringComparer.Ordinal);
            if (missing.Count > 0)
            {
                await localization.AddOrUpdateLocaleResourceAsync(missing, language.Id);
            }
        }
    }

    public Task UninstallAsync() => localization.DeleteLocaleResourcesAsync(SupportDefaults.ResourcePrefix);

    /// <summary>The words of a language, by their full names.</summary>
    /// <param name="language">Two letters: <c>en</c> or <c>sv</c>.</param>
    internal static Dictionary<string, string> Read(string language)
    {
        var assembly = typeof(LocalizationStep).Assembly;
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith($".{language}.json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
            {
                words.Add($"{SupportDefaults.ResourcePrefix}.{key}", value);
            }
        }

        return words;
    }
}
