namespace Support.Sdk.Templates;

/// <summary>The words for one kind of message in one culture, written in Scriban.</summary>
/// <remarks>
/// Values are HTML-escaped in <see cref="Html"/> unless piped through <c>raw</c>. A variable that does not exist, or a syntax
/// error, stops the start with line and column. A message that leaves out a fact its kind must carry is not sent.
/// </remarks>
public sealed record MessageTemplate
{
    /// <summary>The kind; see <see cref="Orders.NoticeKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The culture, for example <c>en</c> or <c>sv-SE</c>.</summary>
    public required string Culture { get; init; }

    /// <summary>The shop that it is for, or null for all.</summary>
    public string? Shop { get; init; }

    /// <summary>The subject. Line breaks become spaces.</summary>
    public required string Subject { get; init; }

    /// <summary>The text part.</summary>
    public required string Text { get; init; }

    /// <summary>The HTML part: the content of the body; the brand's frame is put around it.</summary>
    public required string Html { get; init; }

    /// <summary>Where the template comes from, for error messages; a file's path, or null.</summary>
    public string? Origin { get; init; }
}
