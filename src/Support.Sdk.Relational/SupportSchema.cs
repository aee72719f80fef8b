using System.Text.RegularExpressions;

namespace Support.Sdk.Relational;

/// <summary>The schema for whoever creates tables by hand.</summary>
public static partial class SupportSchema
{
    /// <summary>The tables, in an order in which they can be dropped.</summary>
    internal static IReadOnlyList<string> Tables { get; } =
    [.. Scripts("postgres").SelectMany(script => Table().Matches(script)).Select(match => match.Groups["name"].Value).Reverse()];

    /// <summary>The scripts that make and upgrade the tables, in their order. The store applies them by itself when it starts; each records its version.</summary>
    /// <param name="dialect">The database: <c>sqlite</c>, <c>postgres</c>, <c>sqlserver</c> or <c>mysql</c>; the last two have no package of their own yet.</param>
    /// <exception cref="ArgumentException">There are no scripts for that database.</exception>
    public static IReadOnlyList<string> Scripts(string dialect)
    {
        var assembly = typeof(SupportSchema).Assembly;
        var names = assembly
            .GetManifestResourceNames()
            .Where(name => name.Replace('\\', '/').StartsWith(dialect + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (names.Count == 0)
        {
            throw new ArgumentException($"There are no scripts for '{dialect}'. Known: sqlite, postgres, sqlserver, mysql.", nameof(dialect));
        }

        return names.ConvertAll(Read);

        string Read(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    [GeneratedRegex(@"^CREATE TABLE (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();
}
