using Support.Sdk.Tickets;

namespace Support.Sdk.Intake;

/// <summary>What a customer's word must fulfil to be kept. What is refused here was never accepted, and its sender is told.</summary>
internal static class MessageRules
{
    public const int MaxTag = 50;
    public const int MaxSubject = 200;
    private const int MaxChannel = 50;
    private const int MaxName = 200;
    private const int MaxContact = 320;
    private const int MaxSubjectIn = 1000;
    private const int MaxList = 20;
    private const int MaxItem = 200;
    private const int MaxField = 2000;

    public static void Check(InboundMessage message)
    {
        EventRules.CheckText(message.Channel, MaxChannel, "channel");
        if (string.IsNullOrWhiteSpace(message.Text) && message.Attachments.Count == 0)
        {
            throw new ArgumentException("A message needs a text or a file.", nameof(message));
        }

        if (message.Text.Length > InboundMessage.MaxText)
        {
            throw new ArgumentException(
                $"The text has {message.Text.Length} characters. At most {InboundMessage.MaxText} are kept: hand the whole over as a file, and a summary as the text.",
                nameof(message)
            );
        }

        if (message.From is { } from)
        {
            EventRules.CheckText(from.Channel, MaxChannel, "contact's channel");
            EventRules.CheckText(from.Value.Trim(), MaxContact, "contact's address");
        }

        AtMost(message.Name?.Length, MaxName, "name's characters");
        AtMost(message.Subject?.Length, MaxSubjectIn, "subject's characters");
        AtMost(message.Attachments.Count, MaxList, "files");
        Lists(message);
        if (message.OrderId is { } order)
        {
            EventRules.CheckText(order, MaxItem, "order id");
        }

        if (message.Ticket is < 1)
        {
            throw new ArgumentException("A ticket's number is at least 1.", nameof(message));
        }
    }

    /// <summary>A tag is short, has no control characters and no comma.</summary>
    public static void CheckTag(string tag)
    {
        EventRules.CheckText(tag, MaxTag, "tag");
        if (tag.Contains(',', StringComparison.Ordinal) || tag.Trim().Length != tag.Length)
        {
            throw new ArgumentException($"The tag '{tag}' must have neither a comma nor blanks around it.", nameof(tag));
        }
    }

    public static void CheckFields(IReadOnlyDictionary<string, string> fields)
    {
        AtMost(fields.Count, MaxList, "fields");
        foreach (var (name, value) in fields)
        {
            EventRules.CheckText(name, MaxTag, "field's name");
            AtMost(value.Length, MaxField, $"characters of the field '{name}'");
        }
    }

    private static void Lists(InboundMessage message)
    {
        AtMost(message.Products.Count, MaxList, "products");
        foreach (var product in message.Products)
        {
            EventRules.CheckText(product, MaxItem, "product");
        }

        AtMost(message.Tags.Count, MaxList, "tags");
        foreach (var tag in message.Tags)
        {
            CheckTag(tag);
        }

        CheckFields(message.Fields);
    }

    private static void AtMost(int? count, int max, string what)
    {
        if (count > max)
        {
            throw new ArgumentException($"A message has at most {max} {what}, not {count}.", nameof(count));
        }
    }
}
