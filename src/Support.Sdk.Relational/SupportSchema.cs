using System.Globalization;
using System.Resources;

namespace Support.Sdk.Relational;

/// <summary>The tables as scripts, for those who let nobody but their own tools change a database.</summary>
public static class SupportSchema
{
    /// <summary>Gives the script that brings a database up to date.</summary>
    /// <param name="database">The kind of database: <c>sqlite</c>.</param>
    /// <param name="fromVersion">The version that the database has, 0 for an empty one.</param>
    /// <returns>The script, empty when nothing is to be done. It records the version itself; run it in one transaction.</returns>
    /// <exception cref="ArgumentException">There are no scripts for that kind of database.</exception>
    public static string Script(string database, int fromVersion = 0)
    {
        var scripts = Scripts(database);
        return scripts.Count > 0
            ? string.Concat(scripts.Skip(fromVersion).Select(Read))
            : throw new ArgumentException($"There is no schema for '{database}'. There is one for: sqlite.", nameof(database));
    }

    internal static int Version(string database) => Scripts(database).Count;

    private static List<string> Scripts(string database)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"Schema/{database}/");
        var names = typeof(SupportSchema).Assembly.GetManifestResourceNames();
        return [.. names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private static string Read(string name)
    {
        using var stream =
            typeof(SupportSchema).Assembly.GetManifestResourceStream(name) ?? throw new MissingManifestResourceException($"The script {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
