using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Localization;
using Nop.Services.Security;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Puts the permissions into the shop, and takes them out of it: the shop itself forgets none.</summary>
internal sealed class PermissionStep(IPermissionService permissions, ILocalizationService localization, ILanguageService languages) : IInstallStep
{
    // Where the shop keeps the names of permissions.
    private const string Prefix = "Security.Permission.";

    public async Task InstallAsync()
    {
        // The shop would do it a moment later, and write the English name into every language.
        await permissions.InsertPermissionsAsync();
        var swedish = SupportPermissions.Names("sv").ToDictionary(name => $"{Prefix}{name.Key}", name => name.Value, StringComparer.Ordinal);
        foreach (var language in await languages.GetAllLanguagesAsync(showHidden: true))
        {
            if (ShopValues.IsSwedish(language.LanguageCulture))
            {
                await localization.AddOrUpdateLocaleResourceAsync(swedish, language.Id);
            }
        }
    }

    public async Task UninstallAsync()
    {
        foreach (var permission in SupportPermissions.All)
        {
            await permissions.DeletePermissionAsync(permission);
        }
    }
}
