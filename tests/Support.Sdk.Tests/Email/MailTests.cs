using System.Text;
using MimeKit;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;
using Support.Sdk.Orders;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Email;

public sealed class MailTests
{
    private const string Hostile = "Ada\r\nBcc: eve@example.com\r\n\r\n\"<b>Zoë 🫖\"";

    [Fact]
    public void The_same_message_is_the_same_bytes() => Assert.Equal(Bytes(Messages.Plain()), Bytes(Messages.Plain()));

    [Fact]
    public void The_bytes_are_the_ones_that_were_always_written()
    {
        // A change here gives mails written before and after an update different bytes; say so in the change log.
        const string Expected = """
            From: Tiny Shop <hello@shop.example>
            Date: Mon, 02 Nov 2026 09:00:00 +0000
            Subject: Your order 1001 is late
            Message-Id: <0123456789abcdef@shop.example>
            To: Ada <ada@example.com>
            Auto-Submitted: auto-generated
            X-Auto-Response-Suppress: OOF, AutoReply
            X-Support-Order: main/1001
            X-Support-Occasion: order-delayed
            MIME-Version: 1.0
            Content-Type: multipart/alternative;
            	boundary="=_9f9f5111f7b27a781f1f1ddde5ebc2dd"
            Content-Language: en

            --=_9f9f5111f7b27a781f1f1ddde5ebc2dd
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            It arrives on Friday.

            --=_9f9f5111f7b27a781f1f1ddde5ebc2dd
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <p>It arrives on <b>Friday</b>.</p>=

            --=_9f9f5111f7b27a781f1f1ddde5ebc2dd--

            """;

        Assert.Equal(Expected.ReplaceLineEndings("\r\n"), Text(Messages.Plain()));
    }

    [Fact]
    public void Its_date_is_the_decision_and_its_id_is_the_delivery()
    {
        var mail = Read(Messages.Plain() with { DecidedAt = new DateTimeOffset(2024, 2, 29, 23, 59, 58, TimeSpan.FromHours(2)) });

        Assert.Equal(new DateTimeOffset(2024, 2, 29, 23, 59, 58, TimeSpan.FromHours(2)), mail.Date);
        Assert.Equal("0123456789abcdef@shop.example", mail.MessageId);
    }

    [Fact]
    public void Machines_stay_silent_but_bounces_come_back()
    {
        var mail = Read(Messages.Plain());

        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("OOF, AutoReply", mail.Headers["X-Auto-Response-Suppress"]);
    }

    [Fact]
    public void It_tells_order_occasion_and_language()
    {
        var mail = Read(Messages.Plain() with { Occasion = "order-delayed/2", Culture = "sv-SE" });

        Assert.Equal("main/1001", mail.Headers["X-Support-Order"]);
        Assert.Equal("order-delayed/2", mail.Headers["X-Support-Occasion"]);
        Assert.Equal("sv-SE", mail.Body!.Headers[HeaderId.ContentLanguage]);
    }

    [Fact]
    public void A_message_about_no_order_has_no_order_header() =>
        Assert.False(Read(Messages.Plain() with { Order = null }).Headers.Contains("X-Support-Order"));

    [Fact]
    public void A_culture_that_is_no_language_tag_is_left_out() =>
        Assert.False(Read(Messages.Plain() with { Culture = "en\r\nX: 1" }).Body!.Headers.Contains(HeaderId.ContentLanguage));

    [Fact]
    public void Text_stands_before_html_and_both_are_utf_8()
    {
        var mail = Read(Messages.Plain() with { Text = "Zoë – 茶壺 🫖\n= 100 %\n", Html = "<p>Zoë – 茶壺 🫖</p>" });

        var parts = Assert.IsType<MultipartAlternative>(mail.Body).Cast<TextPart>().ToList();
        Assert.Equal(["text/plain", "text/html"], parts.Select(part => part.ContentType.MimeType));
        Assert.All(parts, part => Assert.Equal("utf-8", part.ContentType.Charset));
        Assert.Equal("Zoë – 茶壺 🫖\n= 100 %\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal("<p>Zoë – 茶壺 🫖</p>", mail.HtmlBody);
    }

    [Fact]
    public void Without_html_it_is_one_text_part() => Assert.Equal("text/plain", Read(Messages.Plain() with { Html = null }).Body!.ContentType.MimeType);

    [Theory]
    [InlineData("one\ntwo\r\nthree\rfour")]
    [InlineData("\r\n.\r\nMAIL FROM:<eve@example.com>\r\n")]
    [InlineData("a\0b\u001b[31m")]
    [InlineData("x\ud83dy")]
    public void Every_line_ends_with_a_carriage_return_and_a_line_feed_and_is_short_ascii(string text)
    {
        var mail = Text(Messages.Plain() with { Text = text + new string('x', 5000), Html = text, Subject = text });

        Assert.All(
            mail.Split("\r\n"),
            line => Assert.True(line.Length <= 998 && !line.Contains('\n', StringComparison.Ordinal) && !line.Contains('\r', StringComparison.Ordinal))
        );
        Assert.True(Ascii.IsValid(mail));
    }

    [Fact]
    public void No_text_can_end_a_part()
    {
        var boundary = ((Multipart)Read(Messages.Plain()).Body!).Boundary;

        var mail = Read(Messages.Plain() with { Text = $"\r\n--{boundary}--\r\nX-Injected: yes", Html = $"--{boundary}\r\n" });

        Assert.Equal(2, ((Multipart)mail.Body!).Count);
        Assert.Contains($"--{boundary}--", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_values_add_no_header_and_no_recipient()
    {
        var plain = Read(Messages.Plain()).Headers.Select(header => header.Field);

        var mail = Read(
            Messages.Plain() with
            {
                ToName = Hostile,
                FromName = Hostile,
                Subject = Hostile,
                Order = new OrderKey(Hostile, Hostile),
                Occasion = Hostile,
            }
        );

        Assert.Equal(plain, mail.Headers.Select(header => header.Field));
        Assert.Equal("ada@example.com", Assert.Single(mail.To.Mailboxes).Address);
        Assert.Equal(Hostile.ReplaceLineEndings("  "), mail.To.Mailboxes.Single().Name);
        Assert.Equal(Hostile.ReplaceLineEndings("  "), mail.Subject);
        Assert.Equal($"{Hostile}/{Hostile}", Uri.UnescapeDataString(mail.Headers["X-Support-Order"]!));
        Assert.Equal(Hostile, Uri.UnescapeDataString(mail.Headers["X-Support-Occasion"]!));
    }

    [Theory]
    [InlineData("Åsa \"Tea\" O'Neill, Jr. <x>")]
    [InlineData("日本 語")]
    [InlineData("{{ shop.name }} %Store.Name%")]
    public void Names_are_read_as_they_were_written(string name)
    {
        var mail = Read(Messages.Plain() with { ToName = name, FromName = name });

        Assert.Equal(name, mail.To.Mailboxes.Single().Name);
        Assert.Equal(name, mail.From.Mailboxes.Single().Name);
    }

    [Fact]
    public void What_looks_encoded_is_not_decoded()
    {
        var mail = Read(Messages.Plain() with { ToName = "=?utf-8?q?=0D=0Aeve?=", Subject = "=?utf-8?q?=0D=0Aeve?=" });

        Assert.Equal("= ?utf-8?q?=0D=0Aeve?=", mail.To.Mailboxes.Single().Name);
        Assert.Equal("= ?utf-8?q?=0D=0Aeve?=", mail.Subject);
    }

    [Fact]
    public void A_domain_outside_ascii_is_written_in_ascii()
    {
        var message = Messages.Plain() with { From = "hej@blåbär.example", To = new ContactPoint("email", "ada@bücher.example") };

        var text = Text(message);

        Assert.Contains("<ada@xn--bcher-kva.example>", text, StringComparison.Ordinal);
        Assert.Contains("<0123456789abcdef@xn--blbr-noae.example>", text, StringComparison.Ordinal);
        Assert.True(Ascii.IsValid(text));
    }

    [Fact]
    public void A_mailbox_outside_ascii_is_written_in_utf_8()
    {
        var text = Text(Messages.Plain() with { To = new ContactPoint("email", "zoë@example.com") });

        Assert.Contains("<zoë@example.com>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada@example.com, eve@example.com")]
    [InlineData("ada@example.com;eve@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("<ada@example.com>")]
    [InlineData("ada@example.com (home)")]
    [InlineData("friends: ada@example.com;")]
    [InlineData("<@relay.example:ada@example.com>")]
    [InlineData("ada@exam ple.com")]
    [InlineData("ada@example.com\r\nBcc: eve@example.com")]
    [InlineData("ada\r\n @example.com")]
    [InlineData("a@b@example.com")]
    [InlineData("x\ud83d@example.com")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx@example.com")]
    public void What_is_not_one_plain_address_is_refused_without_quoting_it(string address)
    {
        using var toRefused = Mail.Create(Messages.Plain() with { To = new ContactPoint("email", address) }, out var to);
        using var fromRefused = Mail.Create(Messages.Plain() with { From = address }, out var from);

        Assert.True(toRefused is null && fromRefused is null);
        Assert.Contains("customer's address", to, StringComparison.Ordinal);
        Assert.Contains("Brand.EmailFrom", from, StringComparison.Ordinal);
        Assert.All([to, from], reason => Assert.DoesNotContain("example", reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ada+shop@example.com")]
    [InlineData("o'neill@example.co.uk")]
    [InlineData("\"two words\"@example.com")]
    [InlineData("ada@[192.0.2.1]")]
    [InlineData("ADA@EXAMPLE.COM")]
    [InlineData("ada@xn--bcher-kva.example")]
    public void Unusual_addresses_are_kept_as_they_are(string address)
    {
        var text = Text(Messages.Plain() with { To = new ContactPoint("email", address) });

        Assert.Contains($"<{address}>", text, StringComparison.Ordinal);
    }

    private static byte[] Bytes(OutboundMessage message)
    {
        using var mail = Mail.Create(message, out var refusal);
        Assert.Equal("", refusal);
        return mail!.Write();
    }

    private static string Text(OutboundMessage message) => Encoding.UTF8.GetString(Bytes(message));

    private static MimeMessage Read(OutboundMessage message) => MimeMessage.Load(new MemoryStream(Bytes(message)));
}
