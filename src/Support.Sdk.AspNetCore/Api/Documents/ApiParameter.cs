using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Something that an operation reads from its query.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Schema">What it looks like.</param>
/// <param name="IsRequired">Whether it has to be there.</param>
internal sealed record ApiParameter(string Name, string Description, Func<OpenApiSchema> Schema, bool IsRequired = false)
{
    public static ApiParameter Shop { get; } = Text("shop", "The shop.") with { IsRequired = true };

    public static ApiParameter Limit { get; } =
        new(
            "limit",
            "How many at most.",
            () =>
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Format = "int32",
                    Minimum = "1",
                    Maximum = ApiQuery.MaxLimit.ToString(CultureInfo.InvariantCulture),
                    Default = ApiQuery.DefaultLimit,
                }
        );

    public static ApiParameter Cursor { get; } = Text("cursor", "Where to go on: 'next' of the page before. Keep the filters as they were.");

    public static ApiParameter Text(string name, string description) => new(name, description, () => new OpenApiSchema { Type = JsonSchemaType.String });

    public static ApiParameter Flag(string name, string description) => new(name, description, () => new OpenApiSchema { Type = JsonSchemaType.Boolean });

    public static ApiParameter Formatted(string name, string description, string format) =>
        new(name, description, () => new OpenApiSchema { Type = JsonSchemaType.String, Format = format });

    public static ApiParameter OneOf<T>(string name, string description)
        where T : struct, Enum =>
        new(
            name,
            description,
            () => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. ApiEnums<T>.Names.Select(value => (JsonNode)JsonValue.Create(value))] }
        );
}
