using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Support.Sdk.Shopify.Webhooks;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

public sealed class JsonMembersTests
{
    // Everything that means something to JSON, and characters of one to four bytes.
    private static readonly Gen<string> Text = Gen.OneOf("\"", "\\", "{", "}", "[", "]", ",", ":", "id", " ", "\n", "å", "字", "🫖", "\\\"")
        .List[0, 40]
        .Select(parts => string.Concat(parts));

    private static readonly Gen<JsonNode?> Value = Gen.Recursive<JsonNode?>(
        (depth, inner) =>
            depth > 4
                ? Text.Select(text => (JsonNode?)text)
                : Gen.OneOf(
                    Text.Select(text => (JsonNode?)text),
                    Gen.OneOf("0", "-1.5e3", "true", "null").Select(text => JsonNode.Parse(text)),
                    inner.List[0, 5].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
                    Gen.Select(Text, inner).List[0, 5].Select(members => (JsonNode?)new JsonObject(members.DistinctBy(one => one.Item1).Select(Member)))
                )
    );

    private static KeyValuePair<string, JsonNode?> Member((string Name, JsonNode? Value) one) => new(one.Name, one.Value?.DeepClone());

    private static string? Find(string json) => ShopifyJson.OrderId(Encoding.UTF8.GetBytes(json), "id"u8);

    [Fact]
    public void Whatever_a_body_holds_the_member_is_found_as_a_reader_of_every_value_finds_it() =>
        Gen.Select(Gen.Select(Text, Value).List[0, 12], Gen.Int[0, 12], Gen.Bool, Gen.Bool)
            .Sample(
                (members, place, isIndented, isRelaxed) =>
                {
                    var others = members.Where(one => one.Item1 is not "id").DistinctBy(one => one.Item1).Select(Member).ToList();
                    others.Insert(Math.Min(place, others.Count), new("id", 7));
                    var options = new JsonSerializerOptions
                    {
                        WriteIndented = isIndented,
                        Encoder = isRelaxed ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping : null,
                        MaxDepth = 64,
                    };
                    var body = new JsonObject(others).ToJsonString(options);

                    Assert.Equal("7", Find(body));
                    Assert.ThrowsAny<JsonException>(() => Find(body[..^1]));
                    Assert.ThrowsAny<JsonException>(() => Find(body + "}"));
                }
            );

    [Fact]
    public void Where_a_value_stands_in_the_bytes_does_not_matter()
    {
        foreach (var length in Enumerable.Range(0, 200))
        {
            var body = $$"""{"a":[{"b":"{{new string(' ', length)}}\\\"]}\\"},["]"]],"id":7}""";

            Assert.Equal("7", Find(body));
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(" \r\n\t{ } ")]
    [InlineData("""{"a":{"id":7},"b":[{"id":7}],"c":"\"id\":7"}""")]
    public void A_member_that_is_not_there_is_none(string body) => Assert.Null(Find(body));

    [Theory]
    [InlineData(" { \"id\" : 7 } ")]
    [InlineData("{\"\\u0069\\u0064\":7}")]
    public void A_member_is_found_however_it_is_written(string body) => Assert.Equal("7", Find(body));

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{,}")]
    [InlineData("""{"id":7,}""")]
    [InlineData("""{"id":7 "a":1}""")]
    [InlineData("""{"id":7,,"a":1}""")]
    [InlineData("""{"id" 7}""")]
    [InlineData("""{"id":}""")]
    [InlineData("""{"id":7]""")]
    [InlineData("""{"id":07}""")]
    [InlineData("""{"id":7x}""")]
    [InlineData("""{id:7}""")]
    [InlineData("""{7:7}""")]
    [InlineData("""{"id":7,"a":"}""")]
    [InlineData("""{"id":7,"a":"\"}""")]
    [InlineData("""{"id":7,"a":"\""")]
    [InlineData("""{"id":7,"a":[}""")]
    [InlineData("""{"id":7,"a":["]}""")]
    [InlineData("""{"id":7}]""")]
    [InlineData("""{"id":7},""")]
    [InlineData("\u00a0{\"id\":7}")]
    public void What_is_no_object_alone_and_whole_is_no_body(string body) => Assert.ThrowsAny<JsonException>(() => Find(body));
}
