using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;
using Support.Sdk.Links;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>A page for customers. Whatever fails behind it, the customer reads a sentence, and the shop goes on.</summary>
/// <remarks>What a controller of the shop asks for has to be public, and the plugin's parts are not; so they are asked for here.</remarks>
[CheckAccessPublicStore]
[CheckAccessClosedStore]
[AutoValidateAntiforgeryToken]
public abstract class SupportPageController : BasePluginController
{
    private protected CancellationToken Gone => HttpContext.RequestAborted;

    private protected T Get<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();

    private protected static string ViewPath(string name) => $"{SupportDefaults.ViewFolder}/Customer/{name}.cshtml";

    private protected IActionResult Page(string name, object? model) => View(ViewPath(name), model);

    /// <summary>Answers with what the engine knows, or with a friendly page while it cannot work.</summary>
    private protected async Task<IActionResult> AnswerAsync(Func<SupportEngine, Visitor, Task<IActionResult>> answer)
    {
        var headers = Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        try
        {
            if (await Get<SupportHost>().FindAsync(Gone) is { } engine)
            {
                return await answer(engine, await Get<Visitors>().FindAsync());
            }
        }
        catch (Exception exception) when (!Gone.IsCancellationRequested)
        {
            Get<EngineJournal>().Add(LogLevel.Warning, "A page of support for a customer failed.", exception);
        }

        return Unavailable();
    }

    /// <summary>The same for what an account has: guests are sent to the login.</summary>
    private protected Task<IActionResult> AnswerAccountAsync(Func<SupportEngine, Visitor, Task<IActionResult>> answer) =>
        AnswerAsync(
            async (engine, visitor) =>
                !visitor.IsRegistered ? Challenge()
                : engine.Serves(visitor.Shop) ? await answer(engine, visitor)
                : Unavailable()
        );

    /// <summary>The same for what a signed link opens.</summary>
    private protected Task<IActionResult> AnswerLinkAsync(
        string token,
        LinkPurpose purpose,
        Func<SupportEngine, Visitor, SignedLink, Task<IActionResult>> answer
    ) =>
        AnswerAsync(
            async (engine, visitor) =>
                await engine.Get<ISupportLinks>().ReadAsync(token, purpose, Gone) is { } link && engine.Serves(link.Shop)
                    ? await answer(engine, visitor, link)
                    : Broken()
        );

    // The shop's redirects put the store's address before a path, and do not know what ~ means.
    private protected IActionResult SeeOther(string path) => LocalRedirect($"{Request.PathBase}{path[1..]}");

    // It does not tell why: whoever guesses links learns nothing from it.
    private protected IActionResult Broken()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page("Broken", model: null);
    }

    private protected IActionResult Unavailable()
    {
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Page("Unavailable", model: null);
    }
}
