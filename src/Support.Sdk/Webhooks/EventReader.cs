using System.Text.Json;
using System.Text.Unicode;
using Support.Sdk.Orders;

namespace Support.Sdk.Webhooks;

/// <summary>Reads an event from JSON that a stranger wrote, strictly: what is not understood is refused with its place.</summary>
internal static class EventReader
{
    private const string Order = "order-snapshot";
    private const string Shipment = "shipment-tracked";
    private const string Change = "order-changed";

    private static readonly Dictionary<string, JsonShape> Shapes = new[] { Order, Shipment, Change }.ToDictionary(
        type => type,
        type => JsonSchemas.Shape(type + ".json"),
        StringComparer.Ordinal
    );

    // The schema has said what is required; a sender for one shop leaves the shop out.
    private static readonly JsonSerializerOptions Reading = new(SupportJson.Reading) { RespectRequiredConstructorParameters = false };

    /// <summary>The event, or what is wrong with it.</summary>
    public static (SupportEvent? Event, string? Fault) Read(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return (null, "The body is no UTF-8.");
        }

        try
        {
            return ReadText(json);
        }
        // Half a character in an escape is found only when the text is read.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return (null, "The body is no JSON text.");
        }
    }

    private static (SupportEvent? Event, string? Fault) ReadText(ReadOnlySpan<byte> json)
    {
        var type = TypeOf(json) ?? Order;
        if (!Shapes.TryGetValue(type, out var shape))
        {
            return (null, $"$.type must be one of {string.Join(", ", Shapes.Keys)}.");
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (shape.Check(ref reader) is { } fault)
        {
            return (null, fault.ToString());
        }

        // Moves past the end, where nothing may stand.
        reader.Read();
        return (Parse(type, json), null);
    }

    private static SupportEvent? Parse(string type, ReadOnlySpan<byte> json) =>
        type switch
        {
            Shipment => JsonSerializer.Deserialize<ShipmentTracked>(json, Reading),
            Change => JsonSerializer.Deserialize<OrderChanged>(json, Reading),
            _ => JsonSerializer.Deserialize<OrderSnapshot>(json, Reading),
        };

    private static string? TypeOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : "";
            }

            reader.Skip();
        }

        return null;
    }
}
