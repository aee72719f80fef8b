using Nop.Core.Domain.Localization;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Localization;

namespace Nop.Plugin.Misc.SupportSdk.Localization;

/// <summary>Adds words to a language of the shop.</summary>
internal static class ShopWords
{
    /// <summary>Adds the words that a language lacks, and those that it has in the other language because its culture was another one before.</summary>
    /// <param name="localization">The shop's words.</param>
    /// <param name="language">The language.</param>
    /// <param name="read">Reads our words in a language of two letters: <c>en</c> or <c>sv</c>.</param>
    public static async Task AddAsync(ILocalizationService localization, Language language, Func<string, Dictionary<string, string>> read)
    {
        var isSwedish = ShopValues.IsSwedish(language.LanguageCulture);
        var (own, other) = (read(isSwedish ? "sv" : "en"), read(isSwedish ? "en" : "sv"));
        var known = await localization.GetAllResourceValuesAsync(language.Id, loadPublicLocales: null) ?? [];
        var missing = own.Where(word =>
                !known.TryGetValue(word.Key.ToLowerInvariant(), out var said)
                || (
                    !string.Equals(said.Value, word.Value, StringComparison.Ordinal)
                    && string.Equals(said.Value, other.GetValueOrDefault(word.Key), StringComparison.Ordinal)
                )
            )
            .ToDictionary(StringComparer.Ordinal);
        if (missing.Count > 0)
        {
            await localization.AddOrUpdateLocaleResourceAsync(missing, language.Id);
        }
    }
}
