using Microsoft.Extensions.Logging;
using Nop.Core;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Customers;
using Nop.Services.Helpers;
using Support.Sdk.Shops;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Shows how the plugin is, and pauses and resumes it.</summary>
internal sealed class OverviewPage(
    HealthReader reader,
    SupportHost host,
    EngineJournal journal,
    AdminWords words,
    IDateTimeHelper times,
    IWorkContext work,
    ICustomerService customers
)
{
    private const int MostWarnings = 50;

    public async Task<OverviewModel> ReadAsync()
    {
        var facts = await reader.ReadAsync();
        var lines = new List<HealthLine>();
        foreach (var finding in HealthCheck.Of(facts).OrderByDescending(finding => finding.Level))
        {
            lines.Add(
                new HealthLine(
                    Badge(finding.Level),
                    await words.OfAsync($"Admin.Health.Level.{finding.Level}"),
                    await words.OfAsync(finding.Key, finding.Values),
                    finding.Link
                )
            );
        }

        var stores = new List<StoreLine>();
        foreach (var store in facts.Stores)
        {
            var mode = await words.OfAsync($"Admin.Mode.{(Enum.IsDefined(store.Mode) ? store.Mode : SupportMode.Off)}");
            stores.Add(new StoreLine(store.Id, store.Name, mode, store.Paused, store.Held, store.Failed));
        }

        return new OverviewModel
        {
            Lines = lines,
            Stores = stores,
            Journal = await WarningsAsync(),
            EngineRuns = facts.EngineRuns,
            TestAddress = (await work.GetCurrentCustomerAsync())?.Email ?? "",
        };
    }

    /// <summary>Stops sending for a store, or for every one.</summary>
    /// <returns>False while the engine does not run.</returns>
    public Task<bool> PauseAsync(int storeId) =>
        ForShopsAsync(storeId, async (desk, shop, by) => await desk.PauseAsync(shop, by, await words.OfAsync("Admin.Pause.Reason")));

    /// <summary>Sends again for a store, or for every one.</summary>
    /// <returns>False while the engine does not run.</returns>
    public Task<bool> ResumeAsync(int storeId) => ForShopsAsync(storeId, (desk, shop, by) => desk.ResumeAsync(shop, by));

    private async Task<bool> ForShopsAsync(int storeId, Func<IShopDesk, string, string, Task> act)
    {
        if (await host.FindAsync() is not { } engine)
        {
            return false;
        }

        var by = await WhoAsync();
        foreach (var shop in engine.Shops.Where(shop => storeId == 0 || string.Equals(shop.Id, StoreShops.IdOf(storeId), StringComparison.Ordinal)))
        {
            await act(engine.Get<IShopDesk>(), shop.Id, by);
        }

        return true;
    }

    private async Task<string> WhoAsync()
    {
        var customer = await work.GetCurrentCustomerAsync();
        var name = customer is null ? null : await customers.GetCustomerFullNameAsync(customer);
        return !string.IsNullOrWhiteSpace(name) ? name
            : !string.IsNullOrWhiteSpace(customer?.Email) ? customer.Email
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"admin {customer?.Id}");
    }

    private async Task<IList<JournalLine>> WarningsAsync()
    {
        var lines = new List<JournalLine>();
        foreach (var entry in journal.Recent.Reverse().Take(MostWarnings))
        {
            var at = await times.ConvertToUserTimeAsync(entry.At.UtcDateTime, DateTimeKind.Utc);
            lines.Add(new JournalLine(at, Badge(entry.Level >= LogLevel.Error ? HealthLevel.Bad : HealthLevel.Note), entry.Message));
        }

        return lines;
    }

    private static string Badge(HealthLevel level) =>
        level switch
        {
            HealthLevel.Good => "badge-success",
            HealthLevel.Note => "badge-warning",
            _ => "badge-danger",
        };
}
