using System.Text;
using System.Text.Json;

namespace Support.Sdk.Shopify.Webhooks;

/// <summary>Reads single values from a body, without building the rest of it.</summary>
/// <remarks>All of them throw <see cref="JsonException"/>, or <see cref="InvalidOperationException"/> for half a character, where the body is no JSON.</remarks>
internal static class ShopifyJson
{
    // What 64 bits can hold.
    private const int MaxDigits = 20;
    private const int MaxText = 1000;
    private const int MaxNamed = 100;
    private const string OrderGid = "gid://shopify/Order/";

    /// <summary>The order's id in the first member of this name, or null when there is none.</summary>
    /// <remarks>What stands behind it is not read: the body is proven before it comes here, and nothing else of it is used.</remarks>
    public static string? OrderId(ReadOnlySpan<byte> json, scoped ReadOnlySpan<byte> name)
    {
        var reader = Open(json);
        return Find(ref reader, name) ? Id(ref reader) : null;
    }

    /// <summary>The order's id in a member of an object in a member, or null when there is none. What stands behind it is not read.</summary>
    public static string? OrderId(ReadOnlySpan<byte> json, scoped ReadOnlySpan<byte> outer, scoped ReadOnlySpan<byte> name)
    {
        var reader = Open(json);
        return Find(ref reader, outer) && reader.TokenType == JsonTokenType.StartObject && Find(ref reader, name) ? Id(ref reader) : null;
    }

    /// <summary>Every order that is named by its global id, wherever that stands; at most 100.</summary>
    public static List<string> OrdersNamed(ReadOnlySpan<byte> json)
    {
        var reader = Open(json);
        var found = new List<string>(1);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                Collect(reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString() ?? "") : reader.ValueSpan, found);
            }
        }

        return found;
    }

    /// <summary>Begins to read a body, which must be an object.</summary>
    public static Utf8JsonReader Open(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? reader : throw new JsonException("The body is no object.");
    }

    /// <summary>Makes sure that nothing stands behind the body.</summary>
    public static void Close(ref Utf8JsonReader reader) => reader.Read();

    /// <summary>Moves to the value of the next member that has one of the names, and tells which; -1 at the end of the object.</summary>
    /// <param name="reader">Stands at the beginning of the object, or at the end of a value in it.</param>
    /// <param name="names">The names.</param>
    /// <param name="seen">The names that were met, as bits; a second time is no JSON that one could rely on.</param>
    public static int Next(ref Utf8JsonReader reader, scoped ReadOnlySpan<string> names, ref int seen)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = 0;
            while (name < names.Length && !reader.ValueTextEquals(names[name]))
            {
                name++;
            }

            reader.Read();
            if (name == names.Length)
            {
                reader.Skip();
                continue;
            }

            if ((seen & (1 << name)) != 0)
            {
                throw new JsonException("A member stands there twice.");
            }

            seen |= 1 << name;
            return name;
        }

        return -1;
    }

    /// <summary>Whether the value is an object; any other is passed over.</summary>
    public static bool IsObject(ref Utf8JsonReader reader) => Is(ref reader, JsonTokenType.StartObject);

    /// <summary>Whether the value is a list; any other is passed over.</summary>
    public static bool IsList(ref Utf8JsonReader reader) => Is(ref reader, JsonTokenType.StartArray);

    /// <summary>The value as a text of at most 1,000 bytes, or null.</summary>
    public static string? Text(ref Utf8JsonReader reader) =>
        Is(ref reader, JsonTokenType.String) && reader.ValueSpan.Length <= MaxText ? reader.GetString() : null;

    /// <summary>The value as an id: the digits as they stand there, of a number, a text or the order's global id; or null.</summary>
    /// <remarks>An id has up to 64 bits. As a double it would be another one from 2^53 on.</remarks>
    public static string? Id(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return Digits(Encoding.ASCII.GetString(reader.ValueSpan));
        }

        return Text(ref reader) is { } text ? IdIn(text) ?? Digits(text) : null;
    }

    /// <summary>The id in an order's global id, or null.</summary>
    public static string? IdIn(string? gid) =>
        gid is not null && gid.StartsWith(OrderGid, StringComparison.Ordinal) ? Digits(gid[OrderGid.Length..].Split('?')[0]) : null;

    // Moves to the value of the member.
    private static bool Find(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isFound = reader.ValueTextEquals(name);
            reader.Read();
            if (isFound)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static void Collect(ReadOnlySpan<byte> text, List<string> found)
    {
        var gid = "gid://shopify/Order/"u8;
        for (var at = text.IndexOf(gid); at >= 0 && found.Count < MaxNamed; at = text.IndexOf(gid))
        {
            text = text[(at + gid.Length)..];
            var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (Digits(Encoding.ASCII.GetString(end < 0 ? text : text[..end])) is { } id && !found.Contains(id, StringComparer.Ordinal))
            {
                found.Add(id);
            }
        }
    }

    private static string? Digits(string text) => text.Length is > 0 and <= MaxDigits && text.All(char.IsAsciiDigit) ? text : null;

    private static bool Is(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType == type)
        {
            return true;
        }

        reader.Skip();
        return false;
    }
}
