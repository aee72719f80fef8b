using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Core.Infrastructure;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Customers;
using Nop.Plugin.Misc.SupportSdk.Desk;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Plugin.Misc.SupportSdk.Mail;
using Nop.Plugin.Misc.SupportSdk.Orders;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Plugin.Misc.SupportSdk.Tasks;
using Nop.Plugin.Misc.SupportSdk.Widgets;

namespace Nop.Plugin.Misc.SupportSdk;

/// <summary>Registers the plugin with the shop. Nothing is opened, read or checked here: whatever is wrong must not stop the shop's start.</summary>
internal sealed class SupportStartup : INopStartup
{
    public int Order => 3000;

    public void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EngineJournal>();
        services.AddSingleton<EngineFactory>();
        services.AddSingleton<SupportHost>();
        services.AddSingleton<IEnginePart, OrderPart>();
        services.AddScoped<IInstallStep, TablesStep>();
        services.AddScoped<IInstallStep, LocalizationStep>();
        services.AddScoped<ILanguageStep, LocalizationStep>();
        services.AddScoped<SetupReader>();
        services.AddScoped<StoreAccounts>();
        services.AddScoped<OrderReader>();
        services.AddScoped<OpenOrders>();
        services.AddScoped<PlacedOrders>();
        AddDesk(services);
        AdminParts.Add(services);
        AddMail(services);
        AddCustomerPages(services);
    }

    private static void AddCustomerPages(IServiceCollection services)
    {
        services.AddSingleton(new Widget("orderdetails_page_overview", typeof(OrderWidget)));
        services.AddSingleton(new Widget("account_navigation_after", typeof(AccountWidget)));
        services.AddSingleton(new Widget("customer_orders_top", typeof(OrderListWidget)));
        services.AddSingleton(new Widget("customer_return_requests_top", typeof(ReturnWidget)));
        services.AddSingleton<PostLimits>();
        services.AddSingleton<ReturnMemory>();
        services.AddScoped<Words>();
        services.AddScoped<Visitors>();
        services.AddScoped<OrderTeller>();
        services.AddScoped<CustomerOrders>();
        services.AddScoped<CustomerTickets>();
        services.AddScoped<TicketTeller>();
        services.AddScoped<FormDoor>();
        services.AddScoped<ContactDesk>();
        services.AddScoped<PreferenceDesk>();
        services.AddScoped<Returns>();
        services.AddScoped<ReturnLabels>();
        services.AddScoped<ITurn, ReturnTurn>();
    }

    public void Configure(IApplicationBuilder application) { }

    private static void AddDesk(IServiceCollection services)
    {
        services.AddScoped<DeskPeople>();
        services.AddScoped<OrderPages>();
        services.AddScoped<MessagePages>();
        services.AddScoped<TicketPages>();
        services.AddSingleton(new Widget("admin_order_details_block", typeof(OrderCardViewComponent)));
    }

    private static void AddMail(IServiceCollection services)
    {
        services.AddSingleton<IEnginePart, MailPart>();
        services.AddSingleton<TemplateChecks>();
        services.AddScoped<IInstallStep, TemplateInstaller>();
        services.AddScoped<ILanguageStep, TemplateInstaller>();
        services.AddScoped<ITurn, MailReceipts>();
        services.AddScoped<MailQueue>();
        services.AddScoped<MailRemoval>();
        services.AddScoped<MailWriter>();
        services.AddScoped<TemplateReader>();
    }
}
