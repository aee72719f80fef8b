using System.Globalization;
using Nop.Services.Localization;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>The plugin's words in the language of whoever is at the admin.</summary>
internal sealed class AdminWords(ILocalizationService localization)
{
    /// <summary>The prefix of every key, for attributes.</summary>
    public const string Prefix = SupportDefaults.ResourcePrefix + ".";

    /// <summary>The words of a key, with values in place of {0}, {1} and so on.</summary>
    public async Task<string> OfAsync(string key, params object[] values)
    {
        var text = await localization.GetResourceAsync(Prefix + key);
        if (values.Length == 0)
        {
            return text;
        }

        try
        {
            return string.Format(CultureInfo.CurrentCulture, text, values);
        }
        catch (FormatException)
        {
            // A person may have changed the words, and lost a brace.
            return text;
        }
    }

    /// <summary>What a kind of message is called.</summary>
    public Task<string> KindAsync(string kind) => OfAsync($"Admin.Kind.{kind}");

    /// <summary>What a signal is called.</summary>
    public Task<string> SignalAsync(Support.Sdk.Orders.DelaySignalKind? signal) => OfAsync($"Admin.Signal.{signal?.ToString() ?? "None"}");
}
