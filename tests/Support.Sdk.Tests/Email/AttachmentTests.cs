using System.Text;
using CsCheck;
using MimeKit;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Email;

public sealed class AttachmentTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 70_000).Select(value => (byte)(value * 7))];

    [Fact]
    public void Text_html_and_attachments_stand_in_this_order_and_come_back_as_they_were()
    {
        var mail = Read(
            Messages.Plain() with
            {
                Attachments = [Attachment("räkning 1001.pdf", "application/pdf"), Attachment("b.csv", "text/csv; charset=utf-8")],
            }
        );

        var mixed = Assert.IsType<Multipart>(mail.Body);
        Assert.Equal(["multipart/alternative", "application/pdf", "text/csv"], mixed.Select(part => part.ContentType.MimeType));
        Assert.Equal("It arrives on Friday.\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal("<p>It arrives on <b>Friday</b>.</p>", mail.HtmlBody);
        var attachments = mail.Attachments.Cast<MimePart>().ToList();
        Assert.Equal(["räkning 1001.pdf", "b.csv"], attachments.Select(part => part.FileName));
        Assert.All(attachments, part => Assert.Equal(Bytes, Content(part)));
        Assert.Equal("utf-8", attachments[1].ContentType.Charset);
    }

    [Fact]
    public void Without_html_the_text_stands_before_the_attachments()
    {
        var mail = Read(Messages.Plain() with { Html = null, Attachments = [Attachment("a.bin", "application/octet-stream")] });

        Assert.Equal(["text/plain", "application/octet-stream"], Assert.IsType<Multipart>(mail.Body).Select(part => part.ContentType.MimeType));
        Assert.Equal("It arrives on Friday.\n", mail.TextBody!.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void An_empty_attachment_is_an_attachment()
    {
        var mail = Read(Messages.Plain() with { Attachments = [Attachment("empty.txt", "text/plain", [])] });

        Assert.Empty(Content(Assert.IsType<TextPart>(Assert.Single(mail.Attachments))));
    }

    [Fact]
    public void The_same_attachments_are_the_same_bytes_and_short_ascii_lines()
    {
        var message = Messages.Plain() with { Attachments = [Attachment("å.pdf", "application/pdf")] };

        var text = Encoding.ASCII.GetString(Written(message));

        Assert.Equal(Written(message), Written(message));
        Assert.True(Ascii.IsValid(text));
        Assert.All(text.Split("\r\n"), line => Assert.InRange(line.Length, 0, 200));
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Windows\\system32\\cmd.exe", "cmd.exe")]
    [InlineData("..", "attachment")]
    [InlineData("", "attachment")]
    [InlineData("   ", "attachment")]
    [InlineData("\r\n\0", "attachment")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("a\r\nBcc: eve@example.com", "aBcc_ eve@example.com")]
    [InlineData("in\u202efdp.exe", "infdp.exe")]
    [InlineData("a\u2066b\u200bc\u2028d.txt", "abcd.txt")]
    [InlineData("say \"hi\": <a|b>*?.txt", "say _hi__ _a_b___.txt")]
    [InlineData("=?utf-8?q?eve?=.pdf", "=_utf-8_q_eve_=.pdf")]
    [InlineData("räkning – 茶.pdf", "räkning – 茶.pdf")]
    public void A_name_is_one_file_in_one_folder(string name, string clean)
    {
        var mail = Read(Messages.Plain() with { Attachments = [Attachment(name, "application/pdf")] });

        Assert.Equal(clean, Assert.Single(mail.Attachments.Cast<MimePart>()).FileName);
        Assert.Equal("ada@example.com", Assert.Single(mail.GetRecipients()).Address);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("å")]
    [InlineData("🫖")]
    public void A_long_name_is_cut_and_keeps_its_extension(string letter)
    {
        var name = AttachmentName.Clean(string.Concat(Enumerable.Repeat(letter, 400)) + ".pdf");

        Assert.EndsWith($"{letter}.pdf", name, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 170, 180);
    }

    [Fact]
    public void Any_name_is_a_name() =>
        Gen.String.Sample(name =>
        {
            var clean = AttachmentName.Clean(name);
            return clean.Length > 0
                && Encoding.UTF8.GetByteCount(clean) <= 180
                && !clean.Any(character => char.IsControl(character) || character is '/' or '\\' or '"')
                && clean.Trim('.', ' ').Length == clean.Length
                && string.Equals(AttachmentName.Clean(clean), clean, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("application/pdf\r\nX-Injected: yes")]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("message/rfc822")]
    public void A_type_that_is_none_or_would_be_taken_apart_is_unknown_bytes(string type)
    {
        var mail = Read(Messages.Plain() with { Attachments = [Attachment("a.bin", type)] });

        var part = Assert.Single(mail.Attachments);
        Assert.Equal("application/octet-stream", part.ContentType.MimeType);
        Assert.Equal(["Content-Type", "Content-Disposition", "Content-Transfer-Encoding"], part.Headers.Select(header => header.Field));
    }

    [Fact]
    public void No_attachment_can_end_the_mail()
    {
        var boundary = Assert.IsType<Multipart>(Read(Messages.Plain() with { Attachments = [Attachment("a.bin", "x/y")] }).Body).Boundary!;

        var mail = Read(
            Messages.Plain() with
            {
                Text = $"--{boundary}--\r\n",
                Attachments = [Attachment("a.bin", "x/y", Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"))],
            }
        );

        Assert.Single(mail.Attachments);
        Assert.Contains(boundary, mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Marketing_can_be_unsubscribed_with_one_click()
    {
        var mail = Read(Marketing("https://blåbär.example/u/ä?t=a b&x=%3E"));

        Assert.Equal("<https://xn--blbr-noae.example/u/%C3%A4?t=a%20b&x=%3E>", mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
    }

    [Theory]
    [InlineData(MessageClass.Transactional, "https://shop.example/u")]
    [InlineData(MessageClass.Marketing, null)]
    [InlineData(MessageClass.Marketing, "http://shop.example/u")]
    [InlineData(MessageClass.Marketing, "mailto:stop@shop.example")]
    [InlineData(MessageClass.Marketing, "/u")]
    public void Everything_else_cannot(MessageClass why, string? link)
    {
        var mail = Read(Marketing(link) with { Class = why });

        Assert.DoesNotContain(mail.Headers, header => header.Field.StartsWith("List-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_cannot_bring_a_header()
    {
        var text = Encoding.ASCII.GetString(Written(Marketing("https://shop.example/u?x=\r\nBcc:eve@example.com>,<mailto:eve@example.com")));

        Assert.DoesNotContain("\r\nBcc", text, StringComparison.Ordinal);
        Assert.Equal(
            1,
            text.Split("\r\n").Single(line => line.StartsWith("List-Unsubscribe: ", StringComparison.Ordinal)).Count(character => character == '<')
        );
    }

    private static OutboundMessage Marketing(string? link) =>
        Messages.Plain() with
        {
            Class = MessageClass.Marketing,
            UnsubscribeLink = link is null ? null : new Uri(link, UriKind.RelativeOrAbsolute),
        };

    private static MessageAttachment Attachment(string name, string type, byte[]? content = null) =>
        new()
        {
            Name = name,
            ContentType = type,
            Content = content ?? Bytes,
        };

    private static byte[] Content(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return content.ToArray();
    }

    private static byte[] Written(OutboundMessage message)
    {
        using var mail = Mail.Create(message, out var refusal);
        Assert.Equal("", refusal);
        return mail!.Write();
    }

    private static MimeMessage Read(OutboundMessage message) => MimeMessage.Load(new MemoryStream(Written(message)));
}
