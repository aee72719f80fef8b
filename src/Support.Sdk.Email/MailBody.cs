using System.Security.Cryptography;
using System.Text;
using MimeKit;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Email;

/// <summary>The body of a mail as it goes over the wire, written once: what is signed is what is sent.</summary>
internal sealed class MailBody : MimeEntity
{
    private const string MultipartAlternative = "alternative";
    private const string MultipartMixed = "mixed";

    private MailBody(ContentType type, byte[] content)
        : base(type) => Content = content;

    public byte[] Content { get; }

    /// <summary>Called before the last byte is handed on: from then on the server may have the mail.</summary>
    public Action? BeforeLastByte { get; set; }

    public static MailBody Of(OutboundMessage message)
    {
        using var output = new MemoryStream(2 * (message.Text.Length + (message.Html?.Length ?? 0)) + 512);
        var body = message.Attachments.Count == 0 ? Words(message, output) : Mixed(message, output);
        if (message.Culture.Length > 0 && message.Culture.All(character => char.IsAsciiLetterOrDigit(character) || character is '-'))
        {
            body.Headers.Add(HeaderId.ContentLanguage, message.Culture);
        }

        return body;
    }

    public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        stream.Write(Content, 0, Content.Length - 1);
        BeforeLastByte?.Invoke();
        stream.Write(Content, Content.Length - 1, 1);
    }

    public override async Task WriteToAsync(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
    {
        await stream.WriteAsync(Content.AsMemory(0, Content.Length - 1), cancellationToken);
        BeforeLastByte?.Invoke();
        await stream.WriteAsync(Content.AsMemory(Content.Length - 1), cancellationToken);
    }

    // The content is encoded for the narrowest way already.
    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78) { }

    private static MailBody Words(OutboundMessage message, MemoryStream output)
    {
        if (message.Html is not { Length: > 0 } html)
        {
            QuotedPrintable.Write(message.Text, output);
            var body = new MailBody(new ContentType("text", "plain") { Charset = "utf-8" }, Ended(output));
            body.Headers.Add(HeaderId.ContentTransferEncoding, "quoted-printable");
            return body;
        }

        var boundary = Boundary(message.Id, MultipartAlternative);
        WriteAlternative(message.Text, html, boundary, output);
        return Multipart(MultipartAlternative, boundary, output);
    }

    private static MailBody Mixed(OutboundMessage message, MemoryStream output)
    {
        var boundary = Boundary(message.Id, MultipartMixed);
        Write($"--{boundary}\r\n", output);
        if (message.Html is { Length: > 0 } html)
        {
            var inner = Boundary(message.Id, MultipartAlternative);
            Write($"Content-Type: multipart/alternative;\r\n\tboundary=\"{inner}\"\r\n\r\n", output);
            WriteAlternative(message.Text, html, inner, output);
        }
        else
        {
            WriteText("plain", message.Text, output);
        }

        foreach (var attachment in message.Attachments)
        {
            Write($"\r\n--{boundary}\r\n", output);
            using var part = AttachmentPart.Of(attachment);
            part.WriteTo(Mail.Format(utf8Headers: false), output);
        }

        Write($"\r\n--{boundary}--\r\n", output);
        return Multipart(MultipartMixed, boundary, output);
    }

    // Readers show the last part that they understand, so HTML follows text (RFC 2046, section 5.1.4).
    private static void WriteAlternative(string text, string html, string boundary, MemoryStream output)
    {
        Write($"--{boundary}\r\n", output);
        WriteText("plain", text, output);
        Write($"\r\n--{boundary}\r\n", output);
        WriteText("html", html, output);
        Write($"\r\n--{boundary}--\r\n", output);
    }

    private static void WriteText(string subtype, string content, MemoryStream output)
    {
        Write($"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", output);
        QuotedPrintable.Write(content, output);
    }

    private static MailBody Multipart(string subtype, string boundary, MemoryStream output) =>
        new(new ContentType("multipart", subtype) { Boundary = boundary }, output.ToArray());

    // An empty text is still a line, which DKIM's relaxed form would not tell from none, and some servers would.
    private static byte[] Ended(MemoryStream output) => output.Length == 0 ? [.. "\r\n"u8] : output.ToArray();

    private static void Write(string ascii, MemoryStream output) => output.Write(Encoding.ASCII.GetBytes(ascii));

    // "=_" can occur neither in quoted-printable (RFC 2045, section 6.7) nor in base64, so no content can end the mail.
    private static string Boundary(string id, string subtype)
    {
        var name = string.Equals(subtype, MultipartAlternative, StringComparison.Ordinal) ? id : $"{id}/{subtype}";
        return $"=_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16))}";
    }
}
