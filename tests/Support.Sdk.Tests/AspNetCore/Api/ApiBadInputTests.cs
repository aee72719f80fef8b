using System.Net;
using System.Text;
using Support.Sdk.AspNetCore;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class ApiBadInputTests(ApiAuthorizationTests.Server server) : IClassFixture<ApiAuthorizationTests.Server>
{
    private const string Messages = "/tickets/main/1/messages";

    [Theory]
    [InlineData("""{"text":"Hello","colour":"red"}""", "colour", "There is no such member. Known are text, channel")]
    [InlineData("""{"text":"Hello","from":{"channel":"email","value":"a@b","name":"x"}}""", "from.name", "There is no such member. Known are channel, value.")]
    [InlineData("""{"Text":"Hello"}""", "Text", "There is no such member")]
    [InlineData("""{"Text":"Hello"}""", "text", "Is missing.")]
    [InlineData("""{"text":null}""", "text", "Is missing.")]
    [InlineData("""{"text":7}""", "text", "Must be a text.")]
    [InlineData("""{"text":"a","text":"b"}""", "text", "more than once")]
    [InlineData("""{"text":"a\u0000b"}""", "text", "U+0000")]
    [InlineData("""{"text":"Hello","kind":"refund"}""", "kind", "Must be one of other, question, orderProblem, return, review.")]
    [InlineData("""{"text":"Hello","kind":"OrderProblem"}""", "kind", "Must be one of")]
    [InlineData("""{"text":"Hello","kind":2}""", "kind", "Must be one of")]
    [InlineData("""{"text":"Hello","tags":"vip"}""", "tags", "Must be a list.")]
    [InlineData("""{"text":"Hello","tags":["vip",null]}""", "tags[1]", "Must be a text.")]
    [InlineData("""{"text":"Hello","fields":{"size":7}}""", "fields.size", "Must be a text.")]
    [InlineData("""{"text":"Hello","fields":[]}""", "fields", "Must be an object.")]
    [InlineData("""{"text":"Hello","from":"ada@example.com"}""", "from", "Must be an object.")]
    [InlineData("""{"text":"Hello","attachments":[{"id":"x"}]}""", "attachments[0].length", "Is missing.")]
    [InlineData("""{"text":"Hello","attachments":[{"id":"x","name":"a","contentType":"b","length":1.5}]}""", "attachments[0].length", "whole number")]
    [InlineData("""{"text":"Hello","sentAt":"2026-11-02T09:00:00"}""", "sentAt", "RFC 3339")]
    [InlineData("""{"text":"Hello","sentAt":"yesterday"}""", "sentAt", "RFC 3339")]
    [InlineData("""{"text":"Hello","sentAt":1762074000}""", "sentAt", "RFC 3339")]
    [InlineData("[]", "body", "Must be an object.")]
    [InlineData("null", "body", "Must be an object.")]
    [InlineData("", "body", "no valid JSON")]
    [InlineData("""{"text":"Hello",}""", "body", "no valid JSON. Line 1, byte ")]
    [InlineData("""{"text":"\ud800"}""", "body", "no valid JSON")]
    [InlineData("""{"text":"Hello"} x""", "body", "no valid JSON")]
    [InlineData("""{"text":""}""", "body", "needs a text or a file")]
    [InlineData("""{"text":"Hello","culture":"klingon-!"}""", "culture", "Is not known")]
    [InlineData("""{"text":"Hello","timeZone":"Mars/Base"}""", "timeZone", "Is not known")]
    public async Task What_is_wrong_with_a_body_is_said_of_the_very_member(string json, string field, string fault) =>
        Assert.Contains(fault, (await server.Api.PostAsync("/tickets?shop=main", json)).Error(field), StringComparison.Ordinal);

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var answer = await server.Api.PostAsync("/tickets", """{"colour":"red","tags":7,"kind":"refund"}""", key: "a b");

        foreach (var field in (string[])["shop", "text", "colour", "tags", "kind", "Idempotency-Key"])
        {
            Assert.NotEmpty(answer.Error(field));
        }
    }

    [Fact]
    public async Task A_hostile_body_is_not_answered_fault_by_fault()
    {
        var answer = await server.Api.PostAsync(
            "/tickets?shop=main",
            "{" + string.Join(',', Enumerable.Range(0, 20_000).Select(index => $"\"m{index}\":1")) + "}"
        );

        Assert.NotEmpty(answer.Error("m0"));
        Assert.True(answer.Bytes.Length < 20_000, $"{answer.Bytes.Length}");
    }

    [Theory]
    [InlineData("""{"kind":"shout","text":"a"}""", "kind", "Must be one of reply, note.")]
    [InlineData("""{"kind":"note","text":" "}""", "text", "needs a text or a file")]
    [InlineData("""{"kind":"note","text":"a","status":"open"}""", "status", "Goes with a reply")]
    [InlineData("""{"kind":"note","text":"a","nextWordBy":"2026-11-03T09:00:00Z"}""", "nextWordBy", "Goes with a reply")]
    [InlineData("""{"kind":"reply","text":"a","status":"new"}""", "status", "is not new")]
    [InlineData(
        """{"kind":"reply","text":"a","attachments":[{"id":"x","name":"a","contentType":"b","length":1}]}""",
        "attachments[0].id",
        "There is no such file"
    )]
    public async Task What_is_wrong_with_a_message_is_said(string json, string field, string fault) =>
        Assert.Contains(fault, (await server.Api.PostAsync(Messages, json)).Error(field), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{}""", "body", "Changes nothing")]
    [InlineData("""{"reason":"x"}""", "body", "Changes nothing")]
    [InlineData("""{"priority":null}""", "body", "Changes nothing")]
    [InlineData("""{"status":"new"}""", "status", "No ticket becomes new again")]
    [InlineData("""{"subject":""}""", "body", "1 to 200")]
    public async Task What_is_wrong_with_a_change_is_said(string json, string field, string fault)
    {
        var number = await server.Api.OpenAsync();

        Assert.Contains(fault, (await server.Api.PatchAsync($"/tickets/main/{number}", json)).Error(field), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_database_has_room_for_is_said_before()
    {
        var number = await server.Api.OpenAsync();
        var customer = (await server.Api.CustomerAsync()).Id;
        var text = new string('a', 2001);

        Assert.Contains(
            "100",
            (await server.Api.PatchAsync($"/tickets/main/{number}", $$"""{"assignee":"{{text}}"}""")).Error("assignee"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "2000",
            (await server.Api.PatchAsync($"/tickets/main/{number}", $$"""{"reason":"{{text}}","kind":"other"}""")).Error("reason"),
            StringComparison.Ordinal
        );
        var contact = await server.Api.PatchAsync(
            $"/customers/main/{customer}",
            $$"""{"addContacts":[{"channel":"sms","value":"+1"},{"channel":"","value":"{{text}}"}]}"""
        );
        Assert.Contains("50", contact.Error("addContacts[1].channel"), StringComparison.Ordinal);
        Assert.Contains("320", contact.Error("addContacts[1].value"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tickets", "shop", "Is missing.")]
    [InlineData("/tickets?shop=main&status=Open", "status", "Must be one of new, open, pending, onHold, solved, closed.")]
    [InlineData("/tickets?shop=main&status=1", "status", "Must be one of")]
    [InlineData("/tickets?shop=main&sort=oldest", "sort", "Must be one of newest, due.")]
    [InlineData("/tickets?shop=main&open=yes", "open", "Must be true or false.")]
    [InlineData("/tickets?shop=main&limit=0", "limit", "from 1 to 200")]
    [InlineData("/tickets?shop=main&limit=201", "limit", "from 1 to 200")]
    [InlineData("/tickets?shop=main&limit=1e1", "limit", "from 1 to 200")]
    [InlineData("/tickets?shop=main&shop=other", "shop", "more than once")]
    [InlineData("/customers?shop=main&contact=ada@example.com", "contact", "CHANNEL:ADDRESS")]
    [InlineData("/customers?shop=main&contact=email:", "contact", "CHANNEL:ADDRESS")]
    [InlineData("/calendars/main/default/due", "within", "Is missing.")]
    [InlineData("/calendars/main/default/due?within=24h", "within", "ISO 8601")]
    [InlineData("/calendars/main/default/due?within=P1M", "within", "ISO 8601")]
    [InlineData("/calendars/main/default/due?within=-PT1H", "within", "ISO 8601")]
    [InlineData("/calendars/main/default/due?within=P366D", "within", "365 days")]
    [InlineData("/calendars/main/default/due?within=P9999999999D", "within", "ISO 8601")]
    [InlineData("/calendars/main/default/due?within=PT1H&from=2026-11-02", "from", "RFC 3339")]
    [InlineData("/calendars/main/default/due?within=PT1H&from=9999-12-31T23:59:59Z", "within", "not so much open time")]
    public async Task What_is_wrong_with_a_query_is_said_of_the_very_parameter(string path, string field, string fault) =>
        Assert.Contains(fault, (await server.Api.GetAsync(path)).Error(field), StringComparison.Ordinal);

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_with_what_to_do_instead()
    {
        var number = await server.Api.OpenAsync();
        var text = new string('a', 100_001);

        Assert.Contains(
            "as a file",
            (await server.Api.PostAsync($"/tickets/main/{number}/messages", $$"""{"kind":"note","text":"{{text}}"}""")).Error("text"),
            StringComparison.Ordinal
        );
        Assert.Contains("as a file", (await server.Api.PostAsync("/tickets?shop=main", $$"""{"text":"{{text}}"}""")).Error("body"), StringComparison.Ordinal);
        (await server.Api.PostAsync($"/tickets/main/{number}/messages", $$"""{"kind":"note","text":"{{text[1..]}}"}""")).Is(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(1024 * 1024 + 1)]
    [InlineData(10 * 1024 * 1024)]
    [InlineData(40 * 1024 * 1024)]
    public async Task A_body_that_is_too_large_is_not_read(int bytes)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes($$"""{"text":"{{new string('a', bytes - 11)}}"}"""));
        content.Headers.ContentType = new("application/json");

        var answer = await server.Api.SendAsync(HttpMethod.Post, "/tickets?shop=main", content: content, asksFirst: true);

        Assert.Contains("POST /files", answer.Is(HttpStatusCode.RequestEntityTooLarge)["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/merge-patch+json")]
    [InlineData(null)]
    public async Task Another_media_type_is_not_read(string? type)
    {
        var number = await server.Api.OpenAsync();
        (HttpMethod Method, string Path)[] asked =
        [
            (HttpMethod.Post, "/tickets?shop=main"),
            (HttpMethod.Patch, $"/tickets/main/{number}"),
            (HttpMethod.Post, "/customers/main/x/erase"),
        ];
        foreach (var (method, path) in asked)
        {
            using var content = new ByteArrayContent("""{"text":"Hello"}"""u8.ToArray());
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            (await server.Api.SendAsync(method, path, role: SupportPolicies.Admin, content: content)).Is(HttpStatusCode.UnsupportedMediaType);
        }
    }

    [Fact]
    public async Task A_compressed_body_is_not_read()
    {
        using var content = new ByteArrayContent("""{"text":"Hello"}"""u8.ToArray());
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");

        (await server.Api.SendAsync(HttpMethod.Post, "/tickets?shop=main", content: content)).Is(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_body_that_is_no_UTF_8_is_no_valid_JSON()
    {
        using var content = new ByteArrayContent([.. "{\"text\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");

        Assert.Contains(
            "no valid JSON",
            (await server.Api.SendAsync(HttpMethod.Post, "/tickets?shop=main", content: content)).Error("body"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_body_that_is_nested_without_end_is_no_valid_JSON() =>
        Assert.Contains("no valid JSON", (await server.Api.PostAsync("/tickets?shop=main", new string('[', 100_000))).Error("body"), StringComparison.Ordinal);
}
