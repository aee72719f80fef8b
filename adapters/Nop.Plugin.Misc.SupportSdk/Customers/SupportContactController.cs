using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Security;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Web.Framework.Mvc.Filters;
using Support.Sdk.Links;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>The contact form: for everybody, and about an order for whoever holds its link.</summary>
public sealed class SupportContactController : SupportPageController
{
    /// <summary>Shows the form.</summary>
    /// <param name="order">An order of the account that it is about.</param>
    /// <param name="kind">What it is about.</param>
    /// <param name="sent">Whether a message was just received.</param>
    [HttpGet]
    public Task<IActionResult> Open(int? order = null, string? kind = null, bool sent = false) =>
        ShowAsync(new ContactInput { Order = order?.ToString(CultureInfo.InvariantCulture), Kind = kind }, sent);

    /// <summary>Takes a message.</summary>
    /// <param name="input">The form.</param>
    /// <param name="captchaValid">Whether the shop's own question was answered.</param>
    [HttpPost]
    [ValidateAntiForgeryToken]
    [ValidateCaptcha]
    [RequestSizeLimit(PostedFiles.MostInForm)]
    public Task<IActionResult> Open(ContactInput input, bool captchaValid) =>
        AnswerAsync(
            async (engine, visitor) =>
                engine.Serves(visitor.Shop)
                    ? await TakeAsync(engine, await Get<ContactDesk>().OfVisitorAsync(visitor), input, AsksCaptcha && !captchaValid)
                    : Unavailable()
        );

    /// <summary>Shows the form about an order, for whoever holds its link.</summary>
    /// <param name="token">The link.</param>
    /// <param name="sent">Whether a message was just received.</param>
    [HttpGet]
    public Task<IActionResult> Linked(string token, bool sent = false) =>
        AnswerLinkAsync(
            token,
            LinkPurpose.OrderStatus,
            async (engine, visitor, link) =>
                Page("Contact", await ModelAsync(engine, await ContactDesk.OfLinkAsync(engine, visitor, link, Gone), new ContactInput(), sent))
        );

    /// <summary>Takes a message about an order.</summary>
    /// <param name="token">The link.</param>
    /// <param name="input">The form.</param>
    [HttpPost]
    [ValidateAntiForgeryToken]
    [RequestSizeLimit(PostedFiles.MostInForm)]
    public Task<IActionResult> Linked(string token, ContactInput input) =>
        AnswerLinkAsync(
            token,
            LinkPurpose.OrderStatus,
            async (engine, visitor, link) => await TakeAsync(engine, await ContactDesk.OfLinkAsync(engine, visitor, link, Gone), input, isRobot: false)
        );

    private bool AsksCaptcha => Get<CaptchaSettings>() is { Enabled: true, ShowOnContactUsPage: true };

    private Task<IActionResult> ShowAsync(ContactInput input, bool isSent) =>
        AnswerAsync(
            async (engine, visitor) =>
                engine.Serves(visitor.Shop)
                    ? Page("Contact", await ModelAsync(engine, await Get<ContactDesk>().OfVisitorAsync(visitor), input, isSent))
                    : Unavailable()
        );

    private async Task<IActionResult> TakeAsync(SupportEngine engine, ContactTarget target, ContactInput input, bool isRobot)
    {
        var (desk, door) = (Get<ContactDesk>(), Get<FormDoor>());
        var draft = await desk.DraftAsync(engine, target, input, Gone);
        var faults = isRobot ? [.. draft.Faults, await desk.CaptchaFaultAsync()] : draft.Faults;
        var outcome = await door.TakeAsync(engine, input, target.Scope, faults, () => draft.Message!, Gone);
        if (outcome == FormOutcome.Accepted)
        {
            return SeeOther($"{target.Path}?sent=true");
        }

        var model = await ModelAsync(engine, target, input, isSent: false) with
        {
            Stamp = await door.StampAsync(engine, target.Scope, isAgain: true, Gone),
            Faults = outcome == FormOutcome.Faulty ? faults : [],
            Refusal = await desk.RefusalAsync(outcome),
        };
        Response.StatusCode = FormStatus.Of(outcome);
        return Page("Contact", model);
    }

    private async Task<ContactModel> ModelAsync(SupportEngine engine, ContactTarget target, ContactInput input, bool isSent) =>
        await Get<ContactDesk>().ModelAsync(target, input) with
        {
            Stamp = await Get<FormDoor>().StampAsync(engine, target.Scope, isAgain: false, Gone),
            IsSent = isSent,
            AsksCaptcha = target.Link is null && AsksCaptcha,
        };
}
