using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>The schemas of a document, from the types that are really written and read.</summary>
/// <remarks>Made from the API's own JSON, not from the application's, which may name members and enums in another way.</remarks>
internal static class SchemaBook
{
    private static readonly Dictionary<Type, Func<OpenApiSchema>> Values = new()
    {
        [typeof(string)] = () => Text(),
        [typeof(Uri)] = () => Text("uri"),
        [typeof(DateTimeOffset)] = () => Text("date-time"),
        [typeof(DateOnly)] = () => Text("date"),
        [typeof(TimeSpan)] = () => Text("duration"),
        [typeof(bool)] = () => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        [typeof(int)] = () => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
        [typeof(long)] = () => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        [typeof(decimal)] = () => new OpenApiSchema { Type = JsonSchemaType.Number },
    };

    /// <summary>The schema of a type; objects and enums become components of the document.</summary>
    public static IOpenApiSchema Of(Type type, OpenApiDocument document)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Values.TryGetValue(type, out var value))
        {
            return value();
        }

        if (type.IsEnum)
        {
            return Component(type, document, () => Enumeration(type));
        }

        var info = ApiJson.Default.Options.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(info.ElementType!, document) },
            JsonTypeInfoKind.Dictionary => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(info.ElementType!, document) },
            _ => Component(type, document, () => Object(info, document)),
        };
    }

    /// <summary>The schema of a body: unlike an answer, it never has a member that is not named here.</summary>
    public static IOpenApiSchema OfBody(Type type, OpenApiDocument document)
    {
        var reference = (OpenApiSchemaReference)Of(type, document);
        ((OpenApiSchema)document.Components!.Schemas![reference.Reference.Id!]).AdditionalPropertiesAllowed = false;
        return reference;
    }

    private static OpenApiSchemaReference Component(Type type, OpenApiDocument document, Func<OpenApiSchema> schema)
    {
        var id = type.Name.EndsWith("Model", StringComparison.Ordinal) ? type.Name[..^"Model".Length] : type.Name;
        if (document.Components?.Schemas?.ContainsKey(id) is not true)
        {
            document.AddComponent<IOpenApiSchema>(id, schema());
        }

        return new OpenApiSchemaReference(id, document);
    }

    private static OpenApiSchema Object(JsonTypeInfo info, OpenApiDocument document)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = DescriptionOf(info.Type),
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal),
            Required = new HashSet<string>(StringComparer.Ordinal),
        };
        foreach (var property in info.Properties)
        {
            var own = Of(property.PropertyType, document);
            // Beside a reference only these two may stand (OpenAPI 3.1, 4.8.23).
            own.Description = DescriptionOf(property.AttributeProvider) ?? own.Description;
            schema.Properties[property.Name] = own;
            if (property.IsRequired)
            {
                schema.Required.Add(property.Name);
            }
        }

        return schema;
    }

    private static OpenApiSchema Enumeration(Type type) =>
        new() { Type = JsonSchemaType.String, Enum = [.. ApiEnums.Names(type).Select(name => (JsonNode)JsonValue.Create(name))] };

    private static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };

    private static string? DescriptionOf(System.Reflection.ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute description, ..] ? description.Description : null;
}
