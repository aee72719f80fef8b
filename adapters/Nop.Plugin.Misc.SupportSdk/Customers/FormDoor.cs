using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Support.Sdk;
using Support.Sdk.Intake;
using Support.Sdk.Links;
using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>What every message that is written on a page passes: the traps for robots, its own faults, the limits; then the inbox.</summary>
internal sealed class FormDoor(PostLimits limits, IWebHelper web, TimeProvider time)
{
    private const int EventIdBytes = 16;

    // Nobody reads a form and answers it faster.
    private static readonly TimeSpan Fastest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan OpenFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>The stamp of a form that is shown.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="scope">What the form is for.</param>
    /// <param name="isAgain">True when it was filled in before: then it only has to be sent.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<string> StampAsync(SupportEngine engine, string scope, bool isAgain, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return (await engine.FormsAsync(cancellationToken)).Seal(FormSeal.Stamp(isAgain ? now - Fastest : now), scope);
    }

    /// <summary>Takes a message.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="form">The form as it was sent.</param>
    /// <param name="scope">What the form is for.</param>
    /// <param name="faults">What is wrong with its fields.</param>
    /// <param name="draft">Makes the message, but for its files; asked only when nothing is wrong.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<FormOutcome> TakeAsync(
        SupportEngine engine,
        FormInput form,
        string scope,
        IReadOnlyCollection<FieldFault> faults,
        Func<InboundMessage> draft,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        // A robot is told what everybody is told.
        if (!string.IsNullOrEmpty(form.Website))
        {
            return FormOutcome.Accepted;
        }

        var stamp = (await engine.FormsAsync(cancellationToken)).Open(form.Stamp, scope);
        if (stamp is null || stamp.ShownAt + OpenFor < now || stamp.ShownAt > now + ClocksDiffer)
        {
            return FormOutcome.Stale;
        }

        if (now - stamp.ShownAt < Fastest)
        {
            return FormOutcome.Accepted;
        }

        if (faults.Count > 0)
        {
            return FormOutcome.Faulty;
        }

        return limits.Take(web.GetCurrentIpAddress()) ? await AcceptAsync(engine, draft(), form.Files, stamp, cancellationToken) : FormOutcome.Limited;
    }

    private static async Task<FormOutcome> AcceptAsync(
        SupportEngine engine,
        InboundMessage draft,
        IList<IFormFile>? files,
        FormStamp stamp,
        CancellationToken cancellationToken
    )
    {
        // Nobody's files are kept before the message may be taken.
        var saved = await PostedFiles.SaveAsync(engine, draft.ShopId, files, cancellationToken);
        try
        {
            // All of it is here: a browser that has gone meanwhile, as on a double click, is no reason to lose it.
            await engine.Intake.AcceptAsync([draft with { EventId = EventId(draft, saved, stamp), Attachments = saved }], CancellationToken.None);
            return FormOutcome.Accepted;
        }
        catch (IntakeBusyException)
        {
            return FormOutcome.Limited;
        }
    }

    // The same form sent twice is one event; another text in it, after the way back, is another one.
    private static string EventId(InboundMessage draft, IReadOnlyList<ContentReference> files, FormStamp stamp)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(stamp.Id);
        hash.AppendData(Encoding.UTF8.GetBytes(SupportJson.Write(draft with { SentAt = DateTimeOffset.UnixEpoch })));
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"\n{file.Length} {file.Name}")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, EventIdBytes));
    }
}

/// <summary>What became of a form.</summary>
internal enum FormOutcome
{
    /// <summary>It is in the inbox, or a robot sent it.</summary>
    Accepted,

    /// <summary>It was open for too long, or is no form of ours.</summary>
    Stale,

    /// <summary>A field is missing or makes no sense.</summary>
    Faulty,

    /// <summary>Too many came.</summary>
    Limited,
}
