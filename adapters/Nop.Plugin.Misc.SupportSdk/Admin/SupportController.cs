using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Services.Messages;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

#pragma warning disable VSTHRD200 // An action is named as in its address.

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>The plugin's own pages in the admin: how it is, its settings, its promises and its dry run.</summary>
/// <remarks>The pages are internal; the shop makes controllers by their public constructor, so they are asked for here.</remarks>
[Area("Admin")]
[AuthorizeAdmin]
[AutoValidateAntiforgeryToken]
public sealed class SupportController(IServiceProvider services, INotificationService notifications) : BasePluginController
{
    private const string Views = SupportDefaults.ViewFolder + "/Admin/";

    /// <summary>How the plugin is.</summary>
    [HttpGet]
    [CheckPermission(SupportPermissions.Configure)]
    public Task<IActionResult> Overview() => CarefullyAsync(async () => View(Views + "Overview.cshtml", await Page<OverviewPage>().ReadAsync()));

    /// <summary>Stops sending.</summary>
    [HttpPost]
    [CheckPermission(SupportPermissions.Messages)]
    public Task<IActionResult> Pause(int storeId) =>
        CarefullyAsync(async () => await BackAsync(await Page<OverviewPage>().PauseAsync(storeId), "Admin.Pause.Done"));

    /// <summary>Sends again.</summary>
    [HttpPost]
    [CheckPermission(SupportPermissions.Messages)]
    public Task<IActionResult> Resume(int storeId) =>
        CarefullyAsync(async () => await BackAsync(await Page<OverviewPage>().ResumeAsync(storeId), "Admin.Resume.Done"));

    /// <summary>Sends whoever asks a test mail.</summary>
    [HttpPost]
    [CheckPermission(SupportPermissions.Configure)]
    public Task<IActionResult> TestMail(int storeId) =>
        CarefullyAsync(async () =>
        {
            var result = await Page<TestMail>().SendAsync(storeId);
            if (result.IsSent)
            {
                notifications.SuccessNotification(result.Text);
            }
            else
            {
                notifications.ErrorNotification(result.Text);
            }

            return RedirectToAction(nameof(Overview));
        });

    /// <summary>The settings.</summary>
    [HttpGet]
    [CheckPermission(SupportPermissions.Configure)]
    public Task<IActionResult> Configure() => CarefullyAsync(async () => View(Views + "Configure.cshtml", await Page<ConfigurePage>().ReadAsync()));

    /// <summary>Saves the settings.</summary>
    [HttpPost]
    [CheckPermission(SupportPermissions.Configure)]
    public Task<IActionResult> Configure(ConfigureModel model) =>
        CarefullyAsync(async () =>
        {
            ArgumentNullException.ThrowIfNull(model);
            var page = Page<ConfigurePage>();
            if (ModelState.IsValid && await AddAsync(await page.SaveAsync(model)))
            {
                notifications.SuccessNotification(await Words.OfAsync("Admin.Saved"));
                return RedirectToAction(nameof(Configure));
            }

            await page.AddChoicesAsync(model);
            return View(Views + "Configure.cshtml", model);
        });

    /// <summary>The promises.</summary>
    [HttpGet]
    [CheckPermission(SupportPermissions.Configure)]
    public Task<IActionResult> Promises(bool proposed, CancellationToken cancellationToken) =>
        CarefullyAsync(async () => View(Views + "Promises.cshtml", await Page<PromisesPage>().ReadAsync(proposed, cancellationToken)));

    /// <summary>Tries the promises, saves them, or gives a store's own up for those of all stores.</summary>
    [HttpPost]
    [CheckPermission(SupportPermissions.Configure)]
    public Task<IActionResult> Promises(PromisesModel model, string? command, CancellationToken cancellationToken) =>
        CarefullyAsync(async () =>
        {
            ArgumentNullException.ThrowIfNull(model);
            var page = Page<PromisesPage>();
            if (string.Equals(command, "share", StringComparison.Ordinal))
            {
                await page.ShareAsync();
                notifications.SuccessNotification(await Words.OfAsync("Admin.Promises.Share.Done"));
                return RedirectToAction(nameof(Promises));
            }

            if (ModelState.IsValid && string.Equals(command, "save", StringComparison.Ordinal))
            {
                if (await AddAsync(await page.SaveAsync(model)))
                {
                    notifications.SuccessNotification(await Words.OfAsync("Admin.Saved"));
                    return RedirectToAction(nameof(Promises));
                }
            }
            else if (ModelState.IsValid && await AddAsync(PromisesPage.Faults(model)))
            {
                // What was tried is shown as it was understood.
                ModelState.Clear();
                await page.TryAsync(model, cancellationToken);
            }

            return View(Views + "Promises.cshtml", model);
        });

    /// <summary>What would have been sent.</summary>
    [HttpGet]
    [CheckPermission(SupportPermissions.Configure)]
    public Task<IActionResult> DryRun(CancellationToken cancellationToken) =>
        CarefullyAsync(async () => View(Views + "DryRun.cshtml", await Page<DryRunPage>().ReadAsync(cancellationToken)));

    private AdminWords Words => services.GetRequiredService<AdminWords>();

    private T Page<T>()
        where T : notnull => services.GetRequiredService<T>();

    private async Task<IActionResult> BackAsync(bool isDone, string key)
    {
        if (isDone)
        {
            notifications.SuccessNotification(await Words.OfAsync(key));
        }
        else
        {
            notifications.ErrorNotification(await Words.OfAsync("Admin.Health.Engine.Off"));
        }

        return RedirectToAction(nameof(Overview));
    }

    private async Task<bool> AddAsync(IReadOnlyList<SettingFault> faults)
    {
        foreach (var fault in faults)
        {
            ModelState.AddModelError(fault.Field, await Words.OfAsync(fault.Key, fault.Value));
        }

        return faults.Count == 0;
    }

    // Whatever fails here is the plugin's own trouble, and the admin goes on.
    private async Task<IActionResult> CarefullyAsync(Func<Task<IActionResult>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Page<EngineJournal>().Add(LogLevel.Error, $"A page of the admin failed: {exception.Message}", exception);
            return View(Views + "Trouble.cshtml");
        }
    }
}
