using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Support.Sdk.Tests.Relational;

/// <summary>Makes an object of any stored type in which every member is set, and names the places of its JSON.</summary>
internal static class StoredSample
{
    public static object Of(Type type)
    {
        if (type == typeof(string))
        {
            return "x";
        }

        if (type == typeof(int) || type == typeof(long))
        {
            return Convert.ChangeType(7, type, provider: null);
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner);
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var items = Array.CreateInstance(type.GenericTypeArguments[0], 1);
            items.SetValue(Of(type.GenericTypeArguments[0]), 0);
            return items;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            return new Dictionary<string, string>(StringComparer.Ordinal) { ["x"] = "x" };
        }

        return type.Name switch
        {
            nameof(Boolean) => true,
            nameof(Decimal) => 7m,
            nameof(DateTimeOffset) => Given.Monday,
            nameof(DateOnly) => new DateOnly(2026, 11, 2),
            nameof(TimeSpan) => TimeSpan.FromHours(7),
            nameof(Uri) => new Uri("https://shop.example/x"),
            nameof(ReadOnlyMemory<byte>) + "`1" => new ReadOnlyMemory<byte>([1, 2]),
            _ => Filled(type, isMinimal: false),
        };
    }

    /// <summary>Every member of every object in a JSON text, with the member that it belongs to.</summary>
    public static IEnumerable<StoredPlace> Places(object value, JsonNode node) => Places(value, node, []);

    private static IEnumerable<StoredPlace> Places(object value, JsonNode node, IReadOnlyList<object> path)
    {
        if (node is JsonArray array)
        {
            var items = ((System.Collections.IEnumerable)value).Cast<object>().ToList();
            return array.Index().SelectMany(item => Places(items[item.Index], item.Item!, [.. path, item.Index]));
        }

        // The names in a dictionary are no members.
        return node is JsonObject parent && value is not System.Collections.IEnumerable ? Members(value, parent, path) : [];
    }

    private static IEnumerable<StoredPlace> Members(object value, JsonObject parent, IReadOnlyList<object> path)
    {
        var minimal = Filled(value.GetType(), isMinimal: true);
        foreach (var property in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(IsStored))
        {
            var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonName(property);
            var child = parent[name] ?? throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} is not written.");
            yield return new StoredPlace(path, name, property, property.GetValue(minimal), IsRequired(property));
            foreach (var place in Places(property.GetValue(value)!, child, [.. path, property]))
            {
                yield return place;
            }
        }
    }

    private static object Filled(Type type, bool isMinimal)
    {
        var constructor = type.GetConstructors().MaxBy(one => one.GetParameters().Length) ?? throw new InvalidOperationException($"{type} cannot be made.");
        var made = constructor.Invoke([
            .. constructor.GetParameters().Select(parameter => isMinimal && parameter.IsOptional ? parameter.DefaultValue : Of(parameter.ParameterType)),
        ]);
        foreach (
            var property in type.GetProperties()
                .Where(property => property.CanWrite && (!isMinimal || property.IsDefined(typeof(RequiredMemberAttribute))))
                .Where(property =>
                    property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always } || property.Name is "Attachments"
                )
        )
        {
            property.SetValue(made, Of(property.PropertyType));
        }

        return made;
    }

    private static bool IsStored(PropertyInfo property) =>
        property.CanWrite
        && property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always }
        && (property.GetMethod!.IsPublic || property.IsDefined(typeof(JsonIncludeAttribute)));

    private static bool IsRequired(PropertyInfo property) =>
        property.IsDefined(typeof(RequiredMemberAttribute))
        || property
            .DeclaringType!.GetConstructors()
            .Any(constructor =>
                constructor.GetParameters().Any(parameter => !parameter.IsOptional && string.Equals(parameter.Name, property.Name, StringComparison.Ordinal))
            );

    private static string JsonName(PropertyInfo property) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}

/// <summary>A member of an object somewhere in a stored JSON text.</summary>
/// <param name="Path">How to come to the object: properties, and positions in lists.</param>
/// <param name="Name">The member's name in JSON.</param>
/// <param name="Property">The member.</param>
/// <param name="Default">Its value in an object where only what is required was set.</param>
/// <param name="IsRequired">False when a new object has a value without being given one.</param>
internal sealed record StoredPlace(IReadOnlyList<object> Path, string Name, PropertyInfo Property, object? Default, bool IsRequired)
{
    public Type? Enum => (Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType) is { IsEnum: true } type ? type : null;

    public JsonObject ParentIn(JsonNode document) =>
        Path.Aggregate(document, (node, step) => step is int index ? node[index]! : node[JsonName((PropertyInfo)step)]!).AsObject();

    public object? ValueIn(object root) =>
        Property.GetValue(
            Path.Aggregate(
                root,
                (value, step) =>
                    step is int index ? ((System.Collections.IEnumerable)value).Cast<object>().ElementAt(index) : ((PropertyInfo)step).GetValue(value)!
            )
        );

    private static string JsonName(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
