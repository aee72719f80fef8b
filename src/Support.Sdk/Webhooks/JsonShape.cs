using System.Text.Json;
using System.Text.RegularExpressions;

namespace Support.Sdk.Webhooks;

/// <summary>What JSON must look like: the part of JSON Schema 2020-12 that the published schemas use, checked in one pass.</summary>
/// <remarks>The schemas that senders read are the ones that are checked here, so the two cannot disagree.</remarks>
internal sealed class JsonShape
{
    /// <summary>How many bytes a character has at most.</summary>
    private const int MaxBytes = 4;

    /// <summary>The types that are allowed, by their names in JSON Schema; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The only values that are allowed, or empty for all.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public IReadOnlyList<JsonMember> Members { get; init; } = [];

    /// <summary>Exactly one member of these must be there; empty for no such rule.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    public JsonShape? Items { get; init; }

    public int MinLength { get; init; }

    public int? MaxLength { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }

    public Regex? Pattern { get; init; }

    public string? Format { get; init; }

    /// <summary>Checks the value that the reader stands on, and moves the reader to its end.</summary>
    /// <returns>The first fault, or null when there is none.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A text has half a character in it.</exception>
    public JsonFault? Check(ref Utf8JsonReader reader)
    {
        if (Types.Count > 0 && !Allows(ref reader))
        {
            return new JsonFault($"must be {string.Join(" or ", Types.Select(Named))}");
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => CheckObject(ref reader),
            JsonTokenType.StartArray => CheckArray(ref reader),
            JsonTokenType.String => CheckText(ref reader),
            JsonTokenType.Number => CheckNumber(ref reader),
            _ when Values.Count > 0 => NotOneOf(),
            _ => null,
        };
    }

    private bool Allows(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => Has("object"),
            JsonTokenType.StartArray => Has("array"),
            JsonTokenType.String => Has("string"),
            JsonTokenType.Number => (Has("integer") && reader.TryGetInt32(out _)) || (Has("number") && reader.TryGetDecimal(out _)),
            JsonTokenType.True or JsonTokenType.False => Has("boolean"),
            _ => Has("null"),
        };

    private bool Has(string type) => Types.Contains(type, StringComparer.Ordinal);

    private JsonFault? CheckObject(ref Utf8JsonReader reader)
    {
        var (seen, index) = (0UL, -1);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            index = Find(ref reader, index + 1);
            if (index < 0)
            {
                // The name is the sender's, and is not repeated.
                return new JsonFault("has a member that is not known");
            }

            if ((seen & (1UL << index)) != 0)
            {
                return new JsonFault($"has the member {Members[index].Name} twice");
            }

            seen |= 1UL << index;
            reader.Read();
            if (Members[index].Shape.Check(ref reader) is { } fault)
            {
                return fault.Below("." + Members[index].Name);
            }
        }

        return Missing(seen);
    }

    private JsonFault? Missing(ulong seen)
    {
        for (var index = 0; index < Members.Count; index++)
        {
            if (Members[index].IsRequired && (seen & (1UL << index)) == 0)
            {
                return new JsonFault($"needs the member {Members[index].Name}");
            }
        }

        var chosen = Members.Where((member, index) => (seen & (1UL << index)) != 0 && OneOf.Contains(member.Name, StringComparer.Ordinal));
        return OneOf.Count > 0 && chosen.Count() != 1 ? new JsonFault($"needs either {string.Join(" or ", OneOf)}") : null;
    }

    // Senders mostly keep the order of the schema, so the next member is looked at first.
    private int Find(ref Utf8JsonReader reader, int first)
    {
        for (var step = 0; step < Members.Count; step++)
        {
            var index = (first + step) % Members.Count;
            if (reader.ValueTextEquals(Members[index].Utf8Name))
            {
                return index;
            }
        }

        return -1;
    }

    private JsonFault? CheckArray(ref Utf8JsonReader reader)
    {
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (Items?.Check(ref reader) is { } fault)
            {
                return fault.Below(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{index}]"));
            }
        }

        return null;
    }

    private JsonFault? CheckText(ref Utf8JsonReader reader)
    {
        if (Values.Count > 0)
        {
            return IsOneOf(ref reader) ? null : NotOneOf();
        }

        if (!HasRightLength(ref reader))
        {
            return new JsonFault($"must have {MinLength} to {MaxLength} characters");
        }

        return Format is { } format && !JsonFormats.IsMet(format, ref reader) ? new JsonFault($"must be {JsonFormats.Named(format)}")
            : Pattern?.IsMatch(reader.GetString()!) is false ? new JsonFault($"must match {Pattern}")
            : null;
    }

    private bool IsOneOf(ref Utf8JsonReader reader)
    {
        foreach (var value in Values)
        {
            if (reader.ValueTextEquals(value))
            {
                return true;
            }
        }

        return false;
    }

    // JSON Schema counts characters, and an emoji is one. Mostly the bytes tell already, without a text being made of them.
    private bool HasRightLength(ref Utf8JsonReader reader)
    {
        var bytes = reader.ValueSpan.Length;
        if (!reader.ValueIsEscaped && bytes >= MinLength * MaxBytes && (MaxLength is not { } max || bytes <= max))
        {
            return true;
        }

        var text = reader.GetString()!;
        var length = text.Length - text.Count(char.IsLowSurrogate);
        return length >= MinLength && !(length > MaxLength);
    }

    private JsonFault? CheckNumber(ref Utf8JsonReader reader) =>
        reader.TryGetDecimal(out var number) && (number < Minimum || number > Maximum) ? new JsonFault($"must lie between {Minimum} and {Maximum}") : null;

    private JsonFault NotOneOf() => new($"must be {(Values.Count == 1 ? "" : "one of ")}{string.Join(", ", Values)}");

    private static string Named(string type) =>
        type switch
        {
            "string" => "a text",
            "integer" => "a whole number",
            "number" => "a number",
            "boolean" => "true or false",
            "array" => "a list",
            "object" => "an object",
            _ => type,
        };
}

/// <summary>A member of an object.</summary>
internal sealed record JsonMember(string Name, JsonShape Shape, bool IsRequired)
{
    public byte[] Utf8Name { get; } = System.Text.Encoding.UTF8.GetBytes(Name);
}

/// <summary>What is wrong, and where.</summary>
internal sealed record JsonFault(string What, string Path = "")
{
    public JsonFault Below(string parent) => this with { Path = parent + Path };

    public override string ToString() => $"${Path} {What}.";
}
