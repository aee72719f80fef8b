using System.Net;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore;

public sealed class SupportInboxTests
{
    private const string Hostile = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;{{ }}";

    [Fact]
    public async Task The_list_shows_when_to_whom_about_what_and_how_it_stands()
    {
        await using var inbox = await InboxApplication.StartAsync(
            new MemoryDesk(Delivery("a1", DeliveryState.Rejected, "The address is not an e-mail address."))
        );

        var page = await inbox.GetAsync("/support/inbox");

        string[] expected =
        [
            "<time datetime=\"2026-11-02T09:00:00Z\">2 Nov 2026, 09:00</time>",
            "ada@example.com",
            "Your order 1001 is late",
            "order-delayed",
            "1001",
            "Rejected",
            "The address is not an e-mail address.",
            "href=\"/support/inbox/a1\"",
        ];
        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_order_of_the_desk_is_kept()
    {
        await using var inbox = await InboxApplication.StartAsync(new MemoryDesk(Delivery("newest"), Delivery("older"), Delivery("oldest")));

        var page = await inbox.GetAsync("/support/inbox");

        int[] places = [Place(page, "newest"), Place(page, "older"), Place(page, "oldest")];
        Assert.Equal(places.Order(), places);

        static int Place(string page, string id) => page.IndexOf($"/inbox/{id}\"", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_fifty_lead_to_the_last_message_and_back()
    {
        await using var inbox = await InboxApplication.StartAsync(new MemoryDesk([.. Enumerable.Range(1, 101).Select(number => Delivery($"m{number}"))]));

        var first = await inbox.GetAsync("/support/inbox");
        var second = await inbox.GetAsync("/support/inbox?after=m50");
        var third = await inbox.GetAsync("/support/inbox?after=m100");

        Assert.Contains("href=\"/support/inbox?after=m50\"", first, StringComparison.Ordinal);
        Assert.DoesNotContain("/inbox/m51\"", first, StringComparison.Ordinal);
        Assert.Contains("/inbox/m51\"", second, StringComparison.Ordinal);
        Assert.Contains("href=\"/support/inbox?after=m100\"", second, StringComparison.Ordinal);
        Assert.Contains("/inbox/m101\"", third, StringComparison.Ordinal);
        Assert.DoesNotContain("?after=", third, StringComparison.Ordinal);
        Assert.Contains("href=\"/support/inbox\">Newest", third, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_messages_need_no_second_page()
    {
        await using var inbox = await InboxApplication.StartAsync(new MemoryDesk([.. Enumerable.Range(1, 50).Select(number => Delivery($"m{number}"))]));

        Assert.DoesNotContain("?after=", await inbox.GetAsync("/support/inbox"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_first_page_renews_itself_and_it_can_be_stopped()
    {
        await using var inbox = await InboxApplication.StartAsync(new MemoryDesk(Delivery("a"), Delivery("b")));

        Assert.Contains("http-equiv=\"refresh\"", await inbox.GetAsync("/support/inbox"), StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", await inbox.GetAsync("/support/inbox?still=true"), StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", await inbox.GetAsync("/support/inbox?after=a"), StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", await inbox.GetAsync("/support/inbox/a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_inbox_tells_what_to_do_next()
    {
        await using var inbox = await InboxApplication.StartAsync(new MemoryDesk());

        Assert.Contains("AcceptAsync", await inbox.GetAsync("/support/inbox"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_shows_its_facts_its_text_and_its_html_in_a_sandbox()
    {
        var delivery = Delivery("a1", DeliveryState.Retry, "The provider is away.") with { Attempts = 3, DueAt = Given.Day(3, 10), SendBefore = Given.Day(5) };
        await using var inbox = await InboxApplication.StartAsync(new MemoryDesk(Delivery("other"), delivery));

        var page = await inbox.GetAsync("/support/inbox/a1");

        string[] expected =
        [
            "<h1>Your order 1001 is late</h1>",
            "Tiny Shop &lt;hello@shop.example&gt;",
            "Ada &lt;ada@example.com&gt;",
            "The provider is away.",
            "3 <span class=\"quiet\">(next: <time datetime=\"2026-11-03T10:00:00Z\">",
            "<time datetime=\"2026-11-05T00:00:00Z\">",
            "sandbox=\"\" srcdoc=\"&lt;p&gt;It arrives on &lt;b&gt;Friday&lt;/b&gt;.&lt;/p&gt;\"",
            "<pre tabindex=\"0\">It arrives on Friday.",
        ];
        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_without_html_has_no_frame()
    {
        var delivery = Delivery("a1") with { Message = Messages.Plain("a1") with { Html = null } };
        await using var inbox = await InboxApplication.StartAsync(new MemoryDesk(delivery));

        Assert.DoesNotContain("<iframe", await inbox.GetAsync("/support/inbox/a1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_does_not_exist_is_not_found()
    {
        await using var inbox = await InboxApplication.StartAsync(new MemoryDesk(Delivery("a1")));

        using var response = await inbox.Client.GetAsync(new Uri("/support/inbox/nothing", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("No such message", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/support/inbox")]
    [InlineData("/support/inbox/evil")]
    public async Task Every_value_is_text(string path)
    {
        var message = Messages.Plain("evil") with
        {
            Shop = Hostile,
            Order = new OrderKey(Hostile, Hostile),
            Occasion = Hostile,
            To = new ContactPoint(Hostile, Hostile),
            ToName = Hostile,
            From = Hostile,
            FromName = Hostile,
            Culture = Hostile,
            Subject = Hostile,
            Text = Hostile,
            Html = Hostile,
        };
        await using var inbox = await InboxApplication.StartAsync(
            new MemoryDesk(Delivery("evil", reason: Hostile) with { Message = message, ProviderId = Hostile })
        );

        var page = await inbox.GetAsync(path);

        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/support/inbox")]
    [InlineData("/support/inbox/a1")]
    [InlineData("/support/inbox/nothing")]
    public async Task Nothing_runs_nothing_is_kept_and_nothing_leaks(string path)
    {
        await using var inbox = await InboxApplication.StartAsync(new MemoryDesk(Delivery("a1")));

        using var response = await inbox.Client.GetAsync(new Uri(path, UriKind.Relative));

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("/mail", "/mail")]
    [InlineData("dev/mail/", "/dev/mail")]
    public async Task It_can_be_mapped_elsewhere(string pattern, string path)
    {
        await using var inbox = await InboxApplication.StartAsync(new MemoryDesk(Delivery("a1")), pattern: pattern);

        Assert.Contains($"href=\"{path}/a1\"", await inbox.GetAsync(path), StringComparison.Ordinal);
        Assert.Contains($"href=\"{path}\"", await inbox.GetAsync($"{path}/a1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_keep_the_base_path_of_the_application()
    {
        await using var inbox = await InboxApplication.StartAsync(new MemoryDesk(Delivery("a1")), pathBase: "/shop");

        Assert.Contains("href=\"/shop/support/inbox/a1\"", await inbox.GetAsync("/shop/support/inbox/"), StringComparison.Ordinal);
        Assert.Contains("href=\"/shop/support/inbox\"", await inbox.GetAsync("/shop/support/inbox/a1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Outside_development_nothing_is_mapped_and_the_log_says_why_once(string environment)
    {
        await using var inbox = await InboxApplication.StartAsync(new MemoryDesk(Delivery("a1")), environment);

        using var list = await inbox.Client.GetAsync(new Uri("/support/inbox", UriKind.Relative));
        using var message = await inbox.Client.GetAsync(new Uri("/support/inbox/a1", UriKind.Relative));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (list.StatusCode, message.StatusCode));
        Assert.Empty(await list.Content.ReadAsStringAsync());
        Assert.Single(inbox.Log, line => line.Contains($"maps nothing in {environment}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_support_the_error_names_the_call_that_is_missing()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => InboxApplication.StartAsync(desk: null));

        Assert.Contains("Call AddSupport()", exception.Message, StringComparison.Ordinal);
    }

    private static MessageDelivery Delivery(string id, DeliveryState state = DeliveryState.Accepted, string? reason = null) =>
        new()
        {
            Message = Messages.Plain(id),
            State = state,
            DueAt = Given.Monday,
            ChangedAt = Given.Monday,
            Attempts = 1,
            Reason = reason,
        };
}
