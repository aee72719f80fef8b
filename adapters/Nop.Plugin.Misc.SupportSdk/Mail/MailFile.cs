using System.IO.Compression;
using Support.Sdk.Deliveries;
using Support.Sdk.Templates;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>The one file that a row of the shop's mail queue can carry. Several attachments become one zip, so that none is left out.</summary>
/// <param name="Name">The name that the customer sees.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Content">The bytes.</param>
internal sealed record MailFile(string Name, string ContentType, byte[] Content)
{
    private const int MaxName = 120;
    private const int MaxExtension = 20;

    public static MailFile? Of(IReadOnlyList<MessageAttachment> attachments) =>
        attachments switch
        {
            [] => null,
            [var only] => new MailFile(Clean(only.Name), only.ContentType, only.Content.ToArray()),
            _ => new MailFile("attachments.zip", "application/zip", Zip(attachments)),
        };

    private static byte[] Zip(IReadOnlyList<MessageAttachment> attachments)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var attachment in attachments)
            {
                var name = Clean(attachment.Name);
                for (var number = 2; !names.Add(name); number++)
                {
                    name = $"{Path.GetFileNameWithoutExtension(Clean(attachment.Name))} ({number}){Path.GetExtension(name)}";
                }

                using var entry = zip.CreateEntry(name).Open();
                entry.Write(attachment.Content.Span);
            }
        }

        return bytes.ToArray();
    }

    // A name is one file in one folder, on every system.
    private static string Clean(string name)
    {
        var last = PlainLine.Clean(name[(name.LastIndexOfAny(['/', '\\']) + 1)..]);
        var clean = new string([.. last.Select(character => "\"*:<>?|".Contains(character, StringComparison.Ordinal) ? '_' : character)]).Trim('.', ' ');
        if (clean.Length == 0)
        {
            return "attachment";
        }

        var extension = Path.GetExtension(clean);
        return clean.Length <= MaxName || extension.Length > MaxExtension
            ? clean[..Math.Min(clean.Length, MaxName)]
            : clean[..(MaxName - extension.Length)] + extension;
    }
}
