namespace Support.Sdk.Deliveries;

/// <summary>A file that goes with a message, for example an invoice.</summary>
/// <remarks>Two attachments are equal when they share the same memory; equal bytes in two places are not compared.</remarks>
public sealed record MessageAttachment
{
    /// <summary>The most that the attachments of one message may hold together, in bytes: 10 MB. Base64 makes about 14 MB of it.</summary>
    public const int MaxTotalBytes = 10 * 1024 * 1024;

    /// <summary>How many attachments one message may have.</summary>
    public const int MaxCount = 50;

    /// <summary>The file's name that the customer sees. Channels clean it: a path or a control character never gets through.</summary>
    public required string Name { get; init; }

    /// <summary>The media type, for example <c>application/pdf</c>. One that is none is sent as <c>application/octet-stream</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>The bytes; they must not change afterwards.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    internal static IReadOnlyList<MessageAttachment> Check(IReadOnlyList<MessageAttachment> attachments)
    {
        ArgumentNullException.ThrowIfNull(attachments);
        if (attachments.Count > MaxCount)
        {
            throw new ArgumentException($"A message has at most {MaxCount} attachments, not {attachments.Count}.", nameof(attachments));
        }

        var total = attachments.Sum(attachment => (long)attachment.Content.Length);
        return total <= MaxTotalBytes
            ? attachments
            : throw new ArgumentException(
                $"The attachments hold {total} bytes together; at most {MaxTotalBytes} go with a message. Send a link instead.",
                nameof(attachments)
            );
    }
}
