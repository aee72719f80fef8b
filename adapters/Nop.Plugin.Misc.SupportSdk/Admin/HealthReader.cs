using Nop.Core;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Plugin.Misc.SupportSdk.Tasks;
using Nop.Services.Configuration;
using Nop.Services.Messages;
using Nop.Services.ScheduleTasks;
using Nop.Services.Stores;
using Support.Sdk.Shops;
using static Nop.Plugin.Misc.SupportSdk.Setup.ShopValues;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Reads what the health panel judges. What the engine cannot answer is left out; the panel says then that it does not run.</summary>
internal sealed class HealthReader(
    IScheduleTaskService tasks,
    IStoreService stores,
    ISettingService settings,
    StoreAccounts accounts,
    IWebHelper web,
    SupportHost host,
    EngineJournal journal,
    TimeProvider time
)
{
    private const string MailTask = "Nop.Services.Messages.QueuedMessagesSendTask, Nop.Services";

    public async Task<HealthFacts> ReadAsync()
    {
        var now = time.GetUtcNow();
        var engine = await host.FindAsync();
        IReadOnlyDictionary<string, StoreFigures> figures = new Dictionary<string, StoreFigures>(StringComparer.Ordinal);
        var runs = engine is not null;
        var known = new List<StoreFacts>();
        try
        {
            figures = engine is null ? figures : await SupportFigures.ReadAsync(engine, now);
        }
        catch (Exception exception)
        {
            runs = false;
            journal.Add(Microsoft.Extensions.Logging.LogLevel.Error, $"The figures could not be counted: {exception.Message}", exception);
        }

        foreach (var store in (await stores.GetAllStoresAsync()).Where(store => !store.Deleted))
        {
            known.Add(await StoreAsync(store, runs ? engine : null, figures.GetValueOrDefault(StoreShops.IdOf(store.Id)) ?? new StoreFigures()));
        }

        return new HealthFacts
        {
            Now = now,
            Task = Facts(await tasks.GetTaskByTypeAsync(SupportTask.TypeName)),
            MailTask = Facts(await tasks.GetTaskByTypeAsync(MailTask)),
            Address = web.GetStoreLocation(),
            EngineRuns = runs,
            Faults = host.Faults,
            Stores = known,
        };
    }

    private async Task<StoreFacts> StoreAsync(Store store, SupportEngine? engine, StoreFigures figures)
    {
        var own = await settings.LoadSettingAsync<SupportSettings>(store.Id);
        var account = await accounts.OfAsync(own);
        var id = StoreShops.IdOf(store.Id);
        var state = engine is null ? new ShopState { Shop = id } : await engine.Get<IShopDesk>().FindAsync(id);
        return new StoreFacts
        {
            Id = store.Id,
            Name = store.Name,
            Url = store.Url ?? "",
            Mode = own.Mode,
            Account = string.IsNullOrWhiteSpace(account?.Email) ? null : account.Email,
            AccountLimit = account?.MaxNumberOfEmails ?? 0,
            Paused = state.PausedAt is null ? null : state.PausedReason ?? "",
            RecordsDeliveries = own.RecordsDeliveries,
            Shipped = state.Shipped,
            Delivered = state.Delivered,
            Promises = Count(own.Promises),
            Held = figures.Held,
            Failed = figures.Failed,
        };
    }

    // What cannot be read is named among the engine's faults.
    private static int Count(string promises)
    {
        try
        {
            return StoreShops.Promises(promises).Count;
        }
        catch (FormatException)
        {
            return 0;
        }
    }

    private static TaskFacts? Facts(ScheduleTask? task) =>
        task is null ? null : new TaskFacts(task.Enabled, Utc(task.LastStartUtc), Utc(task.LastSuccessUtc), TimeSpan.FromSeconds(task.Seconds));
}
