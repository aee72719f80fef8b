using System.Globalization;
using System.Net.Mail;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Services.Messages;
using Nop.Web.Framework.Mvc.Filters;
using Support.Sdk;
using Support.Sdk.Deliveries;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>What was told, and what waits for a person to release it.</summary>
public sealed class SupportMessagesController(IServiceProvider services) : DeskController(services)
{
    private const int MaxText = 200;
    private const int MaxAddress = 320;

    /// <summary>A page of the log.</summary>
    [HttpGet]
    [CheckPermission(SupportPermissions.Messages)]
    public Task<IActionResult> List(int? store = null, MessageShow show = MessageShow.All, string? order = null, string? after = null) =>
        OnStoreAsync(
            store,
            async found =>
            {
                var asked = new MessageListModel
                {
                    Store = found.Choice,
                    Show = Enum.IsDefined(show) ? show : MessageShow.All,
                    Order = order?.Trim() is { Length: > 0 and <= MaxText } number ? number : null,
                    After = after is { Length: > 0 and <= MaxText } ? after : null,
                };
                return Page("Messages", await Get<MessagePages>().ListAsync(found, asked, Aborted));
            }
        );

    /// <summary>One message as it was written.</summary>
    [HttpGet]
    [CheckPermission(SupportPermissions.Messages)]
    public Task<IActionResult> Details(string id, int? store = null) =>
        OnStoreAsync(
            store,
            async found =>
                await MessagePages.FindAsync(found, id ?? "", Aborted) is { } delivery ? Page("Message", MessagePages.Whole(found, delivery)) : NotFound()
        );

    /// <summary>Sends a message that was held.</summary>
    [HttpPost]
    [ValidateAntiForgeryToken]
    [CheckPermission(SupportPermissions.Messages)]
    public Task<IActionResult> Release(string id, int? store = null) =>
        ActAsync(id, store, "Message.Released", async (desk, by) => await desk.ReleaseAsync(id, by, Aborted));

    /// <summary>Decides that a message is not sent.</summary>
    [HttpPost]
    [ValidateAntiForgeryToken]
    [CheckPermission(SupportPermissions.Messages)]
    public Task<IActionResult> Discard(string id, string reason, int? store = null) =>
        ActAsync(
            id,
            store,
            "Message.Discarded",
            async (desk, by) =>
                reason?.Trim() is { Length: > 0 and <= MaxText } text
                    ? await desk.DiscardAsync(id, by, text, Aborted)
                    : DeskResult.Refused(await WordAsync("Message.ReasonMissing"))
        );

    /// <summary>Sends a message once more, to the same address or another.</summary>
    [HttpPost]
    [ValidateAntiForgeryToken]
    [CheckPermission(SupportPermissions.Messages)]
    public Task<IActionResult> Resend(string id, string? to = null, int? store = null) =>
        OnStoreAsync(
            store,
            async found =>
            {
                if (await MessagePages.FindAsync(found, id ?? "", Aborted) is not { Message: var message })
                {
                    return NotFound();
                }

                var address = to?.Trim() ?? "";
                var result =
                    address.Length == 0 || IsAddress(message.To.Channel, address)
                        ? await found
                            .Get<IDeliveryDesk>()
                            .ResendAsync(message.Id, await OperatorAsync(), address.Length == 0 ? null : message.To with { Value = address }, Aborted)
                        : DeskResult.Refused(await WordAsync("Message.AddressWrong"));
                return await AfterAsync(found, message.Id, result, "Message.Resent");
            }
        );

    /// <summary>Sends every message of a store that is held.</summary>
    [HttpPost]
    [ValidateAntiForgeryToken]
    [CheckPermission(SupportPermissions.Messages)]
    public Task<IActionResult> ReleaseAll(int? store = null) =>
        OnStoreAsync(
            store,
            async found =>
            {
                var (desk, by) = (found.Get<IDeliveryDesk>(), await OperatorAsync());
                var released = 0;
                // The oldest first: that is the order in which they were to be read.
                foreach (var delivery in (await MessagePages.HeldAsync(found, Aborted)).Reverse())
                {
                    released += (await desk.ReleaseAsync(delivery.Message.Id, by, Aborted)).IsDone ? 1 : 0;
                }

                var words = string.Format(CultureInfo.CurrentCulture, await WordAsync("Messages.ReleasedAll"), released);
                Get<INotificationService>().SuccessNotification(words);
                return RedirectToAction(nameof(List), new { store = found.Id, show = nameof(MessageShow.Held) });
            }
        );

    private Task<IActionResult> ActAsync(string id, int? store, string done, Func<IDeliveryDesk, string, Task<DeskResult>> act) =>
        OnStoreAsync(
            store,
            async found =>
                await MessagePages.FindAsync(found, id ?? "", Aborted) is { } delivery
                    ? await AfterAsync(found, delivery.Message.Id, await act(found.Get<IDeliveryDesk>(), await OperatorAsync()), done)
                    : NotFound()
        );

    // A reload of the answer must not do it again.
    private async Task<IActionResult> AfterAsync(DeskStore store, string id, DeskResult result, string done)
    {
        if (result.IsDone)
        {
            await SayAsync(done);
        }
        else
        {
            Refuse(result.Refusal ?? "");
        }

        return RedirectToAction(nameof(Details), new { id = result.DeliveryId ?? id, store = store.Id });
    }

    private static bool IsAddress(string channel, string address) =>
        address.Length <= MaxAddress
        && !address.Any(char.IsControl)
        && (
            !string.Equals(channel, "email", StringComparison.Ordinal)
            || (MailAddress.TryCreate(address, out var parsed) && string.Equals(parsed.Address, address, StringComparison.Ordinal))
        );
}
