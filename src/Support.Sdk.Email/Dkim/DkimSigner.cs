using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace Support.Sdk.Email.Dkim;

/// <summary>Signs mails as they go over the wire (RFC 6376, relaxed/relaxed). The same mail has the same signature.</summary>
internal sealed class DkimSigner(IReadOnlyList<DkimKey> keys) : IDisposable
{
    private const int MaxLine = 72;

    // RFC 6376, section 5.4.1; what RFC 8058 needs; and what says how the body is read.
    private static readonly string[] Covered =
    [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-Id",
        "Auto-Submitted",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Language",
    ];

    // Named once more than they occur: nobody can add a second one on the way (RFC 6376, section 8.15).
    private static readonly string[] Sealed = ["From", "To", "Cc", "Reply-To", "Subject", "Date"];

    /// <summary>Puts a signature of every key that is the sender's above the headers.</summary>
    public void Sign(Mail mail)
    {
        var domain = MailAddress.AsciiDomain(mail.From);
        var own = keys.Where(key => IsFor(key, domain)).ToList();
        if (own.Count == 0)
        {
            return;
        }

        var headers = RelaxedForm.Headers(mail.WriteHeaders());
        var bodyHash = Convert.ToBase64String(SHA256.HashData(RelaxedForm.Body(mail.Body.Content)));
        foreach (var key in own)
        {
            var header = new Header("DKIM-Signature", "");
            header.SetRawValue(Encoding.ASCII.GetBytes(Signature(key, headers, bodyHash)));
            mail.Mime.Headers.Insert(0, header);
        }
    }

    public void Dispose()
    {
        foreach (var key in keys)
        {
            key.Dispose();
        }
    }

    private static bool IsFor(DkimKey key, string domain) =>
        string.Equals(key.Domain, domain, StringComparison.OrdinalIgnoreCase) || domain.EndsWith($".{key.Domain}", StringComparison.OrdinalIgnoreCase);

    private static string Signature(DkimKey key, IReadOnlyDictionary<string, byte[]> headers, string bodyHash)
    {
        var covered = Covered.Where(name => headers.ContainsKey(name)).ToList();
        var unsigned =
            $" v=1; a={key.Algorithm}; c=relaxed/relaxed; d={key.Domain}; s={key.Selector};\r\n"
            + $"\th={Lines(string.Join(':', covered.Concat(Sealed)), ':')};\r\n\tbh={bodyHash};\r\n\tb=";
        using var text = new MemoryStream();
        foreach (var name in covered)
        {
            text.Write(headers[name]);
            text.Write("\r\n"u8);
        }

        // The signature signs itself, empty and without the end of its line (RFC 6376, section 3.7).
        text.Write(RelaxedForm.Header("dkim-signature", Encoding.ASCII.GetBytes(unsigned)));
        return $"{unsigned}{Lines(Convert.ToBase64String(key.Sign(text.ToArray())))}\r\n";
    }

    private static string Lines(string base64) => string.Join("\r\n\t", base64.Chunk(MaxLine).Select(line => new string(line)));

    private static string Lines(string list, char separator)
    {
        var lines = new StringBuilder();
        var column = 0;
        foreach (var item in list.Split(separator))
        {
            if (lines.Length > 0)
            {
                lines.Append(separator);
            }

            if (column + item.Length > MaxLine)
            {
                lines.Append("\r\n\t");
                column = 0;
            }

            lines.Append(item);
            column += item.Length + 1;
        }

        return lines.ToString();
    }
}
