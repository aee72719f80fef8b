using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Core.Infrastructure;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Plugin.Misc.SupportSdk.Mail;
using Nop.Plugin.Misc.SupportSdk.Orders;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Plugin.Misc.SupportSdk.Tasks;

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
        services.AddScoped<SetupReader>();
        services.AddScoped<OrderReader>();
        services.AddScoped<OpenOrders>();
        services.AddScoped<PlacedOrders>();
        AddMail(services);
    }

    public void Configure(IApplicationBuilder application) { }

    private static void AddMail(IServiceCollection services)
    {
        services.AddSingleton<IEnginePart, MailPart>();
        services.AddSingleton<TemplateChecks>();
        services.AddScoped<IInstallStep, TemplateInstaller>();
        services.AddScoped<ITurn, MailReceipts>();
        services.AddScoped<MailQueue>();
        services.AddScoped<MailWriter>();
        services.AddScoped<TemplateReader>();
    }
}
