using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Support.Sdk.AspNetCore;

/// <summary>A piece of a page. Text becomes one only through encoding; nothing else can be put into a page.</summary>
internal readonly record struct Html(string Markup)
{
    // Names keep their letters; what means something in HTML is encoded all the same.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static Html Empty { get; } = new("");

    public static Html Of(HtmlText text) => text.ToHtml();

    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Markup)));

    public static string Encode(string text) => Encoder.Encode(text);
}

/// <summary>Writes an interpolated string: what stands in the code is markup, every value in it is encoded.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlText(int literalLength, int formattedCount)
{
    private const int Guess = 32;
    private readonly StringBuilder _markup = new(literalLength + (formattedCount * Guess));

    public void AppendLiteral(string markup) => _markup.Append(markup);

    public void AppendFormatted(string? text) => _markup.Append(Html.Encode(text ?? ""));

    public void AppendFormatted(int number) => _markup.Append(System.Globalization.CultureInfo.InvariantCulture, $"{number}");

    public void AppendFormatted(Html piece) => _markup.Append(piece.Markup);

    public Html ToHtml() => new(_markup.ToString());
}
