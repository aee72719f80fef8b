using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Text;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Email;

/// <summary>Writes a message as a mail: the same message is the same bytes, on every machine and at every time.</summary>
internal static class Mail
{
    public static bool TryCreate(OutboundMessage message, [NotNullWhen(true)] out byte[]? mail, [NotNullWhen(false)] out string? refusal)
    {
        mail = null;
        if (string.IsNullOrEmpty(message.From))
        {
            refusal = "The message names no sender. Set Brand.EmailFrom of its shop.";
            return false;
        }

        if (!MailAddress.TryParse(message.From, message.FromName, out var from))
        {
            refusal = "The sender's address is not an e-mail address. Correct Brand.EmailFrom of its shop.";
            return false;
        }

        if (!MailAddress.TryParse(message.To.Value, message.ToName, out var to))
        {
            refusal = "The customer's address is not an e-mail address.";
            return false;
        }

        using var created = Create(message, from, to);
        mail = Write(created, MailAddress.NeedsUtf8(from) || MailAddress.NeedsUtf8(to));
        refusal = null;
        return true;
    }

    private static MimeMessage Create(OutboundMessage message, MailboxAddress from, MailboxAddress to)
    {
        var mail = new MimeMessage
        {
            Date = message.DecidedAt,
            Subject = MailText.OneLine(message.Subject),
            MessageId = $"{message.Id}@{MailAddress.AsciiDomain(from)}",
            Body = Body(message),
        };
        mail.From.Add(from);
        mail.To.Add(to);
        // RFC 3834, section 5: no human wrote it, and it answers nothing; vacation responders stay silent (section 2).
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        // Exchange looks at a header of its own instead ([MS-OXCMAIL] 2.1.3.2.20). Not All: it would suppress the reports
        // that a mail could not be delivered, and these are wanted. What a person writes comes through in any case.
        mail.Headers.Add("X-Auto-Response-Suppress", "OOF, AutoReply");
        if (message.Order is { } order)
        {
            mail.Headers.Add(SupportHeader.Create("X-Support-Order", order.ToString()));
        }

        mail.Headers.Add(SupportHeader.Create("X-Support-Occasion", message.Occasion));
        return mail;
    }

    private static MimeEntity Body(OutboundMessage message)
    {
        var text = Part(TextFormat.Plain, message.Text);
        MimeEntity body = text;
        if (message.Html is { Length: > 0 } html)
        {
            // Readers show the last part that they understand, so HTML follows text (RFC 2046, section 5.1.4).
            body = new MultipartAlternative(text, Part(TextFormat.Html, html)) { Boundary = Boundary(message.Id) };
        }

        if (message.Culture.Length > 0 && message.Culture.All(character => char.IsAsciiLetterOrDigit(character) || character is '-'))
        {
            body.Headers.Add(HeaderId.ContentLanguage, message.Culture);
        }

        return body;
    }

    // Quoted-printable passes every server unharmed and leaves English readable in the file.
    private static TextPart Part(TextFormat format, string content)
    {
        var part = new TextPart(format) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, content);
        return part;
    }

    // "=_" cannot occur in a quoted-printable part (RFC 2045, section 6.7), so no text can end the mail.
    private static string Boundary(string id) => $"=_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16))}";

    private static byte[] Write(MimeMessage message, bool utf8Headers)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = utf8Headers;
        using var stream = new MemoryStream();
        message.WriteTo(format, stream);
        return stream.ToArray();
    }
}
