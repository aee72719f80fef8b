using System.Net;
using System.Text.Json;
using Support.Sdk.AspNetCore.Api;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class ApiCursorTests
{
    private static async Task<List<JsonElement>> WalkAsync(ApiApplication api, string path, Func<Task>? between = null)
    {
        var items = new List<JsonElement>();
        for (string? page = path; page is not null; )
        {
            var answer = (await api.GetAsync(page)).Is(HttpStatusCode.OK);
            items.AddRange(answer.Json.GetProperty("items").EnumerateArray());
            var link = answer.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
            var next = answer.Json.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
            Assert.Equal(next is not null, link is not null);
            Assert.True(next is null || link!.EndsWith($"cursor={next}>; rel=\"next\"", StringComparison.Ordinal), link);
            page = link?[1..link.IndexOf('>', StringComparison.Ordinal)];
            if (between is not null)
            {
                await between();
            }
        }

        return items;
    }

    [Theory]
    [InlineData("newest", 7)]
    [InlineData("due", 7)]
    [InlineData("newest", 40)]
    [InlineData("due", 120)]
    public async Task Walking_120_tickets_meets_each_once_though_new_ones_are_opened_meanwhile(string sort, int limit)
    {
        await using var api = await ApiApplication.StartAsync();
        var numbers = new List<long>();
        for (var count = 0; count < 120; count++)
        {
            numbers.Add(await api.OpenAsync(from: new ContactPoint("email", $"c{count}@example.com")));
            // Three of them are due at the same moment.
            api.Support.Time.Advance(count % 3 == 0 ? TimeSpan.FromMinutes(7) : TimeSpan.Zero);
        }

        var walked = await WalkAsync(api, $"/tickets?shop=main&sort={sort}&limit={limit}&open=true", () => api.OpenAsync());

        var met = walked.Select(ticket => ticket.GetProperty("number").GetInt64()).ToList();
        Assert.Equal(met.Distinct().Count(), met.Count);
        Assert.Superset(numbers.ToHashSet(), met.ToHashSet());
        Assert.Equal(
            sort is "newest"
                ? met.OrderDescending()
                : walked.OrderBy(ticket => ticket.GetProperty("dueAt").GetString()).Select(ticket => ticket.GetProperty("number").GetInt64()),
            met
        );
    }

    [Fact]
    public async Task Walking_messages_and_customers_meets_each_once_in_their_order()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();
        for (var count = 0; count < 23; count++)
        {
            await api.PostAsync($"/tickets/main/{number}/messages", $$"""{"kind":"{{(count % 2 == 0 ? "note" : "reply")}}","text":"{{count}}"}""");
            await api.OpenAsync(from: new ContactPoint("email", $"c{count}@example.com"));
        }

        var all = await WalkAsync(api, $"/tickets/main/{number}/messages?limit=4");
        var isPublic = await WalkAsync(api, $"/tickets/main/{number}/messages?limit=4&public=true");
        var customers = await WalkAsync(api, "/customers?shop=main&limit=5");

        Assert.Equal(Enumerable.Range(1, 25), all.Select(entry => entry.GetProperty("number").GetInt32()));
        Assert.Equal(
            all.Where(entry => entry.GetProperty("isPublic").GetBoolean()).Select(entry => entry.GetRawText()),
            isPublic.Select(entry => entry.GetRawText())
        );
        Assert.Equal(24, customers.Select(customer => customer.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(24, customers.Count);
    }

    [Fact]
    public async Task A_page_that_ends_with_the_list_has_no_next_one()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.OpenAsync();
        await api.OpenAsync();

        Assert.False((await api.GetAsync("/tickets?shop=main&limit=2")).Json.TryGetProperty("next", out _));
        Assert.True((await api.GetAsync("/tickets?shop=main&limit=1")).Json.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task A_link_keeps_the_filters_and_the_page_may_become_larger_on_the_way()
    {
        await using var api = await ApiApplication.StartAsync();
        for (var count = 0; count < 4; count++)
        {
            await api.PatchAsync($"/tickets/main/{await api.OpenAsync()}", """{"addTags":["a b&c=ö"]}""");
        }

        var first = await api.GetAsync("/tickets?shop=main&tag=a%20b%26c%3D%C3%B6&limit=1");
        var next = first["next"];

        Assert.Contains("tag=a%20b%26c%3D%C3%B6&limit=1&cursor=", first.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        Assert.Equal(3, (await api.GetAsync($"/tickets?shop=main&tag=a%20b%26c%3D%C3%B6&limit=100&cursor={next}")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_cursor_of_another_list_or_other_filters_is_no_cursor_of_this_one()
    {
        await using var api = await ApiApplication.StartAsync();
        for (var count = 0; count < 3; count++)
        {
            await api.OpenAsync(from: new ContactPoint("email", $"c{count}@example.com"));
            await api.OpenAsync(shop: "other");
        }

        var tickets = (await api.GetAsync("/tickets?shop=main&limit=1"))["next"];
        var customers = (await api.GetAsync("/customers?shop=main&limit=1"))["next"];
        var messages = (await api.GetAsync("/tickets/main/1/messages?limit=1"))["next"];

        string[] foreign =
        [
            $"/tickets?shop=other&cursor={tickets}",
            $"/tickets?shop=main&open=true&cursor={tickets}",
            $"/tickets?shop=main&sort=due&cursor={tickets}",
            $"/customers?shop=main&cursor={tickets}",
            $"/tickets?shop=main&cursor={customers}",
            $"/tickets/main/2/messages?cursor={messages}",
            $"/tickets/other/1/messages?cursor={messages}",
            $"/tickets/main/1/messages?public=true&cursor={messages}",
        ];
        foreach (var path in foreign)
        {
            Assert.Contains("no cursor of this list", (await api.GetAsync(path)).Error("cursor"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_forged_or_damaged_cursor_is_said_to_be_none()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.OpenAsync();
        await api.OpenAsync();
        var genuine = (await api.GetAsync("/tickets?shop=main&limit=1"))["next"]!;

        string[] forged =
        [
            "1",
            "%00",
            "....",
            new string('A', 5000),
            genuine[..^1],
            genuine + "A",
            genuine + "%3D",
            "B" + genuine[1..],
            .. Enumerable.Range(0, genuine.Length).Select(index => genuine[..index] + (genuine[index] == 'A' ? 'B' : 'A') + genuine[(index + 1)..]),
        ];
        foreach (var cursor in forged)
        {
            Assert.Contains(
                "no cursor of this list",
                (await api.GetAsync($"/tickets?shop=main&limit=1&cursor={cursor}")).Error("cursor"),
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData(
        "listTickets\n\n\nshop=main\nstatus=\nopen=\nassignee=\nteam=\ncustomer=\norder=\ntag=\nchannel=\npriority=\nkind=\nsort=",
        "/tickets?shop=main"
    )]
    [InlineData(
        "listTickets\n\n\nshop=main\nstatus=\nopen=\nassignee=\nteam=\ncustomer=\norder=\ntag=\nchannel=\npriority=\nkind=\nsort=due",
        "/tickets?shop=main&sort=due"
    )]
    public async Task A_cursor_that_was_sealed_by_hand_still_has_to_name_a_place(string list, string path)
    {
        await using var api = await ApiApplication.StartAsync();

        foreach (
            var place in (string[])
                ["x", "", "-1", "1:x", "1:99999999999999999999", "1:9223372036854775807", "1:2:3", path.Contains("due", StringComparison.Ordinal) ? "1" : "1:2"]
        )
        {
            Assert.Contains(
                "no cursor of this list",
                (await api.GetAsync($"{path}&cursor={ApiCursor.Write(list, place)}")).Error("cursor"),
                StringComparison.Ordinal
            );
        }

        (await api.GetAsync($"{path}&cursor={ApiCursor.Write(list, path.Contains("due", StringComparison.Ordinal) ? "1:1" : "1")}")).Is(HttpStatusCode.OK);
    }
}
