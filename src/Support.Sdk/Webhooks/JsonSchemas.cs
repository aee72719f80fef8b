using System.Text.Json;
using System.Text.RegularExpressions;

namespace Support.Sdk.Webhooks;

/// <summary>The published JSON Schemas of what the signed webhook takes, as they are shipped in this package.</summary>
internal static class JsonSchemas
{
    private const int MaxMembers = 64;
    private static readonly string[] Annotations = ["$schema", "title", "description", "default", "examples", "$defs"];
    private static readonly Dictionary<string, JsonDocument> Documents = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, byte[]> Texts = Load();

    public static IReadOnlyCollection<string> Names => Texts.Keys;

    /// <summary>A schema as it is published, or null when there is none of that name.</summary>
    public static byte[]? Find(string name) => Texts.GetValueOrDefault(name);

    public static JsonShape Shape(string name) => Read(name, Documents[name].RootElement);

    private static Dictionary<string, byte[]> Load()
    {
        const string Folder = "Support.Sdk.Webhooks.Schemas.";
        var assembly = typeof(JsonSchemas).Assembly;
        var texts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var text = new byte[stream.Length];
            stream.ReadExactly(text);
            texts[resource[Folder.Length..]] = text;
            Documents[resource[Folder.Length..]] = JsonDocument.Parse(text);
        }

        return texts;
    }

    private static JsonShape Read(string document, JsonElement schema)
    {
        // A reference stands alone but for words about it.
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Follow(document, reference.GetString()!);
        }

        RefuseUnknown(schema);
        var required = Strings(schema, "required");
        return new JsonShape
        {
            Types = schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? [type.GetString()!] : Strings(schema, "type"),
            Values = schema.TryGetProperty("const", out var only) ? [only.GetString()!] : Strings(schema, "enum"),
            Members = Members(document, schema, required),
            OneOf = schema.TryGetProperty("oneOf", out var choices) ? [.. choices.EnumerateArray().Select(choice => Strings(choice, "required").Single())] : [],
            Items = schema.TryGetProperty("items", out var items) ? Read(document, items) : null,
            MinLength = (int?)Number(schema, "minLength") ?? 0,
            MaxLength = (int?)Number(schema, "maxLength"),
            Minimum = Number(schema, "minimum"),
            Maximum = Number(schema, "maximum"),
            Pattern = schema.TryGetProperty("pattern", out var pattern)
                ? new Regex(pattern.GetString()!, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)
                : null,
            Format = schema.TryGetProperty("format", out var format) ? format.GetString() : null,
        };
    }

    private static JsonShape Follow(string document, string reference)
    {
        var parts = reference.Split('#');
        var target = parts[0].Length == 0 ? document : parts[0];
        var element = parts[1].Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(Documents[target].RootElement, (at, name) => at.GetProperty(name));
        return Read(target, element);
    }

    private static List<JsonMember> Members(string document, JsonElement schema, IReadOnlyList<string> required)
    {
        if (!schema.TryGetProperty("properties", out var properties))
        {
            return [];
        }

        var members = properties
            .EnumerateObject()
            .Select(one => new JsonMember(one.Name, Read(document, one.Value), required.Contains(one.Name, StringComparer.Ordinal)))
            .ToList();
        return members.Count <= MaxMembers ? members : throw new InvalidOperationException($"A schema has more than {MaxMembers} members.");
    }

    // A keyword that is published and not checked would be a promise that nobody keeps.
    private static void RefuseUnknown(JsonElement schema)
    {
        string[] known =
        [
            .. Annotations,
            "type",
            "const",
            "enum",
            "properties",
            "required",
            "additionalProperties",
            "oneOf",
            "items",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "pattern",
            "format",
        ];
        var unknown = schema.EnumerateObject().Select(one => one.Name).FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal));
        if (unknown is not null)
        {
            throw new InvalidOperationException($"The keyword '{unknown}' of a published schema is not checked.");
        }
    }

    private static IReadOnlyList<string> Strings(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];

    private static long? Number(JsonElement schema, string name) => schema.TryGetProperty(name, out var number) ? number.GetInt64() : null;
}
