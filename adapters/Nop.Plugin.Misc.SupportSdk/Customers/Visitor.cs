using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Customers;
using NopLanguage = Nop.Core.Domain.Localization.Language;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>Who looks at a page.</summary>
internal sealed record Visitor
{
    public required Customer Customer { get; init; }

    public required Store Store { get; init; }

    public required NopLanguage? Language { get; init; }

    /// <summary>False for a guest: then nothing but a signed link opens anything.</summary>
    public required bool IsRegistered { get; init; }

    public string Shop => StoreShops.IdOf(Store.Id);

    public string Culture => string.IsNullOrWhiteSpace(Language?.LanguageCulture) ? "en" : Language.LanguageCulture;
}

/// <summary>Asks the shop who looks.</summary>
internal sealed class Visitors(IWorkContext work, IStoreContext stores, ICustomerService customers)
{
    public async Task<Visitor> FindAsync()
    {
        var customer = await work.GetCurrentCustomerAsync();
        return new Visitor
        {
            Customer = customer,
            Store = await stores.GetCurrentStoreAsync(),
            Language = await work.GetWorkingLanguageAsync(),
            IsRegistered = await customers.IsRegisteredAsync(customer),
        };
    }
}
