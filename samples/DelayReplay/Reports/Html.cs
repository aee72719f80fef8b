using System.Text.Encodings.Web;

namespace DelayReplay.Reports;

internal static class Html
{
    /// <summary>Makes text safe inside elements and quoted attributes.</summary>
    public static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
