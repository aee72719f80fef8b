using System.Net;
using Support.Sdk.AspNetCore;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class ApiVersionTests
{
    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();
        foreach (var path in (string[])[$"/tickets/main/{number}", $"/customers/main/{(await api.CustomerAsync()).Id}"])
        {
            var first = (await api.GetAsync(path)).Is(HttpStatusCode.OK);

            foreach (var known in (string[])[first.Tag!, $"\"x\", {first.Tag}", $"W/{first.Tag}", "*"])
            {
                var again = (await api.GetAsync(path, noneMatch: known)).Is(HttpStatusCode.NotModified);
                Assert.Equal((first.Tag, 0), (again.Tag, again.Bytes.Length));
            }

            (await api.GetAsync(path, noneMatch: "\"1-0000000000000000\"")).Is(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_tag_is_strong_begins_with_the_version_and_may_be_kept_by_its_reader_only()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();

        var answer = await api.GetAsync($"/tickets/main/{number}");

        Assert.False(answer.Headers.ETag!.IsWeak);
        Assert.StartsWith($"\"{answer["version"]}-", answer.Tag, StringComparison.Ordinal);
        Assert.Equal("no-cache, private", answer.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-store", (await api.GetAsync("/tickets?shop=main")).Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task What_is_masked_has_another_tag_than_what_is_not()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();
        var whole = await api.GetAsync($"/tickets/main/{number}");

        (await api.GetAsync($"/tickets/main/{number}", SupportPolicies.ExternalAgent, whole.Tag)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_order_that_moved_on_gives_the_ticket_another_tag_and_not_another_version()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.Support.AcceptAsync(Given.Snapshot());
        await api.Support.AtAsync(Given.Monday);
        var number = await api.OpenAsync(order: "1001");
        var before = await api.GetAsync($"/tickets/main/{number}");
        await api.Support.AcceptAsync(Given.Snapshot() with { UpdatedAt = Given.Monday.AddMinutes(1), Shipments = [Given.Parcel(shippedAt: Given.Monday)] });
        await api.Support.AtAsync(Given.Monday);

        var after = await api.GetAsync($"/tickets/main/{number}", noneMatch: before.Tag);

        Assert.Equal((HttpStatusCode.OK, before["version"]), (after.Status, after["version"]));
        Assert.NotEqual(before.Tag, after.Tag);
        (await api.PatchAsync($"/tickets/main/{number}", """{"priority":"high"}""", match: before.Tag)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_saw_an_older_version_is_told_and_nothing_is_done()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();
        var customer = (await api.CustomerAsync()).Id;
        var seen = (await api.GetAsync($"/tickets/main/{number}")).Tag;
        var seenCustomer = (await api.GetAsync($"/customers/main/{customer}")).Tag;
        await api.PatchAsync($"/tickets/main/{number}", """{"priority":"high"}""");
        await api.PatchAsync($"/customers/main/{customer}", """{"addTags":["vip"]}""");

        Answer[] refused =
        [
            await api.PatchAsync($"/tickets/main/{number}", """{"priority":"low"}""", match: seen),
            await api.PostAsync($"/tickets/main/{number}/messages", """{"kind":"reply","text":"Soon."}""", match: seen),
            await api.PostAsync($"/tickets/main/{number}/messages", """{"kind":"note","text":"Hm."}""", match: seen),
            await api.PatchAsync($"/customers/main/{customer}", """{"name":"Augusta"}""", match: seenCustomer),
        ];

        Assert.All(refused, answer => answer.Is(HttpStatusCode.PreconditionFailed));
        Assert.All(refused, answer => Assert.DoesNotContain("ada", answer.Text, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(("high", "2"), ((await api.GetAsync($"/tickets/main/{number}"))["priority"], (await api.GetAsync($"/tickets/main/{number}"))["version"]));
        Assert.Equal("Ada Lovelace", (await api.GetAsync($"/customers/main/{customer}"))["name"]);
    }

    [Fact]
    public async Task The_tag_of_each_answer_lets_its_reader_go_on()
    {
        await using var api = await ApiApplication.StartAsync();
        var opened = await api.PostAsync("/tickets?shop=main", """{"text":"Hello"}""");
        var path = $"/tickets/main/{opened["number"]}";

        var changed = (await api.PatchAsync(path, """{"priority":"high"}""", match: opened.Tag)).Is(HttpStatusCode.OK);
        var noted = (await api.PostAsync(path + "/messages", """{"kind":"note","text":"Hm."}""", match: changed.Tag)).Is(HttpStatusCode.Created);
        var replied = (await api.PostAsync(path + "/messages", """{"kind":"reply","text":"Soon."}""", match: noted.Tag)).Is(HttpStatusCode.Created);

        (await api.PatchAsync(path, """{"priority":"low"}""", match: replied.Tag)).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("\"somebody else's\"")]
    [InlineData("W/\"1-0000000000000000\"")]
    [InlineData("\"-1-0000000000000000\"")]
    [InlineData("\"\"")]
    public async Task A_tag_that_was_never_given_matches_nothing(string tag)
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();

        (await api.PatchAsync($"/tickets/main/{number}", """{"priority":"low"}""", match: tag)).Is(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task A_star_matches_whatever_is_there_and_nonsense_is_said_to_be_it()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();

        (await api.PatchAsync($"/tickets/main/{number}", """{"priority":"low"}""", match: "*")).Is(HttpStatusCode.OK);
        Assert.Contains(
            "one entity tag",
            (await api.PatchAsync($"/tickets/main/{number}", """{"priority":"low"}""", match: "1")).Error("If-Match"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "one entity tag",
            (await api.PatchAsync($"/tickets/main/{number}", """{"priority":"low"}""", match: "\"1-a\", \"2-a\"")).Error("If-Match"),
            StringComparison.Ordinal
        );
    }
}
