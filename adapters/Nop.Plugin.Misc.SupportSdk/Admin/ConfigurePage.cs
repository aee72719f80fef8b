using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Core;
using Nop.Core.Domain.Messages;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Configuration;
using Nop.Services.Directory;
using Nop.Services.Helpers;
using Nop.Services.Messages;
using Nop.Services.Stores;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Reads the settings for the form, and saves what comes back when all of it is right.</summary>
internal sealed class ConfigurePage(
    ISettingService settings,
    IStoreContext context,
    IStoreService stores,
    IEmailAccountService accounts,
    ICountryService countries,
    IDateTimeHelper times,
    AdminWords words,
    SupportHost host
)
{
    /// <summary>The form as it is saved.</summary>
    public async Task<ConfigureModel> ReadAsync()
    {
        var store = await context.GetActiveStoreScopeConfigurationAsync();
        var own = await settings.LoadSettingAsync<SupportSettings>(store);
        var model = Model(own, store);
        if (store > 0)
        {
            foreach (var field in SettingFields.All)
            {
                field.Override(model, await field.IsOwnAsync(settings, own, store));
            }
        }

        await AddChoicesAsync(model);
        return model;
    }

    /// <summary>Saves the form, or says what is wrong with it and saves nothing.</summary>
    public async Task<IReadOnlyList<SettingFault>> SaveAsync(ConfigureModel model)
    {
        var store = await context.GetActiveStoreScopeConfigurationAsync();
        var wanted = await settings.LoadSettingAsync<SupportSettings>();
        if (store > 0)
        {
            // Promises are made on a page of their own.
            var own = await settings.LoadSettingAsync<SupportSettings>(store);
            (wanted.Promises, wanted.WarnHours) = (own.Promises, own.WarnHours);
        }

        var written = Settings(model);
        foreach (var field in SettingFields.All.Where(field => store == 0 || field.IsOverridden(model)))
        {
            field.Copy(written, wanted);
        }

        var known = await accounts.GetAllEmailAccountsAsync();
        var faults = SettingRules.Faults(wanted, [.. known.Select(account => account.Id)]).Concat(FormFaults(model, store)).ToList();
        if (faults.Count == 0)
        {
            faults.AddRange(await ShopFaultsAsync(wanted, store, known));
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        foreach (var field in SettingFields.All)
        {
            await field.SaveAsync(settings, wanted, field.IsOverridden(model), store);
        }

        await settings.ClearCacheAsync();
        await host.RefreshAsync(force: true);
        return [];
    }

    /// <summary>Adds what there is to choose from.</summary>
    public async Task AddChoicesAsync(ConfigureModel model)
    {
        foreach (var mode in Enum.GetValues<SupportMode>())
        {
            model.Modes.Add(new SelectListItem(await words.OfAsync($"Admin.Mode.{mode}"), Number((int)mode)));
        }

        foreach (var answer in Enum.GetValues<Observed>())
        {
            model.DeliveryAnswers.Add(new SelectListItem(await words.OfAsync($"Admin.RecordsDeliveries.{answer}"), Number((int)answer)));
        }

        foreach (var kind in NoticeKinds.All)
        {
            model.Kinds.Add(new SelectListItem(await words.KindAsync(kind), kind, model.Tells.Contains(kind, StringComparer.Ordinal)));
        }

        model.TimeZones.Add(new SelectListItem(await words.OfAsync("Admin.TimeZone.Default", times.DefaultStoreTimeZone.Id), ""));
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones().Select(Iana).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            model.TimeZones.Add(new SelectListItem(zone, zone));
        }

        model.Countries.Add(new SelectListItem(await words.OfAsync("Admin.Country.None"), ""));
        foreach (var country in await countries.GetAllCountriesAsync(showHidden: true))
        {
            model.Countries.Add(new SelectListItem(country.Name, country.TwoLetterIsoCode));
        }

        model.Accounts.Add(new SelectListItem(await words.OfAsync("Admin.EmailAccount.Default"), "0"));
        foreach (var account in await accounts.GetAllEmailAccountsAsync())
        {
            model.Accounts.Add(new SelectListItem($"{account.DisplayName} <{account.Email}>", Number(account.Id)));
        }
    }

    // Nobody ticks off every kind and means the usual ones.
    private static IEnumerable<SettingFault> FormFaults(ConfigureModel model, int store) =>
        (store == 0 || model.OverridesTells) && model.Tells.Count == 0 ? [new SettingFault(nameof(model.Tells), "Admin.Fault.TellsNothing")] : [];

    // The same rules as the engine's own, with the stores that the settings are for.
    private async Task<List<SettingFault>> ShopFaultsAsync(SupportSettings wanted, int storeId, IList<EmailAccount> known)
    {
        var account = known.FirstOrDefault(account => account.Id == wanted.EmailAccountId) ?? known.FirstOrDefault();
        var faults = new List<SettingFault>();
        foreach (var store in (await stores.GetAllStoresAsync()).Where(store => !store.Deleted && (storeId == 0 || store.Id == storeId)))
        {
            try
            {
                var shop = StoreShops.Of(store, wanted, account, language: null, times.DefaultStoreTimeZone);
                faults.AddRange(ShopRules.Faults(shop, sendsEmail: true).Select(fault => new SettingFault("", "Admin.Fault.Other", $"{store.Name}: {fault}")));
            }
            catch (FormatException fault)
            {
                faults.Add(new SettingFault("", "Admin.Fault.Other", $"{store.Name}: {fault.Message}"));
            }
        }

        return faults;
    }

    private static ConfigureModel Model(SupportSettings own, int store) =>
        new()
        {
            StoreScope = store,
            Mode = (int)own.Mode,
            TimeZone = own.TimeZone,
            Country = own.Country?.ToUpperInvariant(),
            OpeningHours = own.OpeningHours,
            Tells = SettingRules.Kinds(own.Tells) is { Length: > 0 } kinds ? kinds : [.. NoticeKinds.Default],
            ShipsUnpaid = own.ShipsUnpaid,
            RecordsDeliveries = (int)own.RecordsDeliveries,
            RecordsScans = own.RecordsScans,
            StaffEmail = own.StaffEmail,
            HoldFirst = own.HoldFirst,
            EmailAccountId = own.EmailAccountId,
            WritesOrderNotes = own.WritesOrderNotes,
            Contact = own.Contact,
            Signature = own.Signature,
            Color = own.Color,
            Logo = own.Logo,
            ReturnAddress = own.ReturnAddress,
        };

    private static SupportSettings Settings(ConfigureModel model) =>
        new()
        {
            Mode = (SupportMode)model.Mode,
            TimeZone = Text(model.TimeZone),
            Country = Text(model.Country).ToUpperInvariant(),
            OpeningHours = Text(model.OpeningHours),
            Tells = NoticeKinds.Default.ToHashSet(StringComparer.Ordinal).SetEquals(model.Tells) ? "" : string.Join(',', model.Tells),
            ShipsUnpaid = Text(model.ShipsUnpaid),
            RecordsDeliveries = (Observed)model.RecordsDeliveries,
            RecordsScans = model.RecordsScans,
            StaffEmail = Text(model.StaffEmail),
            HoldFirst = model.HoldFirst,
            EmailAccountId = model.EmailAccountId,
            WritesOrderNotes = model.WritesOrderNotes,
            Contact = Text(model.Contact),
            Signature = Text(model.Signature),
            Color = Text(model.Color),
            Logo = Text(model.Logo),
            ReturnAddress = Text(model.ReturnAddress).ReplaceLineEndings("\n"),
        };

    private static string? Iana(TimeZoneInfo zone) =>
        zone.HasIanaId ? zone.Id
        : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var name) ? name
        : null;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(string? value) => value?.Trim() ?? "";
}
