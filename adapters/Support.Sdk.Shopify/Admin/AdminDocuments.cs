using System.Collections.Concurrent;

namespace Support.Sdk.Shopify.Admin;

/// <summary>The GraphQL documents that this package sends, each one read once.</summary>
internal static class AdminDocuments
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>The text of a document.</summary>
    /// <param name="name">The name of a file in <c>Documents</c>, without its extension.</param>
    /// <exception cref="ArgumentException">There is no such document.</exception>
    public static string Text(string name) => Texts.GetOrAdd(name, Load);

    private static string Load(string name)
    {
        using var stream =
            typeof(AdminDocuments).Assembly.GetManifestResourceStream($"Support.Sdk.Shopify.Documents.{name}.graphql")
            ?? throw new ArgumentException($"There is no document '{name}'. Put {name}.graphql into the folder Documents.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
