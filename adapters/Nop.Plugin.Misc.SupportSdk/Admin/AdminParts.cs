using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Misc.SupportSdk.Widgets;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Registers the pages of the admin.</summary>
internal static class AdminParts
{
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<IInstallStep, PermissionStep>();
        services.AddSingleton(new Widget(DashboardComponent.Zone, typeof(DashboardComponent)));
        services.AddSingleton<TestMailClock>();
        services.AddScoped<AdminWords>();
        services.AddScoped<HealthReader>();
        services.AddScoped<OverviewPage>();
        services.AddScoped<ConfigurePage>();
        services.AddScoped<PromiseHistory>();
        services.AddScoped<PlayableOrders>();
        services.AddScoped<PromisesPage>();
        services.AddScoped<DryRunPage>();
        services.AddScoped<TestMail>();
    }
}
