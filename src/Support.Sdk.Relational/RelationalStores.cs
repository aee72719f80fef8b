using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Support.Sdk.Contacts;
using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Storefronts;
using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

/// <summary>The faces of one database.</summary>
internal static class RelationalStores
{
    /// <summary>Registers the stores over the registered <see cref="Database"/>, where no other is registered.</summary>
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<ISupportStore, SupportStore>();
        services.TryAddSingleton<IInboxStore, InboxStore>();
        services.TryAddSingleton<IOrderStore, OrderStore>();
        services.TryAddSingleton<IOutboxStore, OutboxStore>();
        services.TryAddSingleton<IShopStore, ShopStore>();
        services.TryAddSingleton<IContactStore, ContactStore>();
        services.TryAddSingleton<IPrivacyStore, PrivacyStore>();
        services.TryAddSingleton<ITicketStore, TicketStore>();
        services.TryAddSingleton<ICustomerStore, CustomerStore>();
        services.TryAddSingleton<IStateStore, StateStore>();
        // The engine binds them from Support:Content before.
        services.TryAddSingleton<ContentOptions>();
        services.TryAddSingleton<IContentStore, ContentStore>();
    }
}
