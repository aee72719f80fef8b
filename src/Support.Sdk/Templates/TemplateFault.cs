using System.Globalization;

namespace Support.Sdk.Templates;

/// <summary>What is wrong with a template, where, and what to do.</summary>
internal sealed record TemplateFault(string Origin, int Line, int Column, string Message)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Origin}({Line},{Column}): {Message}");
}

/// <summary>Where a part of a template stands in its file, so that faults name the line that its author sees.</summary>
/// <param name="Name">The file, or a name for the part.</param>
/// <param name="LinesBefore">How many lines of the file come first.</param>
/// <param name="ColumnsBefore">How many characters of the part's first line come first.</param>
internal sealed record PartOrigin(string Name, int LinesBefore = 0, int ColumnsBefore = 0)
{
    /// <summary>A fault at a position counted from zero.</summary>
    public TemplateFault Fault(int line, int column, string message)
    {
        var (row, place) = (Math.Max(line, 0), Math.Max(column, 0));
        return new(Name, row + LinesBefore + 1, place + (row == 0 ? ColumnsBefore : 0) + 1, message);
    }
}
