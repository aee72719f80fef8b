using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Web.Framework.Mvc.Filters;
using Support.Sdk.Deliveries;
using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>The tickets of a store, and one of them with its clocks, its conversation and what can be done about it.</summary>
public sealed class SupportTicketsController(IServiceProvider services) : DeskController(services)
{
    private const int MaxText = 200;
    private const int MaxRequestId = 64;

    /// <summary>A page of the tickets.</summary>
    [HttpGet]
    [CheckPermission(SupportPermissions.Tickets)]
    public Task<IActionResult> List(
        int? store = null,
        TicketShow show = TicketShow.Open,
        TicketOrder sort = TicketOrder.Newest,
        string? order = null,
        string? tag = null,
        long? after = null,
        long? due = null
    ) =>
        OnStoreAsync(
            store,
            async found =>
            {
                var asked = new TicketListModel
                {
                    Store = found.Choice,
                    Show = Enum.IsDefined(show) ? show : TicketShow.Open,
                    Sort = Enum.IsDefined(sort) ? sort : TicketOrder.Newest,
                    Order = Short(order),
                    Tag = Short(tag),
                };
                return Page("Tickets", await Get<TicketPages>().ListAsync(found, asked, Place(asked.Sort, after, due), await AgentAsync(), Aborted));
            }
        );

    /// <summary>One ticket.</summary>
    [HttpGet]
    [CheckPermission(SupportPermissions.Tickets)]
    public Task<IActionResult> Details(long id, int? store = null) => OnStoreAsync(store, found => ShowAsync(found, id, new TicketDraftModel()));

    /// <summary>Writes to the customer.</summary>
    [HttpPost]
    [ValidateAntiForgeryToken]
    [CheckPermission(SupportPermissions.Tickets)]
    [RequestSizeLimit(PostedFiles.MostInForm)]
    public Task<IActionResult> Reply(long id, TicketReplyForm form, int? store = null) =>
        OnStoreAsync(
            store,
            async found =>
            {
                var draft = new TicketDraftModel
                {
                    Reply = form.Text ?? "",
                    Status = form.Status,
                    NextWordBy = form.NextWordBy,
                };
                var nextWordBy = found.Times.Read(form.NextWordBy);
                if ((await FaultAsync(form.Text) ?? await FaultAsync(form.NextWordBy, nextWordBy) ?? await FaultAsync(form.Files)) is { } fault)
                {
                    return await ShowAsync(found, id, draft with { Refusal = fault });
                }

                var reply = new TicketReply
                {
                    Text = form.Text!,
                    Status = Enum.IsDefined(form.Status) && form.Status != TicketStatus.New ? form.Status : TicketStatus.Pending,
                    NextWordBy = nextWordBy,
                    RequestId = RequestId(form.RequestId),
                    Version = form.Version,
                };
                var key = new TicketKey(found.Shop.Id, id);
                return await ActAsync(
                    found,
                    key,
                    draft,
                    "Ticket.Replied",
                    async (desk, by) =>
                    {
                        var files = await PostedFiles.SaveAsync(found.Engine, key.Shop, form.Files, Aborted);
                        return await desk.ReplyAsync(key, reply with { Attachments = files }, by, Aborted);
                    }
                );
            }
        );

    /// <summary>Writes something down that the customer never sees.</summary>
    [HttpPost]
    [ValidateAntiForgeryToken]
    [CheckPermission(SupportPermissions.Tickets)]
    public Task<IActionResult> Note(long id, TicketNoteForm form, int? store = null) =>
        OnStoreAsync(
            store,
            async found =>
            {
                var draft = new TicketDraftModel { Note = form.Text ?? "" };
                if (await FaultAsync(form.Text) is { } fault)
                {
                    return await ShowAsync(found, id, draft with { Refusal = fault });
                }

                var note = new TicketNote
                {
                    Text = form.Text!,
                    RequestId = RequestId(form.RequestId),
                    Version = form.Version,
                };
                var key = new TicketKey(found.Shop.Id, id);
                return await ActAsync(found, key, draft, "Ticket.Noted", (desk, by) => desk.NoteAsync(key, note, by, Aborted));
            }
        );

    /// <summary>Changes how the ticket stands, how urgent it is, who answers, and its tags.</summary>
    [HttpPost]
    [ValidateAntiForgeryToken]
    [CheckPermission(SupportPermissions.Tickets)]
    public Task<IActionResult> Change(long id, TicketChangeForm form, int? store = null) =>
        OnStoreAsync(
            store,
            async found =>
            {
                var key = new TicketKey(found.Shop.Id, id);
                if (await found.Get<ITickets>().FindAsync(key, Aborted) is not { Ticket: var ticket })
                {
                    return NotFound();
                }

                string[] tags = [.. (form.Tags ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
                var edit = new TicketEdit
                {
                    Status = form.Status is { } status && Enum.IsDefined(status) && status != ticket.Status ? status : null,
                    Priority = form.Priority is { } priority && Enum.IsDefined(priority) ? priority : null,
                    Assignee = Short(form.Assignee) ?? "",
                    AddTags = [.. tags.Except(ticket.Tags, StringComparer.Ordinal)],
                    RemoveTags = [.. ticket.Tags.Except(tags, StringComparer.Ordinal)],
                    RequestId = RequestId(form.RequestId),
                    Version = form.Version,
                };
                return await ActAsync(found, key, new TicketDraftModel(), "Ticket.Changed", (desk, by) => desk.ChangeAsync(key, edit, by, Aborted));
            }
        );

    /// <summary>Hands out a file of a ticket, to be saved and not shown.</summary>
    [HttpGet]
    [CheckPermission(SupportPermissions.Tickets)]
    public Task<IActionResult> Attachment(long id, string file, int? store = null) =>
        OnStoreAsync(
            store,
            async found =>
            {
                if (await TicketFiles.OpenAsync(found, new TicketKey(found.Shop.Id, id), file ?? "", Aborted) is not { } opened)
                {
                    return NotFound();
                }

                // Whoever sent it chose its type and name: no page of the shop runs what is in it.
                Response.Headers.XContentTypeOptions = "nosniff";
                Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
                Response.Headers.CacheControl = "no-store";
                return File(opened.Content, "application/octet-stream", opened.File.Name);
            }
        );

    private async Task<IActionResult> ActAsync(
        DeskStore store,
        TicketKey key,
        TicketDraftModel draft,
        string done,
        Func<ITicketDesk, string, Task<TicketResult>> act
    )
    {
        string? refusal;
        try
        {
            var result = await act(store.Get<ITicketDesk>(), await AgentAsync());
            if (result.Outcome == TicketOutcome.NotFound)
            {
                return NotFound();
            }

            refusal = result.Outcome switch
            {
                TicketOutcome.Done => null,
                TicketOutcome.Overtaken => await WordAsync("Ticket.Overtaken"),
                _ => result.Refusal,
            };
        }
        catch (ArgumentException)
        {
            refusal = await WordAsync("Ticket.Impossible");
        }

        if (refusal is not null)
        {
            return await ShowAsync(store, key.Number, draft with { Refusal = refusal });
        }

        await SayAsync(done);
        // A reload of the answer must not do it again.
        return RedirectToAction(nameof(Details), new { id = key.Number, store = store.Id });
    }

    private async Task<IActionResult> ShowAsync(DeskStore store, long number, TicketDraftModel draft) =>
        await Get<TicketPages>().FindAsync(store, new TicketKey(store.Shop.Id, number), draft, Aborted) is { } ticket ? Page("Ticket", ticket) : NotFound();

    private async Task<string?> FaultAsync(string? text) =>
        string.IsNullOrWhiteSpace(text) ? await WordAsync("Ticket.TextMissing")
        : text.Length > InboundMessage.MaxText ? await WordAsync("Ticket.TextTooLong")
        : null;

    private async Task<string?> FaultAsync(IList<IFormFile>? files) =>
        files?.Count > PostedFiles.Most || PostedFiles.TooLarge(files) is not null || files?.Sum(file => file.Length) > MessageAttachment.MaxTotalBytes
            ? await WordAsync("Ticket.FilesTooMuch")
            : null;

    private async Task<string?> FaultAsync(string? entered, DateTimeOffset? nextWordBy) =>
        !string.IsNullOrWhiteSpace(entered) && !(nextWordBy > Now) ? await WordAsync("Ticket.NextWordWrong") : null;

    private static TicketPlace? Place(TicketOrder sort, long? after, long? due) =>
        after is not { } number ? null
        : sort != TicketOrder.Due ? new TicketPlace(number)
        : due is { } ticks && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new TicketPlace(number, new DateTimeOffset(ticks, TimeSpan.Zero))
        : null;

    // Sealed into the form: a double click is one act.
    private static string? RequestId(string? id) => id is { Length: > 0 and <= MaxRequestId } && id.All(char.IsAsciiLetterOrDigit) ? id : null;

    private static string? Short(string? text) => text?.Trim() is { Length: > 0 and <= MaxText } value ? value : null;
}
