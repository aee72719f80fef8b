using System.Globalization;
using System.Text;
using MimeKit;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Email;

/// <summary>A message written as a mail: the same message is the same bytes, on every machine and at every time.</summary>
internal sealed class Mail : IDisposable
{
    // A header's line ends at 998 characters (RFC 5322, section 2.1.1), and escaping makes three of one, or more.
    private const int MaxLinkLength = 300;
    private static readonly FormatOptions AsciiHeaders = CreateFormat(utf8Headers: false);
    private static readonly FormatOptions Utf8Headers = CreateFormat(utf8Headers: true);

    private Mail(OutboundMessage message, MailboxAddress from, MailboxAddress to)
    {
        From = from;
        To = to;
        Body = MailBody.Of(message);
        Mime = Headed(message, from, to, Body);
    }

    public MailboxAddress From { get; }

    public MailboxAddress To { get; }

    public MimeMessage Mime { get; }

    public MailBody Body { get; }

    public bool NeedsUtf8 => MailAddress.NeedsUtf8(From) || MailAddress.NeedsUtf8(To);

    /// <summary>Writes a mail, or says why the message can be none.</summary>
    /// <param name="message">What to write.</param>
    /// <param name="refusal">Why there is no mail, without personal data; empty when there is one.</param>
    public static Mail? Create(OutboundMessage message, out string refusal)
    {
        if (string.IsNullOrEmpty(message.From))
        {
            refusal = "The message names no sender. Set Brand.EmailFrom of its shop.";
            return null;
        }

        if (!MailAddress.TryParse(message.From, message.FromName, out var from))
        {
            refusal = "The sender's address is not an e-mail address. Correct Brand.EmailFrom of its shop.";
            return null;
        }

        if (!MailAddress.TryParse(message.To.Value, message.ToName, out var to))
        {
            refusal = "The customer's address is not an e-mail address.";
            return null;
        }

        refusal = "";
        return new Mail(message, from, to);
    }

    public static FormatOptions Format(bool utf8Headers) => utf8Headers ? Utf8Headers : AsciiHeaders;

    public byte[] Write() => Write(headersOnly: false);

    /// <summary>The header lines and the empty line that ends them.</summary>
    public byte[] WriteHeaders() => Write(headersOnly: true);

    public void Dispose()
    {
        Mime.Dispose();
        Body.Dispose();
    }

    private byte[] Write(bool headersOnly)
    {
        using var stream = new MemoryStream(headersOnly ? 2048 : Body.Content.Length + 2048);
        Mime.WriteTo(Format(NeedsUtf8), stream, headersOnly, CancellationToken.None);
        return stream.ToArray();
    }

    // Without headers to begin with, MimeKit makes up none of its own, such as a random id.
    private static MimeMessage Headed(OutboundMessage message, MailboxAddress from, MailboxAddress to, MailBody body)
    {
        var mail = new MimeMessage(Array.Empty<Header>().AsEnumerable());
        mail.From.Add(from);
        mail.Headers.Add("Date", Date(message.DecidedAt));
        mail.Subject = MailText.OneLine(message.Subject);
        mail.MessageId = $"{message.Id}@{MailAddress.AsciiDomain(from)}";
        mail.To.Add(to);
        // RFC 3834, section 5: no human wrote it, and it answers nothing; vacation responders stay silent (section 2).
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        // Exchange looks at a header of its own instead ([MS-OXCMAIL] 2.1.3.2.20). Not All: it would suppress the reports
        // that a mail could not be delivered, and these are wanted. What a person writes comes through in any case.
        mail.Headers.Add("X-Auto-Response-Suppress", "OOF, AutoReply");
        AddUnsubscribe(message, mail.Headers);
        if (message.Order is { } order)
        {
            mail.Headers.Add(SupportHeader.Create("X-Support-Order", order.ToString()));
        }

        mail.Headers.Add(SupportHeader.Create("X-Support-Occasion", message.Occasion));
        mail.Body = body;
        return mail;
    }

    // RFC 5322, section 3.3.
    private static string Date(DateTimeOffset moment)
    {
        var zone = moment.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        return $"{moment.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} {zone}";
    }

    // RFC 8058, section 3.1: an https address, and the one POST that it takes. A transactional mail has nothing to unsubscribe from.
    private static void AddUnsubscribe(OutboundMessage message, HeaderList headers)
    {
        if (
            message is { Class: MessageClass.Marketing, UnsubscribeLink: { IsAbsoluteUri: true, OriginalString.Length: <= MaxLinkLength } link }
            && string.Equals(link.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
        )
        {
            // A mail program decodes no punycode and takes no fold inside the brackets.
            var address = new UriBuilder(link) { Host = link.IdnHost }
                .Uri
                .AbsoluteUri;
            var header = new Header("List-Unsubscribe", "");
            header.SetRawValue(Encoding.ASCII.GetBytes($" <{address}>\r\n"));
            headers.Add(header);
            headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }

    private static FormatOptions CreateFormat(bool utf8Headers)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = utf8Headers;
        return format;
    }
}
