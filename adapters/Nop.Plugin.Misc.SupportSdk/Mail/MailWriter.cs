using System.Net;
using System.Net.Mail;
using System.Security.Cryptography;
using Nop.Core.Domain.Media;
using Nop.Core.Domain.Messages;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Configuration;
using Nop.Services.Media;
using Support.Sdk.Deliveries;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Makes of a message a row for the shop's mail queue, in the name of the store's mail account.</summary>
internal sealed class MailWriter(ISettingService settings, StoreAccounts accounts, IDownloadService downloads)
{
    // The queue's columns.
    private const int MaxAddress = 500;
    private const int MaxSubject = 1000;

    // What the shop gives its own notices to customers.
    private const int HighPriority = 5;

    public async Task<Letter> WriteAsync(OutboundMessage message, int storeId, DateTimeOffset now)
    {
        if (message.To.Value.Length > MaxAddress)
        {
            return new Letter { Refusal = DeliveryResult.Rejected("The address is longer than the shop's mail queue takes.") };
        }

        var own = await settings.LoadSettingAsync<SupportSettings>(storeId);
        if (await accounts.OfAsync(own) is not { } account)
        {
            return new Letter { Refusal = DeliveryResult.Retry("The shop has no mail account. Add one under Configuration > Email accounts.") };
        }

        var replyTo = ReplyTo(own.Contact);
        return new Letter
        {
            Mail = new QueuedEmail
            {
                PriorityId = HighPriority,
                From = account.Email,
                FromName = Short(account.DisplayName, MaxAddress),
                To = message.To.Value,
                ToName = Short(message.ToName, MaxAddress),
                ReplyTo = replyTo,
                ReplyToName = replyTo is null ? null : Short(account.DisplayName, MaxAddress),
                Subject = Short(message.Subject, MaxSubject),
                Body = message.Html ?? $"<p>{WebUtility.HtmlEncode(message.Text).ReplaceLineEndings("<br>")}</p>",
                CreatedOnUtc = now.UtcDateTime,
                EmailAccountId = account.Id,
            },
            File = MailFile.Of(message.Attachments),
        };
    }

    /// <summary>Keeps the file of a mail where the queue finds it.</summary>
    /// <returns>Its number, or 0 for none.</returns>
    public async Task<int> StoreAsync(MailFile? file)
    {
        if (file is null)
        {
            return 0;
        }

        var download = new Download
        {
            // Who knows it can fetch the file.
            DownloadGuid = new Guid(RandomNumberGenerator.GetBytes(16)),
            DownloadBinary = file.Content,
            ContentType = file.ContentType,
            Filename = Path.GetFileNameWithoutExtension(file.Name),
            Extension = Path.GetExtension(file.Name),
            DownloadUrl = "",
        };
        await downloads.InsertDownloadAsync(download);
        return download.Id;
    }

    // The contact may be a telephone or a page as well.
    private static string? ReplyTo(string? contact) =>
        contact?.Trim() is { Length: > 0 and <= MaxAddress } text
        && MailAddress.TryCreate(text, out var address)
        && string.Equals(address.Address, text, StringComparison.OrdinalIgnoreCase)
            ? text
            : null;

    private static string? Short(string? text, int max)
    {
        if (text is null || text.Length <= max)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
    }
}

/// <summary>A row for the queue, or why there is none.</summary>
internal sealed record Letter
{
    public QueuedEmail? Mail { get; init; }

    public MailFile? File { get; init; }

    public DeliveryResult? Refusal { get; init; }
}
