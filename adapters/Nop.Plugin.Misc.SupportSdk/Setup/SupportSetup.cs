using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nop.Plugin.Misc.SupportSdk.Mail;
using Nop.Services.Configuration;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Stores;
using Support.Sdk.Shops;

namespace Nop.Plugin.Misc.SupportSdk.Setup;

/// <summary>Everything that the engine is built from, and what is wrong with it.</summary>
internal sealed record SupportSetup
{
    /// <summary>The stores that can be served.</summary>
    public IReadOnlyList<Shop> Shops { get; init; } = [];

    /// <summary>The texts of the shop's message templates.</summary>
    public IReadOnlyList<Support.Sdk.Templates.MessageTemplate> Templates { get; init; } = [];

    /// <summary>The address under which the plugin's pages are, or null when there is none to link to.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>What a person has to mend, store by store. A store whose settings mean nothing is switched off.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>The same for the same setup.</summary>
    public string Print =>
        field ??= Convert.ToHexString(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    JsonSerializer.Serialize(
                        new
                        {
                            Shops,
                            Templates,
                            PublicAddress,
                        }
                    )
                )
            )
        );
}

/// <summary>Reads the setup out of the shop.</summary>
internal sealed class SetupReader(
    IStoreService stores,
    ISettingService settings,
    StoreAccounts accounts,
    ILanguageService languages,
    IDateTimeHelper times,
    TemplateReader texts
)
{
    public async Task<SupportSetup> ReadAsync()
    {
        var shops = new List<Shop>();
        var templates = new List<Support.Sdk.Templates.MessageTemplate>();
        var faults = new List<string>();
        Uri? address = null;
        foreach (var store in (await stores.GetAllStoresAsync()).Where(store => !store.Deleted))
        {
            try
            {
                var own = await settings.LoadSettingAsync<SupportSettings>(store.Id);
                var account = await accounts.OfAsync(own);
                var shown = await languages.GetAllLanguagesAsync(storeId: store.Id);
                var language = shown.FirstOrDefault(language => language.Id == store.DefaultLanguageId) ?? shown.FirstOrDefault();
                var shop = StoreShops.Of(store, own, account, language, times.DefaultStoreTimeZone);
                var wrong = ShopRules.Faults(shop, sendsEmail: true).ToList();
                if (wrong.Count > 0)
                {
                    faults.AddRange(wrong.Select(fault => $"{store.Name}: {fault}"));
                    continue;
                }

                var said = await texts.ReadAsync(store, shown, shop);
                shops.Add(said.Shop);
                templates.AddRange(said.Templates);
                faults.AddRange(said.Faults.Select(fault => $"{store.Name}: {fault}"));
                address ??= Uri.TryCreate(store.Url, UriKind.Absolute, out var url) ? new Uri(url, "support") : null;
            }
            catch (FormatException fault)
            {
                faults.Add($"{store.Name}: {fault.Message}");
            }
        }

        return new SupportSetup
        {
            Shops = shops,
            Templates = templates,
            PublicAddress = address is { IsLoopback: true } || string.Equals(address?.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) ? address : null,
            Faults = faults,
        };
    }
}
