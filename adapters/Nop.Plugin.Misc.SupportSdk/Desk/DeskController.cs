using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Core;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Stores;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>What the pages of the desk have in common: a store, a person, and a friendly word where the engine is off or something fails.</summary>
/// <param name="services">The request's services; a constructor that the shop can call may name none of the plugin's own.</param>
[AuthorizeAdmin]
[Area("Admin")]
[AutoValidateAntiforgeryToken]
public abstract class DeskController(IServiceProvider services) : BasePluginController
{
    /// <summary>Ends the wait for the database when nobody reads the answer any more.</summary>
    protected CancellationToken Aborted => HttpContext.RequestAborted;

    private protected T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    private protected DateTimeOffset Now => Get<TimeProvider>().GetUtcNow();

    /// <summary>Answers with the store that was asked for, or with the first; 404 when there is no such one.</summary>
    private protected async Task<IActionResult> OnStoreAsync(int? store, Func<DeskStore, Task<IActionResult>> work)
    {
        try
        {
            var host = Get<SupportHost>();
            if (await host.FindAsync(Aborted) is not { } engine)
            {
                return Page("Off", new DeskOff { Faults = host.Faults });
            }

            return await FindAsync(engine, store) is { } found ? await work(found) : NotFound();
        }
        catch (Exception exception) when (!Aborted.IsCancellationRequested)
        {
            Get<EngineJournal>().Add(LogLevel.Error, "A page of the desk could not be shown.", exception);
            return Page("Off", new DeskOff { HasFailed = true });
        }
    }

    private protected ViewResult Page(string name, object model) => View($"{SupportDefaults.ViewFolder}/Desk/{name}.cshtml", model);

    private protected Task<string> WordAsync(string key) => Get<ILocalizationService>().GetResourceAsync($"{SupportDefaults.ResourcePrefix}.Desk.{key}");

    private protected async Task SayAsync(string key) => Get<INotificationService>().SuccessNotification(await WordAsync(key));

    private protected void Refuse(string reason) => Get<INotificationService>().ErrorNotification(reason);

    /// <summary>Who is at the desk, as tickets name the person.</summary>
    private protected async Task<string> AgentAsync() => DeskPeople.IdOf((await Get<IWorkContext>().GetCurrentCustomerAsync()).Id);

    /// <summary>Who is at the desk, as messages name the person.</summary>
    private protected async Task<string> OperatorAsync()
    {
        var person = await Get<IWorkContext>().GetCurrentCustomerAsync();
        return string.IsNullOrWhiteSpace(person.Email) ? DeskPeople.IdOf(person.Id) : person.Email;
    }

    private async Task<DeskStore?> FindAsync(SupportEngine engine, int? store)
    {
        var names = (await Get<IStoreService>().GetAllStoresAsync()).ToDictionary(one => one.Id, one => one.Name);
        var stores = engine
            .Shops.Select(shop => (Shop: shop, Id: StoreShops.StoreIdOf(shop.Id)))
            .Where(one => one.Id is not null)
            .Select(one => (one.Shop, Id: one.Id!.Value))
            .ToList();
        var (chosen, id) = stores.Find(one => store is null || one.Id == store);
        if (chosen is null)
        {
            return null;
        }

        var named = stores.ConvertAll(one => new NamedStore(one.Id, names.GetValueOrDefault(one.Id) ?? one.Id.ToString(CultureInfo.InvariantCulture)));
        return new DeskStore
        {
            Engine = engine,
            Shop = chosen,
            Times = new DeskTimes(chosen.TimeZone),
            Choice = new StoreChoice(id, named, chosen.TimeZone),
        };
    }
}

/// <summary>Why the desk shows nothing.</summary>
public sealed record DeskOff
{
    /// <summary>What a person has to mend.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Whether it was to work, and something failed.</summary>
    public bool HasFailed { get; init; }
}
