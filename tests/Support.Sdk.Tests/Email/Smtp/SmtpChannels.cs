using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Sdk.Email;
using Support.Sdk.Email.Smtp;

namespace Support.Sdk.Tests.Email.Smtp;

internal static class SmtpChannels
{
    public static SmtpChannel To(FakeSmtpServer server, Action<EmailOptions>? configure = null, TimeProvider? time = null, ILogger<SmtpChannel>? logger = null)
    {
        var options = new EmailOptions
        {
            Host = "localhost",
            Port = server.Port,
            Security = EmailSecurity.None,
        };
        configure?.Invoke(options);
        return new SmtpChannel(Options.Create(options), time ?? TimeProvider.System, logger ?? NullLogger<SmtpChannel>.Instance);
    }
}
