using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Configuration;
using Nop.Services.Customers;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.ScheduleTasks;
using Nop.Services.Security;
using NSubstitute;
using Support.Sdk;
using Support.Sdk.Testing;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Admin;

/// <summary>A shop with somebody at its admin: English words, a store scope, notifications that are kept.</summary>
internal sealed class AdminShop : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;

    public AdminShop(Action<IServiceCollection>? configure = null)
    {
        Shop = new Shop(
            services =>
            {
                Register(services);
                configure?.Invoke(services);
            },
            records: true
        );
        _scope = Shop.Services.CreateAsyncScope();
    }

    public Shop Shop { get; }

    public RecordingChannel Channel => Shop.Sent;

    public ISettingService Settings { get; } = Substitute.For<ISettingService>();

    public INotificationService Notifications { get; } = Substitute.For<INotificationService>();

    public IPermissionService Permissions { get; } = Substitute.For<IPermissionService>();

    public IEmailSender Sender { get; } = Substitute.For<IEmailSender>();

    public IScheduleTaskService Tasks { get; } = Substitute.For<IScheduleTaskService>();

    public Customer Somebody { get; } =
        new()
        {
            Id = 1,
            Email = "eva@shop.example",
            FirstName = "Eva",
            LastName = "Ek",
        };

    /// <summary>The store that is chosen at the top of the page, or 0 for all.</summary>
    public int Scope { get; set; }

    public string Address { get; set; } = "https://shop.example/";

    /// <summary>What was saved: setting, whether the store has its own, store.</summary>
    public List<(string Setting, bool IsOwn, int Store)> Saved { get; } = [];

    public SupportSettings? LastSaved { get; private set; }

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    public SupportController Controller() => new(_scope.ServiceProvider, Notifications);

    /// <summary>The model of a page, which must have been shown.</summary>
    public static T Model<T>(IActionResult result) => (T)((ViewResult)result).Model!;

    public static string ViewName(IActionResult result) => ((ViewResult)result).ViewName!.Split('/')[^1];

    /// <summary>One turn of everything, as the schedule task has it.</summary>
    public async Task TurnAsync()
    {
        var engine = await Shop.Host.FindAsync();
        await engine!.Runner.BackfillAsync();
        await engine.Runner.SweepAsync();
        await engine.Runner.DeliverAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await Shop.DisposeAsync();
    }

    private void Register(IServiceCollection services)
    {
        var english = LocalizationStep.Read("en");
        var words = Substitute.For<ILocalizationService>();
        words.GetResourceAsync("").ReturnsForAnyArgs(call => english.GetValueOrDefault(call.Arg<string>()) ?? call.Arg<string>());
        services.AddSingleton(words);

        Settings.LoadSettingAsync<SupportSettings>(0).ReturnsForAnyArgs(call => Copy(Shop.Settings(Math.Max(1, call.Arg<int>()))));
        Record<SupportMode>();
        Record<Observed>();
        Record<string>();
        Record<bool>();
        Record<int>();
        services.AddSingleton(Settings);

        var context = Substitute.For<IStoreContext>();
        context.GetActiveStoreScopeConfigurationAsync().Returns(_ => Scope);
        services.AddSingleton(context);

        var web = Substitute.For<IWebHelper>();
        web.GetStoreLocation().ReturnsForAnyArgs(_ => Address);
        services.AddSingleton(web);

        var work = Substitute.For<IWorkContext>();
        work.GetCurrentCustomerAsync().Returns(_ => Somebody);
        services.AddSingleton(work);

        var customers = Substitute.For<ICustomerService>();
        customers.GetCustomerFullNameAsync(null!).ReturnsForAnyArgs(call => $"{call.Arg<Customer>().FirstName} {call.Arg<Customer>().LastName}");
        services.AddSingleton(customers);

        Tasks
            .GetTaskByTypeAsync("")
            .ReturnsForAnyArgs(_ => new ScheduleTask { Enabled = true, LastSuccessUtc = Shop.Time.GetUtcNow().UtcDateTime.AddMinutes(-1) });
        Permissions.AuthorizeAsync("").ReturnsForAnyArgs(true);
        services.AddSingleton(Tasks);
        services.AddSingleton(Sender);
        services.AddSingleton(Permissions);
        services.AddSingleton(Notifications);
    }

    private void Record<T>() =>
        Settings
            .SaveSettingOverridablePerStoreAsync(Arg.Any<SupportSettings>(), Arg.Any<Expression<Func<SupportSettings, T>>>(), false)
            .ReturnsForAnyArgs(call =>
            {
                LastSaved = call.Arg<SupportSettings>();
                Saved.Add((((MemberExpression)call.Arg<Expression<Func<SupportSettings, T>>>().Body).Member.Name, (bool)call[2], (int)call[3]));
                return Task.CompletedTask;
            });

    // The shop gives a new one each time.
    private static SupportSettings Copy(SupportSettings settings)
    {
        var copy = new SupportSettings();
        foreach (var property in typeof(SupportSettings).GetProperties())
        {
            property.SetValue(copy, property.GetValue(settings));
        }

        return copy;
    }
}
