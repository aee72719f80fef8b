using System.Globalization;
using Nop.Services.Localization;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>What customers read, in the visitor's language or in a given one. The shop's people may have changed every text.</summary>
internal sealed class Words(ILocalizationService localization)
{
    /// <param name="key">The name, below <c>Customer.</c></param>
    /// <param name="values">What stands for <c>{0}</c>, <c>{1}</c> and so on.</param>
    public async Task<string> OfAsync(string key, params IReadOnlyList<string> values) => Fill(await localization.GetResourceAsync(Name(key)), values);

    /// <summary>The same in a given language.</summary>
    public async Task<string> InAsync(int languageId, string key, params IReadOnlyList<string> values) =>
        Fill(await localization.GetResourceAsync(Name(key), languageId, logIfNotFound: false), values);

    private static string Name(string key) => $"{SupportDefaults.ResourcePrefix}.Customer.{key}";

    // A text that a person edited may have lost a place, or have braces of its own.
    private static string Fill(string text, IReadOnlyList<string> values)
    {
        for (var index = 0; index < values.Count; index++)
        {
            text = text.Replace(string.Create(CultureInfo.InvariantCulture, $"{{{index}}}"), values[index], StringComparison.Ordinal);
        }

        return text;
    }
}
