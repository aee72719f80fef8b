using System.Text;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Email.Smtp;

/// <summary>Encryption and sign-in: what cannot be trusted gets neither mail nor password.</summary>
public sealed class SmtpSecurityTests(TestCertificates certificates) : IClassFixture<TestCertificates>
{
    private const string Password = "correct horse battery staple";

    [Theory]
    [InlineData(EmailSecurity.StartTls)]
    [InlineData(EmailSecurity.Tls)]
    public async Task A_server_of_a_trusted_authority_gets_the_mail(EmailSecurity security)
    {
        await using var server = Server(security, "localhost");

        var result = await SendAsync(server, security, certificates.AuthorityFile);

        Assert.True(result.Outcome == DeliveryOutcome.Accepted, result.Reason);
        Assert.Single(server.Mails);
    }

    [Theory]
    [InlineData(EmailSecurity.StartTls)]
    [InlineData(EmailSecurity.Tls)]
    public async Task A_certificate_of_an_unknown_authority_is_refused(EmailSecurity security)
    {
        await using var server = Server(security, "localhost");

        var result = await SendAsync(server, security, authorities: null);

        Refused(server, result, "not trusted");
    }

    [Fact]
    public async Task A_certificate_of_another_name_is_refused()
    {
        await using var server = Server(EmailSecurity.StartTls, "mail.other.example");

        var result = await SendAsync(server, EmailSecurity.StartTls, certificates.AuthorityFile);

        Refused(server, result, "another name");
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_refused()
    {
        await using var server = Server(EmailSecurity.StartTls, TestCertificates.Expired);

        var result = await SendAsync(server, EmailSecurity.StartTls, certificates.AuthorityFile);

        Refused(server, result, "not trusted");
    }

    [Fact]
    public async Task A_server_that_hides_its_encryption_gets_nothing()
    {
        await using var server = new FakeSmtpServer();

        var result = await SendAsync(server, EmailSecurity.StartTls, certificates.AuthorityFile);

        Refused(server, result, "STARTTLS");
    }

    [Fact]
    public async Task A_server_that_refuses_its_encryption_gets_nothing()
    {
        await using var server = new FakeSmtpServer { Answer = line => string.Equals(line, "STARTTLS", StringComparison.Ordinal) ? "454 not now" : null };
        server.Extensions.Add("STARTTLS");

        var result = await SendAsync(server, EmailSecurity.StartTls, certificates.AuthorityFile);

        Refused(server, result, "454");
    }

    [Fact]
    public async Task What_is_said_before_the_encryption_is_not_believed_after_it()
    {
        // The man in the middle adds an answer behind the one that begins the encryption.
        await using var server = new FakeSmtpServer
        {
            Certificate = certificates.Of("localhost"),
            Answer = line => string.Equals(line, "STARTTLS", StringComparison.Ordinal) ? "220 go on\r\n250-fake\r\n250 AUTH PLAIN" : null,
        };
        server.Extensions.Add("STARTTLS");

        var result = await SendAsync(server, EmailSecurity.StartTls, certificates.AuthorityFile, signsIn: true);

        Refused(server, result, "no sign-in");
        Assert.Equal(0, server.Count("AUTH"));
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task User_name_and_password_are_shown_to_the_server_alone(string mechanism)
    {
        await using var server = Server(EmailSecurity.Tls, "localhost");
        server.Extensions.Add($"AUTH {mechanism}");
        if (string.Equals(mechanism, "LOGIN", StringComparison.Ordinal))
        {
            server.Answer = line =>
                line.StartsWith("AUTH LOGIN", StringComparison.Ordinal) ? "334 VXNlcm5hbWU6"
                : string.Equals(line, Base64("shop"), StringComparison.Ordinal) ? "334 UGFzc3dvcmQ6"
                : string.Equals(line, Base64(Password), StringComparison.Ordinal) ? "235 welcome"
                : null;
        }

        var result = await SendAsync(server, EmailSecurity.Tls, certificates.AuthorityFile, signsIn: true);

        Assert.True(result.Outcome == DeliveryOutcome.Accepted, result.Reason);
        Assert.Contains(
            server.Heard,
            line => line.Contains(Base64(Password), StringComparison.Ordinal) || line.Contains(Base64($"\0shop\0{Password}"), StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("535 5.7.8 Error: authentication failed", "refused user name or password")]
    [InlineData("454 4.7.0 Temporary authentication failure", "454")]
    public async Task A_password_that_is_refused_rejects_no_mail_and_is_not_repeated(string answer, string reason)
    {
        await using var server = Server(EmailSecurity.Tls, "localhost");
        server.Extensions.Add("AUTH PLAIN");
        server.Answer = line => line.StartsWith("AUTH", StringComparison.Ordinal) ? answer : null;

        var result = await SendAsync(server, EmailSecurity.Tls, certificates.AuthorityFile, signsIn: true);

        Refused(server, result, reason);
    }

    [Fact]
    public async Task A_server_that_offers_no_sign_in_gets_no_password()
    {
        await using var server = Server(EmailSecurity.Tls, "localhost");

        var result = await SendAsync(server, EmailSecurity.Tls, certificates.AuthorityFile, signsIn: true);

        Refused(server, result, "no sign-in");
        Assert.DoesNotContain(server.Heard, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    private static void Refused(FakeSmtpServer server, DeliveryResult result, string reason)
    {
        Assert.Equal(DeliveryOutcome.Retry, result.Outcome);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, result.Reason, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
        Assert.Equal(0, server.Count("MAIL FROM"));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private FakeSmtpServer Server(EmailSecurity security, string name)
    {
        var server = new FakeSmtpServer { Certificate = certificates.Of(name), IsTls = security == EmailSecurity.Tls };
        if (security == EmailSecurity.StartTls)
        {
            server.Extensions.Add("STARTTLS");
        }

        return server;
    }

    private static async Task<DeliveryResult> SendAsync(FakeSmtpServer server, EmailSecurity security, string? authorities, bool signsIn = false)
    {
        await using var channel = SmtpChannels.To(
            server,
            options =>
            {
                options.Security = security;
                options.CertificateAuthorityFile = authorities;
                options.Timeout = TimeSpan.FromSeconds(20);
                if (signsIn)
                {
                    (options.UserName, options.Password) = ("shop", Password);
                }
            }
        );
        return await channel.SendAsync(Messages.Plain(), TestContext.Current.CancellationToken);
    }
}
