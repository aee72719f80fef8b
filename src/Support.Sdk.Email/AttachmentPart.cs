using System.Runtime.InteropServices;
using MimeKit;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Email;

internal static class AttachmentPart
{
    public static MimePart Of(MessageAttachment attachment) =>
        new(Type(attachment.ContentType))
        {
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = AttachmentName.Clean(attachment.Name) },
            ContentTransferEncoding = ContentEncoding.Base64,
            Content = new MimeContent(Open(attachment.Content)),
        };

    // A multipart or a message must not be encoded (RFC 2046, sections 5.1 and 5.2.1), and would be taken apart by servers.
    private static ContentType Type(string text)
    {
        if (text.Any(char.IsControl) || !ContentType.TryParse(text, out var type) || type.IsMimeType("multipart", "*") || type.IsMimeType("message", "*"))
        {
            return new ContentType("application", "octet-stream");
        }

        var clean = new ContentType(type.MediaType, type.MediaSubtype);
        if (type.Charset is { Length: > 0 } charset && charset.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            clean.Charset = charset;
        }

        return clean;
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var segment)
            ? new MemoryStream(segment.Array ?? [], segment.Offset, segment.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
}
