using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Support.Sdk;
using Support.Sdk.Backtests;
using Support.Sdk.Contacts;
using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Diagnostics;
using Support.Sdk.Intake;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;
using Support.Sdk.Templates;
using Support.Sdk.Tickets;
using Support.Sdk.Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the engine.</summary>
public static class SupportServiceCollectionExtensions
{
    /// <summary>Adds customer support: watches orders, decides what customers are told, and tells them.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Changes settings after they were bound from the section <c>Support</c>.</param>
    /// <returns>What to hang a store (<c>AddSqlite()</c>), a channel (<c>AddPickupFolder()</c>) and shops on.</returns>
    /// <remarks>May be called several times. Register an <see cref="IDelayAssessor"/>, <see cref="INotificationPolicy"/>, <see cref="IShopDirectory"/> or <see cref="TimeProvider"/> of your own first to replace the built-in one.</remarks>
    public static ISupportBuilder AddSupport(this IServiceCollection services, Action<SupportOptions>? configure = null)
    {
        services.AddOptions<SupportOptions>();
        services.AddLogging();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<SupportOptions>, SupportOptionsBinder>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IShopDirectory, OptionsShopDirectory>();
        services.TryAddSingleton<ISupportIntake, SupportIntake>();
        services.TryAddSingleton<IntakeGroups>();
        services.TryAddSingleton<ISupportRunner, SupportRunner>();
        services.TryAddSingleton<IInboxDesk, InboxDesk>();
        services.TryAddSingleton<IDeliveryDesk, DeliveryDesk>();
        services.TryAddSingleton<IShopDesk, ShopDesk>();
        services.TryAddSingleton<ISupportLinks, SupportLinks>();
        AddContacts(services);
        services.TryAddSingleton<IWebhookReceiver, WebhookReceiver>();
        services.TryAddSingleton<WebhookCatalog>();
        services.TryAddSingleton(provider => new SupportTelemetry(provider.GetRequiredService<TimeProvider>(), provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<TemplateCatalog>();
        services.TryAddSingleton<BrandLogos>();
        services.TryAddSingleton<NoticeComposer>();
        services.TryAddSingleton<ITemplatePreview, TemplatePreviewer>();
        services.TryAddSingleton<SupportStart>();
        services.TryAddSingleton<WakeUp>();
        services.TryAddSingleton<EngineTimes>();
        services.TryAddSingleton<Loop>();
        services.TryAddSingleton<ShopViews>();
        services.TryAddSingleton<Outbox>();
        AddOrders(services);
        AddTickets(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SweepService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutboxService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, NewsService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, BackfillService>());
        return new SupportBuilder(services);
    }

    /// <summary>Adds a shop.</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <param name="shop">The shop; checked when the application starts.</param>
    public static ISupportBuilder AddShop(this ISupportBuilder builder, Shop shop)
    {
        builder.Services.AddSingleton(shop);
        return builder;
    }

    private static void AddContacts(IServiceCollection services)
    {
        services.TryAddSingleton<IContactDesk, ContactDesk>();
        services.TryAddSingleton<ISuppressionDesk, SuppressionDesk>();
        services.TryAddSingleton<IPrivacyDesk, PrivacyDesk>();
        services.TryAddSingleton<ContactBook>();
        services.TryAddSingleton<ContactHealthWatch>();
        services.TryAddSingleton<WaitingMessages>();
        services.TryAddSingleton<ContactOrders>();
        services.TryAddSingleton<PersonEvents>();
        services.TryAddSingleton<PrivacyWatch>();
        services.TryAddSingleton<PrivacyExport>();
        services.TryAddSingleton<RetentionSweep>();
    }

    private static void AddOrders(IServiceCollection services)
    {
        services.TryAddSingleton<IDelayAssessor, DelayAssessor>();
        services.TryAddSingleton<INotificationPolicy, NotificationPolicy>();
        services.TryAddSingleton<OrderWatch>();
        services.TryAddSingleton<OrderDecider>();
        services.TryAddSingleton<OrderRefresher>();
        services.TryAddSingleton<TrackingPlan>();
        services.TryAddSingleton<TrackingReader>();
        services.TryAddSingleton<WriteBackPlan>();
        services.TryAddSingleton<WriteBackWriter>();
        services.TryAddSingleton<Backfill>();
        services.TryAddSingleton<ISupportBacktest, SupportBacktest>();
    }

    private static void AddTickets(IServiceCollection services)
    {
        services.TryAddSingleton<ITicketDesk, TicketDesk>();
        services.TryAddSingleton<ICustomerDesk, CustomerDesk>();
        services.TryAddSingleton<CustomerBook>();
        services.TryAddSingleton<TicketFinder>();
        services.TryAddSingleton<TicketPeople>();
        services.TryAddSingleton<TicketComposer>();
        services.TryAddSingleton<TicketDecider>();
        services.TryAddSingleton<TicketWatch>();
        services.TryAddSingleton<TicketReader>();
        services.TryAddSingleton<ITickets>(provider => provider.GetRequiredService<TicketReader>());
        services.TryAddSingleton<LooseEvents>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<ContentOptions>, ContentOptionsBinder>());
        services.AddOptions<ContentOptions>();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<ContentOptions>>().Value);
    }

    private sealed class ContentOptionsBinder(IServiceProvider services) : IConfigureOptions<ContentOptions>
    {
        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The bound type is referenced by the contract itself.")]
        public void Configure(ContentOptions options) => services.GetService<IConfiguration>()?.GetSection("Support:Content").Bind(options);
    }

    private sealed record SupportBuilder(IServiceCollection Services) : ISupportBuilder;

    // An application without configuration, such as a small tool, is welcome.
    private sealed class SupportOptionsBinder(IServiceProvider services) : IConfigureOptions<SupportOptions>
    {
        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The bound types are referenced by the engine itself.")]
        public void Configure(SupportOptions options) => services.GetService<IConfiguration>()?.GetSection("Support").Bind(options);
    }
}
