using System.Text;
using CsCheck;
using MimeKit;
using MimeKit.IO;
using MimeKit.IO.Filters;
using Support.Sdk.Email;
using Xunit;

namespace Support.Sdk.Tests.Email;

public sealed class QuotedPrintableTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(Gen.String, Gen.String[Gen.Char[" \t=\r\naå.\ud83e\udedc"], 0, 400]);

    [Fact]
    public void Any_text_comes_back_with_its_line_breaks_as_carriage_return_and_line_feed() =>
        Texts.Sample(text => string.Equals(Decoded(Encoded(text)), WithLineBreaks(text), StringComparison.Ordinal));

    [Fact]
    public void Any_text_is_short_ascii_lines_without_blanks_at_their_ends() =>
        Texts.Sample(text =>
        {
            var encoded = Encoded(text);
            var lines = encoded.Split("\r\n");
            return Ascii.IsValid(encoded)
                && lines.All(line => line.Length <= 76 && line.TrimEnd(' ', '\t').Length == line.Length && !line.Any(character => character is '\r' or '\n'))
                && lines[^1].Length == 0;
        });

    private static string Encoded(string text)
    {
        using var output = new MemoryStream();
        QuotedPrintable.Write(text, output);
        return Encoding.ASCII.GetString(output.ToArray());
    }

    private static string Decoded(string encoded)
    {
        using var output = new MemoryStream();
        using (var filtered = new FilteredStream(output))
        {
            filtered.Add(DecoderFilter.Create(ContentEncoding.QuotedPrintable));
            filtered.Write(Encoding.ASCII.GetBytes(encoded));
            filtered.Flush();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    // A half of a character cannot be written.
    private static string WithLineBreaks(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
}
