using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Support.Sdk.Contacts;
using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Sla;
using Support.Sdk.Storefronts;
using Support.Sdk.Tickets;

namespace Support.Sdk;

/// <summary>How stores write aggregates: one JSON for every database, so that a row can move from one to another.</summary>
/// <remarks>
/// Reading is tolerant: a missing member has the value that a new object has, unknown members are passed over and unknown enum values
/// become the enum's first value, so that two versions can share a database. What is written is no part of a page: only what JSON itself
/// needs is escaped, so that letters and markup take no more room than they have.
/// </remarks>
public static class SupportJson
{
    /// <summary>Reads what another version wrote. Null where the contract has no null is refused, here and not where it is used.</summary>
    // Generated readers make a missing init member its type's default (no list, no quantity) instead of the contract's; reflection keeps
    // what the contract says.
    internal static readonly JsonSerializerOptions Reading = new(SupportJsonContext.Default.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new TolerantEnums() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private const int FirstRoom = 4 * 1024;
    private const int LargestKept = 256 * 1024;

    // It is never part of a page, so nothing is escaped that JSON itself lets stand: a mail in HTML is full of what would be.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _writing;

    /// <summary>Writes an event.</summary>
    public static string Write(SupportEvent value) => Write(value, SupportJsonContext.Default.SupportEvent);

    /// <summary>Reads an event.</summary>
    /// <exception cref="JsonException">The text is not an event.</exception>
    public static SupportEvent ReadEvent(string json) => Read<SupportEvent>(json);

    /// <summary>Writes an order.</summary>
    public static string Write(WatchedOrder value) => Write(value, SupportJsonContext.Default.WatchedOrder);

    /// <summary>Reads an order.</summary>
    /// <exception cref="JsonException">The text is not an order.</exception>
    public static WatchedOrder ReadOrder(string json) => Read<WatchedOrder>(json);

    /// <summary>Writes a message.</summary>
    public static string Write(OutboundMessage value) => Write(value, SupportJsonContext.Default.OutboundMessage);

    /// <summary>Reads a message.</summary>
    /// <exception cref="JsonException">The text is not a message.</exception>
    public static OutboundMessage ReadMessage(string json) => Read<OutboundMessage>(json);

    /// <summary>Writes a contact.</summary>
    public static string Write(Contact value) => Write(value, SupportJsonContext.Default.Contact);

    /// <summary>Reads a contact.</summary>
    /// <exception cref="JsonException">The text is not a contact.</exception>
    public static Contact ReadContact(string json) => Read<Contact>(json);

    /// <summary>Writes a ticket.</summary>
    public static string Write(Ticket value) => Write(value, SupportJsonContext.Default.Ticket);

    /// <summary>Reads a ticket.</summary>
    /// <exception cref="JsonException">The text is not a ticket.</exception>
    public static Ticket ReadTicket(string json) => Read<Ticket>(json);

    /// <summary>Writes an entry of a ticket.</summary>
    public static string Write(TicketEntry value) => Write(value, SupportJsonContext.Default.TicketEntry);

    /// <summary>Reads an entry of a ticket.</summary>
    /// <exception cref="JsonException">The text is not an entry.</exception>
    public static TicketEntry ReadTicketEntry(string json) => Read<TicketEntry>(json);

    /// <summary>Writes a customer.</summary>
    public static string Write(Customer value) => Write(value, SupportJsonContext.Default.Customer);

    /// <summary>Reads a customer.</summary>
    /// <exception cref="JsonException">The text is not a customer.</exception>
    public static Customer ReadCustomer(string json) => Read<Customer>(json);

    private static string Write<T>(T value, JsonTypeInfo<T> type)
    {
        var (buffer, writer) = _writing ?? Writing();
        // Not kept meanwhile: what a failure leaves in it must not begin the next text.
        _writing = null;
        JsonSerializer.Serialize(writer, value, type);
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        if (buffer.Capacity <= LargestKept)
        {
            buffer.ResetWrittenCount();
            writer.Reset();
            _writing = (buffer, writer);
        }

        return text;
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) Writing()
    {
        var buffer = new ArrayBufferWriter<byte>(FirstRoom);
        return (buffer, new Utf8JsonWriter(buffer, Plain));
    }

    private static T Read<T>(string json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Reading) ?? throw new JsonException("The stored JSON is null.");
        }
        // No kind of event, or one that is not known here; attachments beyond what may be sent.
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    // As an option of its own: with a converter among the options, no writer would be generated.
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(SupportEvent))]
[JsonSerializable(typeof(WatchedOrder))]
[JsonSerializable(typeof(OutboundMessage))]
[JsonSerializable(typeof(Contact))]
[JsonSerializable(typeof(Ticket))]
[JsonSerializable(typeof(TicketEntry))]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(ConsentRecord))]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(MessageDelivery))]
internal sealed partial class SupportJsonContext : JsonSerializerContext;

/// <summary>Reads names that it does not know as the enum's first value.</summary>
internal sealed class TolerantEnums : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(TolerantEnum<>).MakeGenericType(typeToConvert))!;

    private sealed class TolerantEnum<TEnum> : JsonConverter<TEnum>
        where TEnum : struct, Enum
    {
        private readonly (byte[] Name, TEnum Value)[] _known = [.. Enum.GetValues<TEnum>().Select(value => (Encoding.UTF8.GetBytes(value.ToString()), value))];

        public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                return default;
            }

            // Mostly it is as this version writes it, and no text has to be made of it.
            foreach (var (name, known) in _known)
            {
                if (reader.ValueTextEquals(name))
                {
                    return known;
                }
            }

            return Enum.TryParse<TEnum>(reader.GetString(), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : default;
        }

        public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
