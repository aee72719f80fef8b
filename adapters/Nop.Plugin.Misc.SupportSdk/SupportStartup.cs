using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Core.Infrastructure;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Plugin.Misc.SupportSdk.Orders;
using Nop.Plugin.Misc.SupportSdk.Setup;

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
        AdminParts.Add(services);
    }

    public void Configure(IApplicationBuilder application) { }
}
