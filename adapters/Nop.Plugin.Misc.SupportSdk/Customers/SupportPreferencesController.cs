using Microsoft.AspNetCore.Mvc;
using Support.Sdk.Links;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>What a person is told, behind a signed link.</summary>
/// <remarks>Reading changes nothing, because mail scanners and previews open every link; only the form does.</remarks>
public sealed class SupportPreferencesController : SupportPageController
{
    private const int MaxBody = 32 * 1024;

    /// <summary>Shows the choices.</summary>
    /// <param name="token">The link.</param>
    /// <param name="saved">Whether choices were just saved.</param>
    [HttpGet]
    public Task<IActionResult> Open(string token, bool saved = false) =>
        AnswerLinkAsync(
            token,
            LinkPurpose.Preferences,
            async (engine, visitor, link) =>
                Page("Preferences", await Get<PreferenceDesk>().ModelAsync(engine, link, visitor.Culture, Gone) with { IsSaved = saved })
        );

    /// <summary>Saves the choices.</summary>
    /// <param name="token">The link.</param>
    /// <param name="input">The form.</param>
    [HttpPost]
    [ValidateAntiForgeryToken]
    [RequestSizeLimit(MaxBody)]
    public Task<IActionResult> Open(string token, PreferenceInput input) =>
        AnswerLinkAsync(
            token,
            LinkPurpose.Preferences,
            async (engine, _, link) =>
            {
                await Get<PreferenceDesk>().SaveAsync(engine, link, input, Gone);
                return SeeOther($"~/{Pages.Preferences}/{(await engine.SealAsync(Gone)).Seal(link)}?saved=true");
            }
        );
}
