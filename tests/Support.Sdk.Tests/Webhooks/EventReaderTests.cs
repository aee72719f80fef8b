using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Support.Sdk.Orders;
using Support.Sdk.Webhooks;
using Xunit;

namespace Support.Sdk.Tests.Webhooks;

public sealed class EventReaderTests
{
    // What the webhook itself fills in.
    private static readonly string[] NotTheSenders = ["source", "eventId"];

    [Theory]
    [InlineData("""{"key":{"id":"1"}}""", "$ needs the member placedAt.")]
    [InlineData("""{"key":{"id":1},"placedAt":"2026-11-02T09:00:00Z"}""", "$.key.id must be a text.")]
    [InlineData("""{"key":{"id":""},"placedAt":"2026-11-02T09:00:00Z"}""", "$.key.id must have 1 to 200 characters.")]
    [InlineData("""{"key":{"id":"a\nb"},"placedAt":"2026-11-02T09:00:00Z"}""", "$.key.id must match")]
    [InlineData("""{"key":null,"placedAt":"2026-11-02T09:00:00Z"}""", "$.key must be an object.")]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00"}""", "$.placedAt must be a moment with its offset")]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02"}""", "$.placedAt must be a moment with its offset")]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00 +01:00"}""", "$.placedAt must be a moment with its offset")]
    [InlineData("""{"key":{"id":"1"},"placedAt":1793610000}""", "$.placedAt must be a text.")]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-02-30T09:00:00Z"}""", "$.placedAt must be a moment with its offset")]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","status":"Shipped"}""", "$.status must be one of Unknown, Open")]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","status":1}""", "$.status must be a text.")]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","items":{}}""", "$.items must be a list.")]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","items":null}""", "$.items must be a list.")]
    [InlineData(
        """{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","items":[{"name":"x","quantity":1.5}]}""",
        "$.items[0].quantity must be a whole number."
    )]
    [InlineData(
        """{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","items":[{"name":"x"},{"name":"x","quantity":0}]}""",
        "$.items[1].quantity must lie between 1"
    )]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","promise":{"deliverBy":{}}}""", "$.promise.deliverBy needs either date or moment.")]
    [InlineData(
        """{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","promise":{"deliverBy":{"date":"2026-11-13","moment":"2026-11-13T09:00:00Z"}}}""",
        "$.promise.deliverBy needs either date or moment."
    )]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","promise":{"shipBy":{"date":"13/11/2026"}}}""", "$.promise.shipBy.date must be a date")]
    [InlineData(
        """{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","customer":{"timeZone":"Mars/Olympus"}}""",
        "$.customer.timeZone must be a time zone such as"
    )]
    [InlineData(
        """{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","shipments":[{"id":"1","trackingUrl":"javascript:alert(1)"}]}""",
        "$.shipments[0].trackingUrl must match"
    )]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","total":{"amount":-0.5,"currency":"SEK"}}""", "$.total.amount must lie between 0")]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","total":{"amount":"5","currency":"SEK"}}""", "$.total.amount must be a number.")]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","placed_at":1}""", "$ has a member that is not known.")]
    [InlineData("""{"key":{"id":"1","id":"2"},"placedAt":"2026-11-02T09:00:00Z"}""", "$.key has the member id twice.")]
    [InlineData("""{"key":{"id":"1","\u0069d":"2"},"placedAt":"2026-11-02T09:00:00Z"}""", "$.key has the member id twice.")]
    [InlineData("""{"type":"delivery-receipt","key":{"id":"1"}}""", "$.type must be one of order-snapshot")]
    [InlineData("""{"type":7}""", "$.type must be one of order-snapshot")]
    [InlineData("""{"type":"order-changed","key":{"id":"1"}}""", "$ needs the member at.")]
    [InlineData("""{"key":{"id":"\ud83d"},"placedAt":"2026-11-02T09:00:00Z"}""", "The body is no JSON text.")]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z"} {}""", "The body is no JSON text.")]
    [InlineData("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z",}""", "The body is no JSON text.")]
    public void What_is_not_understood_is_refused_with_its_place(string json, string expected)
    {
        var (read, fault) = EventReader.Read(Encoding.UTF8.GetBytes(json));

        Assert.Null(read);
        Assert.StartsWith(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_is_what_the_contract_says()
    {
        var (read, _) = EventReader.Read("""{"key":{"id":"1"},"placedAt":"2026-11-02T09:00:00Z","items":[{"name":"Teapot"}],"shipments":[{"id":"1"}]}"""u8);

        var order = Assert.IsType<OrderSnapshot>(read);
        Assert.Equal((OrderStatus.Open, 1), (order.Status, order.Items[0].Quantity));
        Assert.Empty(order.Customer.ContactPoints);
        Assert.Empty(order.Shipments[0].Events);
    }

    [Theory]
    [InlineData("😀", 200, true)]
    [InlineData("😀", 201, false)]
    [InlineData("\\ud83d\\ude00", 200, true)]
    [InlineData("\\ud83d\\ude00", 201, false)]
    [InlineData("a", 201, false)]
    public void A_text_is_as_long_as_it_has_characters_however_they_are_written(string character, int count, bool isRead)
    {
        var id = string.Concat(Enumerable.Repeat(character, count));

        var (read, _) = EventReader.Read(Encoding.UTF8.GetBytes($$"""{"key":{"id":"{{id}}"},"placedAt":"2026-11-02T09:00:00Z"}"""));

        Assert.Equal(isRead, read is not null);
    }

    [Fact]
    public void Escapes_stand_for_their_characters_in_names_choices_and_moments()
    {
        var (read, fault) = EventReader.Read(
            """{"\u006bey":{"id":"1"},"placedAt":"2026-11-02T09:00:00\u005a","status":"OnH\u006fld","updatedAt":"2026-11-02T09:00:00\u002b01:00"}"""u8
        );

        Assert.Null(fault);
        var order = Assert.IsType<OrderSnapshot>(read);
        Assert.Equal(OrderStatus.OnHold, order.Status);
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.FromHours(1)), order.UpdatedAt);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_refused() =>
        Assert.Equal("The body is no UTF-8.", EventReader.Read([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}']).Fault);

    [Fact]
    public void What_the_engine_writes_itself_is_read_back()
    {
        var order = Given.Snapshot() with
        {
            Status = OrderStatus.OnHold,
            Total = new OrderTotal(1499.50m, "SEK"),
            Items = [new OrderItem { Name = "Å 🫖", Quantity = 3 }],
            Shipments = [Given.Parcel(shippedAt: Given.Day(3), scans: Given.Scan(TrackingStatus.Delayed, Given.Day(4), "Snow.", Given.Day(9)))],
        };
        var written = JsonNode.Parse(SupportJson.Write(order))!.AsObject();
        written.Remove("source");

        var (read, fault) = EventReader.Read(Encoding.UTF8.GetBytes(written.ToJsonString()));

        Assert.Null(fault);
        Assert.Equal(SupportJson.Write(order), SupportJson.Write(read!));
    }

    public static TheoryData<string> Published => [.. JsonSchemas.Names];

    [Theory, MemberData(nameof(Published))]
    public void Every_published_example_is_read(string schema)
    {
        using var document = JsonDocument.Parse(JsonSchemas.Find(schema)!);
        var examples = document.RootElement.GetProperty("examples").EnumerateArray().ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Null(EventReader.Read(Encoding.UTF8.GetBytes(example.GetRawText())).Fault));
    }

    [Theory]
    [InlineData("order-snapshot.json", typeof(OrderSnapshot))]
    [InlineData("shipment-tracked.json", typeof(ShipmentTracked))]
    [InlineData("order-changed.json", typeof(OrderChanged))]
    public void The_schema_has_every_member_of_the_contract_and_no_other(string schema, Type contract) =>
        Assert.Empty(Differences("$", JsonSchemas.Shape(schema), contract, NotTheSenders, ["type"]));

    private static IEnumerable<string> Differences(string path, JsonShape shape, Type type, string[] leftOut, string[] added)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            return Compare(path, Enum.GetNames(type), shape.Values);
        }

        var info = SupportJsonContext.Default.GetTypeInfo(type)!;
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => Differences(path + "[]", shape.Items!, info.ElementType!, [], []),
            JsonTypeInfoKind.Object => Compare(path, Named(info).Select(one => one.Name).Except(leftOut).Concat(added), shape.Members.Select(one => one.Name))
                .Concat(
                    Named(info)
                        .Join(
                            shape.Members,
                            one => one.Name,
                            one => one.Name,
                            (one, member) => Differences($"{path}.{one.Name}", member.Shape, one.PropertyType, [], [])
                        )
                        .SelectMany(found => found)
                ),
            _ => [],
        };
    }

    private static IEnumerable<JsonPropertyInfo> Named(JsonTypeInfo info) => info.Properties.Where(one => one.Get is not null);

    private static IEnumerable<string> Compare(string path, IEnumerable<string> contract, IEnumerable<string> schema)
    {
        var (ours, theirs) = (contract.ToHashSet(), schema.ToHashSet());
        return ours.Except(theirs)
            .Select(name => $"The schema lacks {path}.{name}.")
            .Concat(theirs.Except(ours).Select(name => $"The contract lacks {path}.{name}."));
    }
}
