using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Sdk.Customers;
using Support.Sdk.Intake;
using Support.Sdk.Links;
using Support.Sdk.Sweep;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Forms;

/// <summary>What every message that is written on a page passes: the traps for robots, its own faults, the limits, the shop's guards; then the inbox.</summary>
internal sealed partial class FormGate(
    SupportStart start,
    ISupportIntake intake,
    IContentStore contents,
    IOptions<ContentOptions> options,
    IEnumerable<IContactGuard> guards,
    FormJudge judge,
    TimeProvider time,
    ILogger<FormGate> logger
)
{
    private const int EventIdBytes = 16;

    private static readonly TimeSpan StoreAway = TimeSpan.FromSeconds(30);

    /// <summary>The stamp that a form carries: the one that it was shown with before, or a new one.</summary>
    /// <param name="target">The form.</param>
    /// <param name="again">How it was sent before, or null when it is shown for the first time.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public async Task<string> StampAsync(IFormTarget target, FormAnswer? again, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Who has filled it in already only has to press the button.
        var stamp = again?.Stamp ?? FormSeal.Stamp(again is null ? now : now - FormJudge.Fastest);
        return (await start.EnsureAsync(cancellationToken)).Forms.Seal(stamp, target.Scope);
    }

    /// <summary>Takes a form that a browser sent.</summary>
    public async Task<FormAnswer> FormAsync(HttpContext context, IFormTarget target)
    {
        var seal = (await start.EnsureAsync(context.RequestAborted)).Forms;
        var form = new PostedForm();
        var stamp = new Lazy<FormStamp?>(() => seal.Open(form.Fields.GetValueOrDefault(FormFields.Stamp), target.Scope));
        // Judged before the first file is kept, and only once: it counts.
        var judgement = new Lazy<FormAnswer?>(() => judge.Of(target, form, stamp.Value, context.Connection.RemoteIpAddress));
        try
        {
            await new FormReader(contents, options.Value).ReadAsync(
                context.Request,
                form,
                target.Shop.Id,
                () => judgement.Value is null,
                context.RequestAborted
            );
            var answer =
                form.IsBroken ? FormJudge.Answer(form, FormOutcome.Broken, stamp.Value)
                : judgement.Value is { } refusal ? refusal
                : FormJudge.Files(target, form, stamp.Value, options.Value) ?? await TakeAsync(context, target, form, stamp.Value!);
            if (answer is { Outcome: FormOutcome.Accepted, IsNew: true })
            {
                return answer;
            }

            await contents.RemoveAsync(target.Shop.Id, [.. form.Files.Select(file => file.Id)], CancellationToken.None);
            return answer with { LostFiles = form.Chosen > 0 };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whether it was kept is not known, so its files stay: those of no ticket go by themselves.
            LogAway(exception, target.Shop.Id);
            return FormJudge.Answer(form, FormOutcome.Busy, stamp.Value) with { RetryAfter = StoreAway, LostFiles = form.Chosen > 0 };
        }
    }

    /// <summary>Takes a message that came as data. There was no form, so nothing tells how long it was open.</summary>
    /// <param name="context">The request.</param>
    /// <param name="target">What would be the form.</param>
    /// <param name="form">The fields.</param>
    /// <param name="id">What makes a repetition one message, or null.</param>
    public async Task<FormAnswer> DataAsync(HttpContext context, IFormTarget target, PostedForm form, string? id)
    {
        var shown = FormSeal.Stamp(time.GetUtcNow() - FormJudge.Fastest);
        var stamp = id is null ? shown : shown with { Id = Encoding.UTF8.GetBytes(id) };
        try
        {
            return judge.Of(target, form, stamp, context.Connection.RemoteIpAddress) ?? await TakeAsync(context, target, form, stamp);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogAway(exception, target.Shop.Id);
            return FormJudge.Answer(form, FormOutcome.Busy, stamp) with { RetryAfter = StoreAway };
        }
    }

    private async Task<FormAnswer> TakeAsync(HttpContext context, IFormTarget target, PostedForm form, FormStamp stamp)
    {
        // What stood behind the files was not there yet when the form was judged.
        var draft = target.Draft(form.Fields, form.Chosen > 0, time.GetUtcNow());
        return FormJudge.Faults(target, form, draft, stamp)
            ?? await AskAsync(context, target, form, draft.Message!, stamp)
            ?? await AcceptAsync(target, form, draft.Message!, stamp);
    }

    private async Task<FormAnswer?> AskAsync(HttpContext context, IFormTarget target, PostedForm form, InboundMessage message, FormStamp stamp)
    {
        if (!target.AsksGuards)
        {
            return null;
        }

        var attempt = new ContactAttempt
        {
            Message = message,
            Fields = form.Fields,
            Address = context.Connection.RemoteIpAddress?.ToString(),
            Culture = target.Culture.Name,
        };
        foreach (var guard in guards)
        {
            if (await AskAsync(guard, attempt, context.RequestAborted) is { } sentence)
            {
                LogRefused(target.Shop.Id, guard.GetType().Name);
                return FormJudge.Answer(form, FormOutcome.Refused, stamp) with { Faults = [new FormFault(FormFields.Guard, sentence)] };
            }
        }

        return null;
    }

    private async Task<string?> AskAsync(IContactGuard guard, ContactAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await guard.CheckAsync(attempt, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogGuardFailed(exception, guard.GetType().Name);
            return null;
        }
    }

    private async Task<FormAnswer> AcceptAsync(IFormTarget target, PostedForm form, InboundMessage draft, FormStamp stamp)
    {
        var id = EventId(draft, form, stamp);
        var message = draft with { EventId = id, Attachments = form.Files, From = target.IsAnonymous ? new ContactPoint(Customer.Visitor, id) : draft.From };
        try
        {
            // All of it is here: a browser that has gone meanwhile, as on a double click, is no reason to lose it.
            var added = await intake.AcceptAsync([message], CancellationToken.None);
            return FormJudge.Answer(form, FormOutcome.Accepted, stamp) with { EventId = id, IsNew = added > 0 };
        }
        catch (IntakeBusyException busy)
        {
            return FormJudge.Answer(form, FormOutcome.Busy, stamp) with { RetryAfter = busy.RetryAfter };
        }
        catch (ArgumentException)
        {
            // Letters that take several characters to store add up.
            return FormJudge.Answer(form, FormOutcome.TooLarge, stamp) with
            {
                Faults = [new FormFault(FormFields.Message, new FormWords(target.Culture).TooLong)],
            };
        }
    }

    // The same form sent twice is one event; another text in it, after the way back, is another one.
    private static string EventId(InboundMessage draft, PostedForm form, FormStamp stamp)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(stamp.Id);
        hash.AppendData(Encoding.UTF8.GetBytes(SupportJson.Write(draft with { SentAt = DateTimeOffset.UnixEpoch })));
        foreach (var file in form.Files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"\n{file.Length} {file.Name}")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, EventIdBytes));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A message to shop {Shop} was not taken: {Guard} refused it.")]
    private partial void LogRefused(string shop, string guard);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Guard} failed, so a message passed without it.")]
    private partial void LogGuardFailed(Exception exception, string guard);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message to shop {Shop} could not be kept; its writer was asked to send it again.")]
    private partial void LogAway(Exception exception, string shop);
}
