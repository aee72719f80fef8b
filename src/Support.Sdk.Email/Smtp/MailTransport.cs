using MailKit.Net.Smtp;
using MimeKit;
using MimeKit.IO;

namespace Support.Sdk.Email.Smtp;

/// <summary>Sends mails as they were written and signed; MailKit would prepare and measure them anew.</summary>
internal sealed class MailTransport : SmtpClient
{
    // Saves a round trip a mail where the server offers CHUNKING (RFC 3030).
    protected override bool PreferSendAsBinaryData => true;

    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength) { }

    protected override async Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken)
    {
        using var headers = new MeasuringStream();
        await message.WriteToAsync(options, headers, headersOnly: true, cancellationToken);
        return headers.Length + (message.Body is MailBody body ? body.Content.Length : 0);
    }
}
