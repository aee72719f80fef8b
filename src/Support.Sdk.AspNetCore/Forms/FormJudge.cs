using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Support.Sdk.AspNetCore.ContactForms;
using Support.Sdk.Links;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Forms;

/// <summary>Decides whether a form is taken: the traps for robots first, then its faults, then the limits.</summary>
internal sealed partial class FormJudge(ContactLimits limits, TimeProvider time, ILogger<FormJudge> logger)
{
    /// <summary>Nobody reads a form and answers it faster.</summary>
    public static readonly TimeSpan Fastest = TimeSpan.FromSeconds(2);

    private const int EventIdBytes = 16;
    private static readonly TimeSpan OpenFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>Why it is not taken, or null to take it. Room is taken for it then.</summary>
    public FormAnswer? Of(IFormTarget target, PostedForm form, FormStamp? stamp, IPAddress? address)
    {
        var now = time.GetUtcNow();
        if (form.Fields.GetValueOrDefault(FormFields.Trap) is { Length: > 0 } || form.Overlong.Contains(FormFields.Trap))
        {
            return Robot(target, form, "a hidden field was filled in");
        }

        if (stamp is null && form.IsCut)
        {
            return Answer(form, FormOutcome.TooLarge, stamp) with { Faults = [new FormFault(FormFields.Files, new FormWords(target.Culture).TooMuch)] };
        }

        if (stamp is null || stamp.ShownAt + OpenFor < now || stamp.ShownAt > now + ClocksDiffer)
        {
            return Answer(form, FormOutcome.Stale, stamp: null);
        }

        if (now - stamp.ShownAt < Fastest)
        {
            return Robot(target, form, "it came faster than a person writes");
        }

        if (Faults(target, form, target.Draft(form.Fields, form.Chosen > 0, now), stamp) is { } faulty)
        {
            return faulty;
        }

        return limits.Take(target.Shop.Id, address) is { } pause ? Limited(target, form, stamp, address, pause) : null;
    }

    /// <summary>What is wrong with the fields, or null: then there is a message.</summary>
    public static FormAnswer? Faults(IFormTarget target, PostedForm form, FormDraft draft, FormStamp? stamp)
    {
        var words = new FormWords(target.Culture);
        var faults = draft.Faults.Where(fault => !form.Overlong.Contains(fault.Field)).ToList();
        faults.AddRange(
            form.Overlong.Select(field => new FormFault(
                field,
                string.Equals(field, FormFields.Message, StringComparison.Ordinal) ? words.FarTooLong : words.TooMuch
            ))
        );
        if (form.IsCut && form.Overlong.Count == 0)
        {
            faults.Add(new FormFault(FormFields.Files, words.TooMuch));
        }

        var isTooLarge = form.IsCut || form.Overlong.Count > 0 || form.Fields.GetValueOrDefault(FormFields.Message)?.Length > InboundMessage.MaxText;
        return faults.Count == 0 ? null : Answer(form, isTooLarge ? FormOutcome.TooLarge : FormOutcome.Faulty, stamp) with { Faults = faults };
    }

    /// <summary>What is wrong with the files, or null.</summary>
    public static FormAnswer? Files(IFormTarget target, PostedForm form, FormStamp? stamp, ContentOptions options)
    {
        var words = new FormWords(target.Culture);
        var tooLarge = form.TooLarge.Select(name => words.FileTooLarge(name, options.MaxBytes));
        var sentences = form.IsCut ? tooLarge.Append(words.TooMuch) : tooLarge;
        if (sentences.Any())
        {
            return Answer(form, FormOutcome.TooLarge, stamp) with { Faults = [.. sentences.Select(text => new FormFault(FormFields.Files, text))] };
        }

        return form.Chosen > options.MaxFiles
            ? Answer(form, FormOutcome.Faulty, stamp) with
            {
                Faults = [new FormFault(FormFields.Files, words.TooManyFiles(options.MaxFiles))],
            }
            : null;
    }

    public static FormAnswer Answer(PostedForm form, FormOutcome outcome, FormStamp? stamp) =>
        new()
        {
            Outcome = outcome,
            Fields = form.Fields,
            Stamp = stamp,
        };

    private FormAnswer Robot(IFormTarget target, PostedForm form, string why)
    {
        LogRobot(target.Shop.Id, why, limits.CountRobot());
        // It is told what everybody is told.
        return Answer(form, FormOutcome.Robot, stamp: null) with
        {
            EventId = RandomNumberGenerator.GetHexString(EventIdBytes * 2, lowercase: true),
            IsNew = true,
        };
    }

    private FormAnswer Limited(IFormTarget target, PostedForm form, FormStamp stamp, IPAddress? address, TimeSpan pause)
    {
        if (limits.SuspectsProxy(address))
        {
            LogProxy(target.Shop.Id);
        }
        else
        {
            LogLimited(target.Shop.Id, pause);
        }

        return Answer(form, FormOutcome.Limited, stamp) with
        {
            RetryAfter = pause,
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A robot's message to shop {Shop} was not taken: {Why}. It is number {Count} since the start.")]
    private partial void LogRobot(string shop, string why, long count);

    [LoggerMessage(Level = LogLevel.Information, Message = "A message to shop {Shop} was not taken: too many came. There is room again in {Pause}.")]
    private partial void LogLimited(string shop, TimeSpan pause);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A message to shop {Shop} was not taken: too many came from this machine itself. If a proxy is in front, call UseForwardedHeaders(), or all customers count as one."
    )]
    private partial void LogProxy(string shop);
}
