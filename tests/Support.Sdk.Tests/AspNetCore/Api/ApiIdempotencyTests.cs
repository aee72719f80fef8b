using System.Net;
using Support.Sdk.AspNetCore;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class ApiIdempotencyTests
{
    private const string Reply = """{"kind":"reply","text":"Soon."}""";

    private static async Task<int> EntriesAsync(ApiApplication api, long number) =>
        (await api.GetAsync($"/tickets/main/{number}/messages")).Json.GetProperty("items").GetArrayLength();

    private static async Task<int> TicketsAsync(ApiApplication api) =>
        (await api.GetAsync("/tickets?shop=main&limit=200")).Json.GetProperty("items").GetArrayLength();

    [Fact]
    public async Task A_message_under_one_key_is_written_once_and_answered_as_the_first_time()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();

        var first = (await api.PostAsync($"/tickets/main/{number}/messages", Reply, key: "k-1")).Is(HttpStatusCode.Created);
        var again = (await api.PostAsync($"/tickets/main/{number}/messages", Reply, key: "k-1")).Is(HttpStatusCode.Created);

        Assert.Equal((first.Text, first.Headers.Location, first.Tag), (again.Text, again.Headers.Location, again.Tag));
        Assert.Equal(3, await EntriesAsync(api, number));
    }

    [Fact]
    public async Task Two_at_once_under_one_key_are_one()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.PostAsync($"/tickets/main/{number}/messages", Reply, key: "k-1")));
        var openings = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.PostAsync("/tickets?shop=main", """{"text":"Hello"}""", key: "k-1")));
        // Those that lost have taken numbers too.
        var opened = Assert.Single(openings.Select(answer => answer.Is(HttpStatusCode.Created)["number"]).Distinct());
        var changes = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => api.PatchAsync($"/tickets/main/{opened}", """{"priority":"high","reason":"Once."}""", key: "k-1"))
        );

        Assert.All(changes, answer => Assert.Equal("2", answer.Is(HttpStatusCode.OK)["version"]));
        Assert.All(replies, answer => Assert.Equal("3", answer.Is(HttpStatusCode.Created).Json.GetProperty("message").GetProperty("number").ToString()));
        Assert.Equal((3, 2), (await EntriesAsync(api, number), await TicketsAsync(api)));
    }

    [Fact]
    public async Task A_repeat_is_answered_although_the_ticket_has_changed_since_the_version_that_it_names()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();
        var seen = (await api.GetAsync($"/tickets/main/{number}")).Tag;

        var first = (await api.PatchAsync($"/tickets/main/{number}", """{"priority":"high"}""", key: "k-1", match: seen)).Is(HttpStatusCode.OK);
        var again = (await api.PatchAsync($"/tickets/main/{number}", """{"priority":"high"}""", key: "k-1", match: seen)).Is(HttpStatusCode.OK);

        Assert.Equal(first.Text, again.Text);
        (await api.PatchAsync($"/tickets/main/{number}", """{"priority":"high"}""", match: seen)).Is(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task A_change_of_a_customer_is_answered_again_too()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.OpenAsync();
        var path = $"/customers/main/{(await api.CustomerAsync()).Id}";
        var seen = (await api.GetAsync(path)).Tag;
        const string Change =
            """{"name":"Augusta","addTags":["vip"],"addContacts":[{"channel":"sms","value":"+4670"}],"timeZone":"Europe/Stockholm","culture":""}""";

        var first = (await api.PatchAsync(path, Change, key: "k-1", match: seen)).Is(HttpStatusCode.OK);
        var again = (await api.PatchAsync(path, Change, key: "k-1", match: seen)).Is(HttpStatusCode.OK);

        Assert.Equal((first.Text, "2"), (again.Text, again["version"]));
    }

    [Fact]
    public async Task A_repeat_of_a_promise_is_answered_after_its_moment_has_passed()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();
        const string Promise = """{"kind":"reply","text":"Tomorrow.","nextWordBy":"2026-11-03T09:00:00Z"}""";

        (await api.PostAsync($"/tickets/main/{number}/messages", Promise, key: "k-1")).Is(HttpStatusCode.Created);
        api.Support.Time.Advance(TimeSpan.FromDays(2));

        (await api.PostAsync($"/tickets/main/{number}/messages", Promise, key: "k-1")).Is(HttpStatusCode.Created);
        Assert.Contains("passed", (await api.PostAsync($"/tickets/main/{number}/messages", Promise)).Error("body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Splitting_and_merging_again_changes_nothing()
    {
        await using var api = await ApiApplication.StartAsync();
        var (one, two) = (await api.OpenAsync(), await api.OpenAsync());

        var split = (await api.PostAsync($"/tickets/main/{one}/split", """{"entries":[1],"subject":"Other"}""", SupportPolicies.Lead, "k-1")).Is(
            HttpStatusCode.Created
        );
        var splitAgain = (await api.PostAsync($"/tickets/main/{one}/split", """{"entries":[1],"subject":"Other"}""", SupportPolicies.Lead, "k-1")).Is(
            HttpStatusCode.Created
        );
        var merged = (await api.PostAsync($"/tickets/main/{one}/merge", $$"""{"into":{{two}}}""", SupportPolicies.Lead, "k-1")).Is(HttpStatusCode.OK);
        var mergedAgain = (await api.PostAsync($"/tickets/main/{one}/merge", $$"""{"into":{{two}}}""", SupportPolicies.Lead, "k-1")).Is(HttpStatusCode.OK);

        Assert.Equal((split.Text, merged.Text), (splitAgain.Text, mergedAgain.Text));
        Assert.Equal(3, await TicketsAsync(api));
    }

    [Fact]
    public async Task Two_people_and_two_acts_never_meet_under_one_key()
    {
        await using var api = await ApiApplication.StartAsync();
        var (number, other) = (await api.OpenAsync(), await api.OpenAsync());

        await api.PostAsync($"/tickets/main/{number}/messages", Reply, key: "k-1", user: "olga");
        await api.PostAsync($"/tickets/main/{number}/messages", Reply, key: "k-1", user: "otto");
        await api.PostAsync($"/tickets/main/{other}/messages", Reply, key: "k-1", user: "olga");
        (await api.PatchAsync($"/tickets/main/{number}", """{"priority":"high"}""", key: "k-1", user: "olga")).Is(HttpStatusCode.OK);
        // The parts are not merely strung together.
        await api.PostAsync("/tickets?shop=main", """{"text":"Hello"}""", key: "ab", user: "o");
        await api.PostAsync("/tickets?shop=main", """{"text":"Hello"}""", key: "b", user: "oa");

        Assert.Equal((5, 3), (await EntriesAsync(api, number), await EntriesAsync(api, other)));
        Assert.Equal("high", (await api.GetAsync($"/tickets/main/{number}"))["priority"]);
        Assert.Equal(4, await TicketsAsync(api));
    }

    [Fact]
    public async Task A_key_that_stood_for_other_words_is_refused()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();
        await api.PostAsync($"/tickets/main/{number}/messages", Reply, key: "k-1");
        await api.PostAsync("/tickets?shop=main", """{"text":"Hello"}""", key: "k-2");

        Answer[] refused =
        [
            await api.PostAsync($"/tickets/main/{number}/messages", """{"kind":"reply","text":"Later."}""", key: "k-1"),
            await api.PostAsync($"/tickets/main/{number}/messages", """{"kind":"note","text":"Soon."}""", key: "k-1"),
            await api.PostAsync("/tickets?shop=main", """{"text":"Goodbye"}""", key: "k-2"),
        ];

        Assert.All(refused, answer => Assert.Contains("key was used", answer.Is(HttpStatusCode.Conflict)["detail"], StringComparison.Ordinal));
        Assert.Equal(3, await EntriesAsync(api, number));
    }

    [Fact]
    public async Task A_key_holds_however_many_tickets_have_been_opened_since()
    {
        await using var api = await ApiApplication.StartAsync();
        var first = await api.PostAsync("/tickets?shop=main", """{"text":"Hello"}""", key: "k-1");
        for (var count = 0; count < 60; count++)
        {
            await api.OpenAsync();
        }

        Assert.Equal(first["number"], (await api.PostAsync("/tickets?shop=main", """{"text":"Hello"}""", key: "k-1"))["number"]);
    }

    [Fact]
    public async Task Without_a_key_the_same_words_are_written_twice()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();

        await api.PostAsync($"/tickets/main/{number}/messages", Reply);
        await api.PostAsync($"/tickets/main/{number}/messages", Reply);
        await api.PostAsync("/tickets?shop=main", """{"text":"Hello"}""");
        await api.PostAsync("/tickets?shop=main", """{"text":"Hello"}""");

        Assert.Equal((4, 3), (await EntriesAsync(api, number), await TicketsAsync(api)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with a blank")]
    [InlineData(201)]
    public async Task A_key_is_visible_ASCII_and_not_too_long(object key)
    {
        await using var api = await ApiApplication.StartAsync();
        var text = key is int length ? new string('k', length) : (string)key;

        var answer = await api.PostAsync("/tickets?shop=main", """{"text":"Hello"}""", key: text);

        Assert.Contains("visible ASCII", answer.Error("Idempotency-Key"), StringComparison.Ordinal);
        (await api.PostAsync("/tickets?shop=main", """{"text":"Hello"}""", key: new string('~', 200))).Is(HttpStatusCode.Created);
    }
}
