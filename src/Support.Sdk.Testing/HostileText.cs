namespace Support.Sdk.Testing;

/// <summary>A text that is harmless as text, and becomes something else where it is joined into a protocol.</summary>
/// <param name="Name">What it is, for error messages.</param>
/// <param name="Pattern">The text; <c>{0}</c> stands for an id that must never reach the provider.</param>
internal sealed record HostileText(string Name, string Pattern)
{
    public static IReadOnlyList<HostileText> All { get; } =
    [
        new("header lines", "Ada\r\nMessage-ID: <{0}@example.com>\r\nIdempotency-Key: {0}\r\nBcc: eve@example.com\r\n\r\nHello"),
        new("a bare line feed and a bare carriage return", "Ada\nIdempotency-Key: {0}\rX-Id: {0}"),
        new("JSON", "\",\"id\":\"{0}\",\"Id\":\"{0}\",\"x\":\"\\"),
        new("XML and HTML", "</p></body><script>alert('{0}')</script><id>{0}</id>]]><!--"),
        new("template and merge fields", "{{ '{0}' }} {% raw %} %Store.Name% ${id} #{1+1} {0}"),
        new("an end of mail", "\r\n.\r\nMAIL FROM:<eve@example.com>\r\nDATA\r\nMessage-ID: <{0}@example.com>\r\n\r\nx\r\n.\r\n"),
        new("a query string", "&id={0}&to=eve#;id={0}"),
        new("control characters", "a\0b\u0001\u001b[31m\u007f\u0085\u2028\u2029z"),
        new("emoji, combining and right-to-left characters", "\U0001F469\u200D\U0001F680 Zo\u00eb e\u0301 \u202e\u05d0\u05d1 \u65e5\u672c\u8a9e"),
        new("half a character", "x\ud83dy"),
    ];

    public string With(string id) => Pattern.Replace("{0}", id, StringComparison.Ordinal);
}
