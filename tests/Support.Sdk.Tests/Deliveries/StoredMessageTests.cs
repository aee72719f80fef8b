using Support.Sdk.Deliveries;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Deliveries;

public sealed class StoredMessageTests
{
    [Fact]
    public void A_message_without_attachments_is_stored_as_before_and_read_from_old_rows()
    {
        var json = SupportJson.Write(Messages.Plain());

        Assert.DoesNotContain("ttachments", json, StringComparison.Ordinal);
        Assert.DoesNotContain("unsubscribe", json, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Messages.Plain(), SupportJson.ReadMessage(json));
        Assert.Empty(SupportJson.ReadMessage(json).Attachments);
    }

    [Fact]
    public void Attachments_and_the_way_to_unsubscribe_come_back_from_the_store()
    {
        var message = Messages.Plain() with
        {
            Class = MessageClass.Marketing,
            UnsubscribeLink = new Uri("https://shop.example/u/å?t=1&x=%20"),
            Attachments =
            [
                new MessageAttachment
                {
                    Name = "räkning.pdf",
                    ContentType = "application/pdf",
                    Content = new byte[] { 0, 255, 10, 13 },
                },
                new MessageAttachment
                {
                    Name = "empty.txt",
                    ContentType = "text/plain",
                    Content = default,
                },
            ],
        };

        var read = SupportJson.ReadMessage(SupportJson.Write(message));

        Assert.Equal(message.UnsubscribeLink, read.UnsubscribeLink);
        Assert.Equal(["räkning.pdf", "empty.txt"], read.Attachments.Select(attachment => attachment.Name));
        Assert.Equal(["application/pdf", "text/plain"], read.Attachments.Select(attachment => attachment.ContentType));
        Assert.Equal([0, 255, 10, 13], read.Attachments[0].Content.ToArray());
        Assert.Empty(read.Attachments[1].Content.ToArray());
    }

    [Fact]
    public void Markup_and_letters_are_stored_as_they_are_written_and_nothing_breaks_out_of_them()
    {
        var message = Messages.Plain() with { Subject = "Å 語 \"\\\u0000\u001f\u2028😀", Html = "<p class='a'>1 + 1 & 2</p>" };

        var json = SupportJson.Write(message);

        Assert.Contains(message.Html, json, StringComparison.Ordinal);
        Assert.Contains("Å 語 \\\"\\\\\\u0000\\u001F", json, StringComparison.Ordinal);
        Assert.Equal(message, SupportJson.ReadMessage(json));
    }

    [Fact]
    public void Texts_that_are_written_one_after_the_other_and_by_many_at_once_are_whole()
    {
        var messages = Enumerable.Range(0, 200).Select(number => Messages.Plain() with { Id = $"m{number}", Text = new string('x', number * 5_000) }).ToList();

        var read = messages.AsParallel().AsOrdered().Select(message => SupportJson.ReadMessage(SupportJson.Write(message))).ToList();

        Assert.Equal(messages, read);
    }

    [Fact]
    public void Attachments_hold_10_MB_together_and_not_a_byte_more()
    {
        var half = Of(MessageAttachment.MaxTotalBytes / 2);

        Assert.Equal(2, (Messages.Plain() with { Attachments = [half, half] }).Attachments.Count);
        var fault = Assert.Throws<ArgumentException>(() => Messages.Plain() with { Attachments = [half, half, Of(1)] });
        Assert.Contains("Send a link instead", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_has_50_attachments_and_not_one_more()
    {
        Assert.Equal(50, (Messages.Plain() with { Attachments = [.. Enumerable.Repeat(Of(1), 50)] }).Attachments.Count);
        Assert.Throws<ArgumentException>(() => Messages.Plain() with { Attachments = [.. Enumerable.Repeat(Of(1), 51)] });
    }

    private static MessageAttachment Of(int bytes) =>
        new()
        {
            Name = "a.bin",
            ContentType = "application/octet-stream",
            Content = new byte[bytes],
        };
}
