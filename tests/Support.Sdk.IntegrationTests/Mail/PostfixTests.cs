using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;
using Support.Sdk.Orders;
using Xunit;

namespace Support.Sdk.IntegrationTests.Mail;

/// <summary>A real mail server takes the mails: encrypted, signed and whole.</summary>
public sealed class PostfixTests(PostfixServer postfix) : IClassFixture<PostfixServer>
{
    private static readonly RSA Key = RSA.Create(2048);

    [Fact]
    public async Task A_mail_arrives_signed_and_intact_with_attachment_and_swedish_subject()
    {
        RequirePostfix();
        var attachment = RandomNumberGenerator.GetBytes(1_500_000);
        var message = Message("ada@example.com") with
        {
            Subject = "Din beställning 1001 blir försenad – vi hör av oss på måndag",
            Text = "Hej Åsa!\n\n.En punkt först på raden\n..och två\nFrom oss alla på Små Tekannor\n",
            Html = "<p lang=\"sv\">Hej Åsa! Din tekanna 🫖 blir försenad.</p>",
            Culture = "sv-SE",
            Class = MessageClass.Marketing,
            UnsubscribeLink = new Uri("https://shop.example/unsubscribe?token=abc"),
            Attachments =
            [
                new MessageAttachment
                {
                    Name = "orderbekräftelse åäö.pdf",
                    ContentType = "application/pdf",
                    Content = attachment,
                },
            ],
        };

        var result = await SendAsync(message);

        Assert.True(result.Outcome == DeliveryOutcome.Accepted, result.Reason);
        Assert.Matches("^[0-9A-Za-z]{5,}$", result.ProviderId);
        var mail = Load(await postfix.ArrivedAsync("ada", TestContext.Current.CancellationToken));
        Assert.Equal(message.Subject, mail.Subject);
        Assert.Equal(message.Text, mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(message.Html, mail.HtmlBody);
        var part = Assert.IsType<MimePart>(Assert.Single(mail.Attachments));
        Assert.Equal("orderbekräftelse åäö.pdf", part.FileName);
        Assert.Equal(attachment, Content(part));
        Assert.Equal("<https://shop.example/unsubscribe?token=abc>", mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Contains("using TLSv1.3", mail.Headers[HeaderId.Received], StringComparison.Ordinal);
        await VerifiedAsync(mail);
    }

    [Fact]
    public async Task A_mailbox_outside_ascii_is_reached()
    {
        RequirePostfix();
        var result = await SendAsync(Message("zoë@example.com"));

        Assert.True(result.Outcome == DeliveryOutcome.Accepted, result.Reason);
        var mail = Load(await postfix.ArrivedAsync("zoe", TestContext.Current.CancellationToken));
        Assert.Equal("zoë@example.com", mail.To.Mailboxes.Single().Address);
        await VerifiedAsync(mail);
    }

    [Theory]
    [InlineData("nobody@example.com", DeliveryOutcome.Rejected, "5.1.1")]
    [InlineData("ada@elsewhere.example", DeliveryOutcome.Retry, "passes nothing on")]
    [InlineData("later@example.com", DeliveryOutcome.Retry, "put off")]
    public async Task What_it_refuses_is_understood(string to, DeliveryOutcome outcome, string reason)
    {
        RequirePostfix();
        var result = await SendAsync(Message(to));

        Assert.Equal(outcome, result.Outcome);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_trust_in_its_certificate_nothing_is_sent()
    {
        RequirePostfix();
        var result = await SendAsync(Message("ada@example.com"), options => options.CertificateAuthorityFile = null);

        Assert.Equal(DeliveryOutcome.Retry, result.Outcome);
        Assert.Contains("not trusted", result.Reason, StringComparison.Ordinal);
    }

    private void RequirePostfix()
    {
        if (postfix.Missing is { } what)
        {
            Requirement.IsMissing(what);
        }
    }

    private async Task<DeliveryResult> SendAsync(OutboundMessage message, Action<EmailOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services
            .AddSupport()
            .AddEmail(options =>
            {
                options.Host = "localhost";
                options.Port = postfix.Port;
                options.CertificateAuthorityFile = postfix.CertificateFile;
                options.Dkim.Add(
                    new DkimOptions
                    {
                        Domain = "shop.example",
                        Selector = "support1",
                        PrivateKey = Key.ExportPkcs8PrivateKeyPem(),
                    }
                );
                configure?.Invoke(options);
            });
        await using var provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<IChannel>().SendAsync(message, TestContext.Current.CancellationToken);
    }

    private static OutboundMessage Message(string to) =>
        new()
        {
            Id = "0123456789abcdef",
            Shop = "main",
            Order = new OrderKey("main", "1001"),
            Occasion = NoticeKinds.OrderDelayed,
            To = new ContactPoint("email", to),
            ToName = "Åsa",
            From = "hej@shop.example",
            FromName = "Små Tekannor",
            Culture = "sv",
            Subject = "Din beställning",
            Text = "Hej!\n",
            DecidedAt = new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.FromHours(1)),
        };

    private static MimeMessage Load(byte[] mail) => MimeMessage.Load(new MemoryStream(mail));

    private static byte[] Content(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return content.ToArray();
    }

    private static async Task VerifiedAsync(MimeMessage mail)
    {
        var signature = Assert.Single(mail.Headers, header => header.Id == HeaderId.DkimSignature);
        Assert.True(await new DkimVerifier(new PublicKey()).VerifyAsync(mail, signature, TestContext.Current.CancellationToken));
    }

    private sealed class PublicKey : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            DotNetUtilities.GetRsaPublicKey(Key);

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
