using Support.Sdk.Templates;

namespace Support.Sdk.AspNetCore.Forms;

/// <summary>What a file may be called where people see it: one line without a path.</summary>
internal static class FileNames
{
    private const int MaxLength = 150;
    private static readonly char[] Separators = ['/', '\\'];

    public static string Clean(string name)
    {
        var last = PlainLine.Clean(name[(name.LastIndexOfAny(Separators) + 1)..]);
        var cut = last.Length <= MaxLength ? last : last[^MaxLength..];
        // Half of a surrogate pair is no character.
        cut = cut.Length > 0 && char.IsLowSurrogate(cut[0]) ? cut[1..] : cut;
        return cut is "" or "." or ".." ? "file" : cut;
    }
}
