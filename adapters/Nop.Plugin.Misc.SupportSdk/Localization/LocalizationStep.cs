using System.Text.Json;
using Nop.Core.Domain.Localization;
using Nop.Services.Localization;

namespace Nop.Plugin.Misc.SupportSdk.Localization;

/// <summary>Puts the plugin's words into the shop: Swedish where a language is Swedish, English for every other. What a person changed there stays.</summary>
internal sealed class LocalizationStep(ILocalizationService localization, ILanguageService languages) : IInstallStep, ILanguageStep
{
    public async Task InstallAsync()
    {
        foreach (var language in await languages.GetAllLanguagesAsync(showHidden: true))
        {
            await AddAsync(language);
        }
    }

    public Task AddAsync(Language language) => ShopWords.AddAsync(localization, language, Read);

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

/// <summary>A part of the plugin that puts texts into each language of the shop.</summary>
internal interface ILanguageStep
{
    /// <summary>Adds what a language lacks. What a person wrote there stays.</summary>
    Task AddAsync(Language language);
}
