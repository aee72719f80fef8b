using System.Security.Cryptography;
using System.Text;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Email.Smtp;

/// <summary>What goes over the wire is what was written.</summary>
public sealed class SmtpWireTests
{
    [Theory]
    [InlineData("PIPELINING")]
    [InlineData("CHUNKING")]
    [InlineData("SIZE")]
    public async Task A_mail_arrives_byte_for_byte_as_the_pickup_folder_would_write_it(string extension)
    {
        var message = Messages.Plain() with
        {
            Subject = "Försenad beställning åäö",
            Text = ".\r\n..\r\n.a\r\nFrom me\r\n" + new string('.', 5000),
            Attachments =
            [
                new MessageAttachment
                {
                    Name = "å.bin",
                    ContentType = "x/y",
                    Content = RandomNumberGenerator.GetBytes(300_000),
                },
            ],
        };
        await using var server = new FakeSmtpServer();
        server.Extensions.Clear();
        server.Extensions.Add(extension);
        await using var channel = SmtpChannels.To(server);

        var result = await channel.SendAsync(message, TestContext.Current.CancellationToken);

        Assert.True(result.Outcome == DeliveryOutcome.Accepted, result.Reason);
        using var mail = Mail.Create(message, out _);
        Assert.Equal(mail!.Write(), Assert.Single(server.Mails));
    }

    [Fact]
    public async Task The_size_that_is_announced_is_the_size_that_is_sent()
    {
        await using var server = new FakeSmtpServer();
        await SendAsync(server, Messages.Plain());

        Assert.EndsWith(
            $" SIZE={server.Mails.Single().Length}",
            server.Heard.Single(line => line.StartsWith("MAIL FROM", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_domain_outside_ascii_is_spoken_in_ascii()
    {
        await using var server = new FakeSmtpServer();
        await SendAsync(server, Messages.Plain() with { From = "hej@blåbär.example", To = new ContactPoint("email", "ada@bücher.example") });

        Assert.Contains(server.Heard, line => line.StartsWith("MAIL FROM:<hej@xn--blbr-noae.example>", StringComparison.Ordinal));
        Assert.Contains("RCPT TO:<ada@xn--bcher-kva.example>", server.Heard);
        Assert.DoesNotContain(server.Heard, line => line.Contains("SMTPUTF8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mailbox_outside_ascii_is_spoken_in_utf_8()
    {
        await using var server = new FakeSmtpServer();
        await SendAsync(server, Messages.Plain() with { To = new ContactPoint("email", "zoë@example.com") });

        Assert.Contains("RCPT TO:<zoë@example.com>", server.Heard);
        Assert.Contains(server.Heard, line => line.StartsWith("MAIL FROM", StringComparison.Ordinal) && line.Contains("SMTPUTF8", StringComparison.Ordinal));
        Assert.Contains("<zoë@example.com>", Encoding.UTF8.GetString(server.Mails.Single()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mails_in_ascii_and_in_utf_8_take_turns()
    {
        await using var server = new FakeSmtpServer();
        await using var channel = SmtpChannels.To(server);
        var plain = Messages.Plain();
        var utf8 = plain with { To = new ContactPoint("email", "zoë@example.com") };

        foreach (var message in new[] { utf8, utf8, plain, utf8, plain })
        {
            Assert.Equal(DeliveryOutcome.Accepted, (await channel.SendAsync(message, TestContext.Current.CancellationToken)).Outcome);
        }

        var senders = server.Heard.Where(line => line.StartsWith("MAIL FROM", StringComparison.Ordinal));
        Assert.Equal([true, true, false, true, false], senders.Select(line => line.Contains("SMTPUTF8", StringComparison.Ordinal)));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Without_smtputf8_a_mailbox_outside_ascii_is_rejected_and_a_sender_is_to_be_changed()
    {
        await using var server = new FakeSmtpServer();
        server.Extensions.Remove("SMTPUTF8");
        await using var channel = SmtpChannels.To(server);

        var recipient = await channel.SendAsync(Messages.Plain() with { To = new ContactPoint("email", "zoë@example.com") });
        var sender = await channel.SendAsync(Messages.Plain() with { From = "zoë@shop.example" });
        var other = await channel.SendAsync(Messages.Plain());

        Assert.Equal((DeliveryOutcome.Rejected, DeliveryOutcome.Retry, DeliveryOutcome.Accepted), (recipient.Outcome, sender.Outcome, other.Outcome));
        Assert.Contains("Brand.EmailFrom", sender.Reason, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task It_presents_itself_with_the_name_that_is_set()
    {
        await using var server = new FakeSmtpServer();
        await using var channel = SmtpChannels.To(server, options => options.LocalDomain = "support.shop.example");
        await channel.SendAsync(Messages.Plain());

        Assert.Contains("EHLO support.shop.example", server.Heard);
    }

    [Fact]
    public async Task A_mail_is_signed_before_it_is_sent()
    {
        using var key = RSA.Create(2048);
        await using var server = new FakeSmtpServer();
        await using var channel = SmtpChannels.To(
            server,
            options =>
                options.Dkim.Add(
                    new DkimOptions
                    {
                        Domain = "shop.example",
                        Selector = "s",
                        PrivateKey = key.ExportPkcs8PrivateKeyPem(),
                    }
                )
        );
        await channel.SendAsync(Messages.Plain());

        Assert.StartsWith("DKIM-Signature: v=1; a=rsa-sha256;", Encoding.ASCII.GetString(server.Mails.Single()), StringComparison.Ordinal);
    }

    private static async Task SendAsync(FakeSmtpServer server, OutboundMessage message)
    {
        await using var channel = SmtpChannels.To(server);
        var result = await channel.SendAsync(message, TestContext.Current.CancellationToken);
        Assert.True(result.Outcome == DeliveryOutcome.Accepted, result.Reason);
    }
}
