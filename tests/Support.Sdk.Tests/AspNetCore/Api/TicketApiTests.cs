using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class TicketApiTests
{
    private static async Task<IEnumerable<string?>> ListAsync(ApiApplication api, string query) =>
        (await api.GetAsync("/tickets?" + query))
            .Is(HttpStatusCode.OK)
            .Json.GetProperty("items")
            .EnumerateArray()
            .Select(ticket => ticket.GetProperty("number").ToString());

    [Fact]
    public async Task An_agent_opens_a_ticket_and_finds_it_where_the_answer_says()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.Support.AcceptAsync(Given.Snapshot());
        await api.Support.AtAsync(Given.Monday);

        var opened = (
            await api.PostAsync(
                "/tickets?shop=main",
                """
                {"text":"Where is it?","channel":"chat","from":{"channel":"email","value":"Ada@example.com"},"name":"Ada","subject":"Parcel",
                 "sentAt":"2026-11-02T08:59:00+00:00","orderId":"1001","kind":"orderProblem","products":["mug"],"tags":["vip","gift"],"fields":{"size":"L"},
                 "culture":"sv","timeZone":"Europe/Stockholm"}
                """
            )
        ).Is(HttpStatusCode.Created);

        var found = await api.GetAsync(opened.Headers.Location!.ToString());
        Assert.Equal((HttpStatusCode.OK, opened.Text, opened.Tag), (found.Status, found.Text, found.Tag));
        var ticket = opened.Json;
        Assert.Equal("""["gift","vip"]""", ticket.GetProperty("tags").GetRawText());
        Assert.Equal("""{"size":"L"}""", ticket.GetProperty("fields").GetRawText());
        Assert.Equal(
            ("open", "orderProblem", "chat", "olga", "Parcel"),
            (opened["status"], opened["kind"], opened["channel"], opened["assignee"], opened["subject"])
        );
        Assert.Equal("Ada@example.com", ticket.GetProperty("requester").GetProperty("contactPoints")[0].GetProperty("value").GetString());
        Assert.Equal("1001", ticket.GetProperty("orderDetails")[0].GetProperty("id").GetString());
        Assert.Equal("2026-11-02T09:00:00Z", opened["openedAt"]);
    }

    [Fact]
    public async Task A_ticket_shows_what_its_order_was_promised_decided_and_told()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.Support.AcceptAsync(
            Given.Snapshot() with
            {
                Total = new OrderTotal(129.5m, "SEK"),
                Items = [new OrderItem { Name = "Mug", Quantity = 2 }],
                Shipments = [Given.Parcel(shippedAt: Given.Monday) with { Events = [Given.Scan(TrackingStatus.InTransit, Given.Monday)] }],
            }
        );
        await api.Support.AtAsync(Given.Monday);
        await api.Support.AtAsync(Given.PromiseEnds.AddHours(-48));
        var number = await api.OpenAsync(order: "1001");

        var order = (await api.GetAsync($"/tickets/main/{number}")).Json.GetProperty("orderDetails")[0];

        Assert.Equal("""{"amount":129.5,"currency":"SEK"}""", order.GetProperty("total").GetRawText());
        Assert.Equal("""[{"deliverBy":{"date":"2026-11-13","source":"platform"}}]""", order.GetProperty("promises").GetRawText());
        Assert.Equal("inTransit", order.GetProperty("shipments")[0].GetProperty("scans")[0].GetProperty("status").GetString());
        Assert.Equal("accepted", order.GetProperty("notices")[0].GetProperty("state").GetString());
        Assert.Equal("send", order.GetProperty("decisions")[0].GetProperty("verdict").GetString());
        Assert.False(order.TryGetProperty("customer", out _));
    }

    [Fact]
    public async Task Every_filter_narrows_the_list()
    {
        await using var api = await ApiApplication.StartAsync(support =>
            support
                .AddShop(Given.Shop with { Tickets = new TicketRules { Teams = [new SupportTeam { Name = "returns" }] } })
                .AddShop(Given.Shop with { Id = "other" })
        );
        await api.Support.AcceptAsync(Given.Snapshot());
        await api.Support.AtAsync(Given.Monday);
        var other = await api.OpenAsync(from: new ContactPoint("email", "charles@example.com"));
        var number = await api.OpenAsync(order: "1001");
        await api.PatchAsync(
            $"/tickets/main/{number}",
            """{"team":"returns","assignee":"otto","addTags":["vip"],"priority":"urgent","kind":"return","status":"onHold"}"""
        );
        await api.PatchAsync($"/tickets/main/{other}", """{"status":"solved"}""");
        var customer = (await api.CustomerAsync()).Id;

        string[] filters =
        [
            "status=onHold",
            "open=true",
            "assignee=otto",
            "team=returns",
            $"customer={customer}",
            "order=1001",
            "tag=vip",
            "priority=urgent",
            "kind=return",
            "sort=due",
        ];
        foreach (var filter in filters.Append(string.Join('&', filters.SkipLast(1))))
        {
            var expected = filter is "sort=due" ? [] : new[] { $"{number}" };
            // On hold does not stop the clock of the shop's default policy; both were opened by phone, which is due at once.
            Assert.Equal(filter is "sort=due" ? await ListAsync(api, "shop=main&sort=due") : expected, await ListAsync(api, "shop=main&" + filter));
        }

        Assert.Equal([$"{number}", $"{other}"], await ListAsync(api, "shop=main&channel=phone&open=false"));
        Assert.Empty(await ListAsync(api, "shop=other"));
    }

    [Fact]
    public async Task A_ticket_and_all_that_belongs_to_it_is_not_found_in_another_shop()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.OpenAsync(from: new ContactPoint("email", "charles@example.com"));
        var number = await api.OpenAsync();
        var customer = (await api.CustomerAsync()).Id;

        (HttpMethod Method, string Path, string? Body)[] asked =
        [
            (HttpMethod.Get, $"/tickets/other/{number}", null),
            (HttpMethod.Get, $"/tickets/nowhere/{number}", null),
            (HttpMethod.Get, $"/tickets/Main/{number}", null),
            (HttpMethod.Get, $"/tickets/other/{number}/messages", null),
            (HttpMethod.Get, $"/tickets/other/{number}/messages/1", null),
            (HttpMethod.Get, $"/tickets/other/{number}/files/x", null),
            (HttpMethod.Patch, $"/tickets/other/{number}", """{"priority":"high"}"""),
            (HttpMethod.Post, $"/tickets/other/{number}/messages", """{"kind":"note","text":"Hm."}"""),
            (HttpMethod.Post, $"/tickets/nowhere/{number}/messages", """{"kind":"note","text":"Hm."}"""),
            (HttpMethod.Post, $"/tickets/other/{number}/merge", """{"into":1}"""),
            (HttpMethod.Post, $"/tickets/nowhere/{number}/merge", """{"into":1}"""),
            (HttpMethod.Post, $"/tickets/other/{number}/split", """{"entries":[1],"subject":"x"}"""),
            (HttpMethod.Post, $"/tickets/main/{number}/merge", """{"into":99}"""),
            (HttpMethod.Post, "/tickets?shop=nowhere", """{"text":"Hello"}"""),
            (HttpMethod.Get, "/tickets?shop=nowhere", null),
            (HttpMethod.Get, $"/customers/other/{customer}", null),
            (HttpMethod.Patch, $"/customers/other/{customer}", """{"name":"Augusta"}"""),
            (HttpMethod.Post, $"/customers/other/{customer}/merge", $$"""{"into":"x"}"""),
            (HttpMethod.Post, $"/customers/other/{customer}/export", null),
            (HttpMethod.Post, $"/customers/other/{customer}/erase", $$"""{"confirm":"{{customer}}"}"""),
            (HttpMethod.Get, "/customers?shop=nowhere", null),
            (HttpMethod.Get, "/policies?shop=nowhere", null),
            (HttpMethod.Get, "/calendars?shop=nowhere", null),
            (HttpMethod.Get, "/calendars/nowhere/default/due?within=PT1H", null),
            (HttpMethod.Get, "/calendars/main/night/due?within=PT1H", null),
        ];
        foreach (var (method, path, body) in asked)
        {
            var answer = await api.SendAsync(method, path, body, SupportPolicies.Admin);
            Assert.True(answer.Status == HttpStatusCode.NotFound, $"{method} {path}: {answer.Status} {answer.Text}");
            Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
        }

        Assert.Equal("1", (await api.GetAsync($"/tickets/main/{number}"))["version"]);
    }

    [Fact]
    public async Task A_shop_may_have_any_name_and_the_application_may_live_below_a_path()
    {
        await using var api = await ApiApplication.StartAsync(
            support => support.AddShop(Given.Shop with { Id = "a/b c?ö" }),
            services => services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter, Below>()
        );

        var opened = (
            await api.SendAsync(HttpMethod.Post, "/below/support/api/tickets?shop=a%2Fb%20c%3F%C3%B6", """{"text":"Hello"}""", isBelowRoot: false)
        ).Is(HttpStatusCode.Created);
        await api.SendAsync(HttpMethod.Post, "/below/support/api/tickets?shop=a%2Fb%20c%3F%C3%B6", """{"text":"Hello"}""", isBelowRoot: false);
        var found = await api.SendAsync(HttpMethod.Get, opened.Headers.Location!.ToString(), isBelowRoot: false);
        var page = await api.SendAsync(HttpMethod.Get, "/below/support/api/tickets?limit=1&shop=a%2Fb%20c%3F%C3%B6", isBelowRoot: false);

        Assert.Equal("/below/support/api/tickets/a%2Fb%20c%3F%C3%B6/1", opened.Headers.Location!.ToString());
        Assert.Equal((HttpStatusCode.OK, "a/b c?ö"), (found.Status, found["shop"]));
        Assert.StartsWith(
            "</below/support/api/tickets?shop=a%2Fb%20c%3F%C3%B6&limit=1&cursor=",
            page.Headers.GetValues("Link").Single(),
            StringComparison.Ordinal
        );
    }

    private sealed class Below : Microsoft.AspNetCore.Hosting.IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            application =>
            {
                application.UsePathBase("/below");
                next(application);
            };
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("9223372036854775808")]
    public async Task What_is_no_number_of_a_ticket_is_not_found(string number)
    {
        await using var api = await ApiApplication.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync($"/tickets/main/{number}")).Status);
    }

    [Fact]
    public async Task A_change_does_what_it_names_and_nothing_else()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();
        await api.PatchAsync($"/tickets/main/{number}", """{"addTags":["a","b"],"fields":{"size":"L","color":"red"},"assignee":"otto"}""");

        var changed = (
            await api.PatchAsync(
                $"/tickets/main/{number}",
                """{"subject":"Mug","removeTags":["a"],"fields":{"size":""},"assignee":"","kind":null,"reason":"He called."}"""
            )
        ).Is(HttpStatusCode.OK);

        Assert.Equal(
            ("Mug", "other", """["b"]""", """{"color":"red"}"""),
            (changed["subject"], changed["kind"], changed.Json.GetProperty("tags").GetRawText(), changed.Json.GetProperty("fields").GetRawText())
        );
        Assert.False(changed.Json.TryGetProperty("assignee", out _));
        var last = (await api.GetAsync($"/tickets/main/{number}/messages"))
            .Json.GetProperty("items")
            .EnumerateArray()
            .Last(entry => entry.GetProperty("kind").GetString() is "changed");
        Assert.Equal("He called.", last.GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_the_shop_does_not_know_is_said_by_its_own_words()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();

        Assert.Equal(
            "There is no team 'returns'. The shop has none.",
            (await api.PatchAsync($"/tickets/main/{number}", """{"team":"returns"}""")).Error("body")
        );
        Assert.Contains("comma", (await api.PatchAsync($"/tickets/main/{number}", """{"addTags":["a,b"]}""")).Error("body"), StringComparison.Ordinal);
        Assert.Equal("1", (await api.GetAsync($"/tickets/main/{number}"))["version"]);
    }

    [Fact]
    public async Task What_cannot_be_done_is_a_conflict_that_says_why()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();
        await api.PatchAsync($"/tickets/main/{number}", """{"status":"closed"}""");

        var refused = await api.PostAsync($"/tickets/main/{number}/messages", """{"kind":"reply","text":"Hm."}""");

        Assert.Equal("The ticket is closed. Open it again first.", refused.Is(HttpStatusCode.Conflict)["detail"]);
        (await api.PatchAsync($"/tickets/main/{number}", """{"status":"open"}""")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_reply_goes_to_the_customer_and_its_promise_becomes_a_clock()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();

        var replied = (
            await api.PostAsync(
                $"/tickets/main/{number}/messages",
                """{"kind":"reply","text":"You hear from us tomorrow.","status":"onHold","nextWordBy":"2026-11-03T10:00:00+01:00"}"""
            )
        ).Is(HttpStatusCode.Created);
        await api.Support.AtAsync(Given.Monday);

        Assert.Contains("You hear from us tomorrow.", Assert.Single(api.Support.Channel.Messages).Text, StringComparison.Ordinal);
        var (message, ticket) = (replied.Json.GetProperty("message"), replied.Json.GetProperty("ticket"));
        Assert.Equal(
            ("reply", "olga", "email"),
            (message.GetProperty("kind").GetString(), message.GetProperty("by").GetString(), message.GetProperty("channel").GetString())
        );
        Assert.Equal("onHold", ticket.GetProperty("status").GetString());
        Assert.Equal("2026-11-03T09:00:00Z", ticket.GetProperty("dueAt").GetString());
        Assert.Equal(message.GetRawText(), (await api.GetAsync(replied.Headers.Location!.ToString())).Text);
    }

    [Fact]
    public async Task A_note_stays_among_agents_and_changes_no_status()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();

        var noted = (await api.PostAsync($"/tickets/main/{number}/messages", """{"kind":"note","text":"He sounds angry."}""")).Is(HttpStatusCode.Created);
        await api.Support.AtAsync(Given.Monday);

        Assert.Equal("open", noted.Json.GetProperty("ticket").GetProperty("status").GetString());
        Assert.Empty(api.Support.Channel.Messages);
        Assert.Equal(1, (await api.GetAsync($"/tickets/main/{number}/messages?public=true")).Json.GetProperty("items").GetArrayLength());
        (await api.GetAsync($"/tickets/main/{number}/messages/77")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_lead_merges_two_tickets_into_the_one_that_goes_on()
    {
        await using var api = await ApiApplication.StartAsync();
        var (from, into) = (await api.OpenAsync("First"), await api.OpenAsync("Second"));

        var merged = (await api.PostAsync($"/tickets/main/{from}/merge", $$"""{"into":{{into}}}""", SupportPolicies.Lead)).Is(HttpStatusCode.OK);

        Assert.Equal($"{into}", merged["number"]);
        var old = await api.GetAsync($"/tickets/main/{from}");
        Assert.Equal(("closed", $$"""[{"number":{{into}},"relation":"mergedInto"}]"""), (old["status"], old.Json.GetProperty("links").GetRawText()));
        Assert.Contains(
            (await api.GetAsync($"/tickets/main/{into}/messages")).Json.GetProperty("items").EnumerateArray(),
            entry => entry.GetProperty("text").ToString() is "First"
        );
        Assert.Contains(
            "this ticket",
            (await api.PostAsync($"/tickets/main/{into}/merge", $$"""{"into":{{into}}}""", SupportPolicies.Lead)).Error("into"),
            StringComparison.Ordinal
        );
        (await api.PostAsync($"/tickets/main/{from}/messages", """{"kind":"note","text":"Hm."}""")).Is(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_lead_splits_a_ticket_and_is_told_where_the_new_one_is()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync("Two matters");

        var split = (await api.PostAsync($"/tickets/main/{number}/split", """{"entries":[1],"subject":"The second"}""", SupportPolicies.Lead)).Is(
            HttpStatusCode.Created
        );

        Assert.Equal($"/support/api/tickets/main/{split["number"]}", split.Headers.Location!.ToString());
        Assert.Equal(("The second", $$"""[{"number":{{number}},"relation":"splitFrom"}]"""), (split["subject"], split.Json.GetProperty("links").GetRawText()));
        (await api.PostAsync($"/tickets/main/{number}/split", """{"entries":[99],"subject":"x"}""", SupportPolicies.Lead)).Is(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Members_without_a_value_are_left_out_and_times_are_UTC()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync(name: "Åsa 漢");

        var answer = await api.GetAsync($"/tickets/main/{number}");

        Assert.DoesNotContain("null", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("+00:00", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Åsa 漢", answer.Text, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Number, answer.Json.GetProperty("number").ValueKind);
    }
}
