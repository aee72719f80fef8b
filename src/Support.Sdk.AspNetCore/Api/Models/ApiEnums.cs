using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>The values of an enum as the API writes them: in camel case, and in no other way.</summary>
internal static class ApiEnums<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> ByName = Enum.GetValues<T>().Distinct().ToFrozenDictionary(TicketFields.Name, StringComparer.Ordinal);
    private static readonly FrozenDictionary<T, string> ByValue = ByName.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<T>().Distinct().Select(TicketFields.Name)];

    public static bool TryRead(string? text, out T value) => ByName.TryGetValue(text ?? "", out value);

    public static string Write(T value) => ByValue.TryGetValue(value, out var name) ? name : TicketFields.Name(value);
}

/// <summary>The same for a type that is known only when the program runs.</summary>
internal static class ApiEnums
{
    public static IReadOnlyList<string> Names(Type type) => [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];
}

internal sealed class ApiEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ApiEnums<T>.TryRead(reader.GetString(), out var value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(ApiEnums<T>.Write(value));
}
