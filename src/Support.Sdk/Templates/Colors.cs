using System.Globalization;

namespace Support.Sdk.Templates;

/// <summary>Colours as <c>#rrggbb</c>, and which of them can be read on which.</summary>
internal static class Colors
{
    public const string White = "#ffffff";
    public const string Dark = "#1d1d1f";
    public const string DarkCard = "#2a2a2d";

    // WCAG 2.2, success criterion 1.4.3.
    private const double ReadableContrast = 4.5;
    private const int Steps = 20;

    public static bool IsColor(string color) => color.Length == 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit);

    /// <summary>The colour of text on an area: white where that can be read, else the darkest.</summary>
    public static string On(string area) => Contrast(area, White) >= ReadableContrast ? White : Dark;

    /// <summary>The colour itself, or mixed with black or white just as far as it can be read on the area.</summary>
    public static string Readable(string color, string area)
    {
        var end = Luminance(area) > 0.5 ? "#000000" : White;
        for (var step = 0; step < Steps; step++)
        {
            var mixed = Mix(color, end, (double)step / Steps);
            if (Contrast(mixed, area) >= ReadableContrast)
            {
                return mixed;
            }
        }

        return end;
    }

    // https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    public static double Contrast(string one, string other)
    {
        var (lighter, darker) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static string Mix(string color, string end, double share) =>
        share == 0
            ? color
            : string.Create(
                CultureInfo.InvariantCulture,
                $"#{Between(color, end, 1, share):x2}{Between(color, end, 3, share):x2}{Between(color, end, 5, share):x2}"
            );

    private static int Between(string color, string end, int index, double share) =>
        (int)Math.Round(((1 - share) * Part(color, index)) + (share * Part(end, index)));

    // https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    private static double Luminance(string color) => (0.2126 * Channel(color, 1)) + (0.7152 * Channel(color, 3)) + (0.0722 * Channel(color, 5));

    private static double Channel(string color, int index)
    {
        var value = Part(color, index) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static int Part(string color, int index) => int.Parse(color.AsSpan(index, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
