using System.Net;
using Microsoft.AspNetCore.Builder;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore;

public sealed class OrderPageTests
{
    private const string Hostile = "<script>alert(1)</script>\"'&amp;";

    private static Task<SupportApplication> StartAsync() => SupportApplication.StartAsync(application => application.MapSupportPages());

    private static async Task<string> LinkAsync(
        SupportApplication application,
        string? order = null,
        string contact = "ada@example.com",
        LinkPurpose purpose = LinkPurpose.OrderStatus,
        DateTimeOffset? expiresAt = null
    )
    {
        var link = await application
            .Get<ISupportLinks>()
            .CreateAsync(
                new SignedLink
                {
                    Purpose = purpose,
                    Shop = "main",
                    Contact = new ContactPoint("email", contact),
                    OrderId = order,
                    ExpiresAt = expiresAt ?? Given.Monday.AddDays(90),
                }
            );
        return link.AbsolutePath.Replace("/preferences/", "/orders/", StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(SupportApplication application, string path, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var response = await application.Client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private static void ContainsAll(string page, params string[] expected) =>
        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));

    [Fact]
    public async Task A_late_order_shows_its_promise_its_new_date_its_reason_and_its_parcel()
    {
        await using var application = await StartAsync();
        var scan = Given.Scan(TrackingStatus.Delayed, Given.Day(4), "Snow in the mountains.", Given.Day(17, 12));
        var parcel = Given.Parcel(shippedAt: Given.Day(3), scans: scan) with { TrackingUrl = new Uri("https://carrier.example/SE123?a=1&b=2") };
        await application.AcceptAsync(Given.Snapshot() with { Shipments = [parcel], Items = [new OrderItem { Name = "Teapot", Quantity = 2 }] });
        await application.AtAsync(Given.Day(4));

        var page = await ReadAsync(application, await LinkAsync(application, "1001"));

        ContainsAll(
            page,
            "Tiny Shop",
            "Order 1001",
            "Late",
            "Monday, 2 November 2026",
            "<dt>Promised by</dt><dd>Friday, 13 November 2026</dd>",
            "<dt>Now expected by</dt><dd>Tuesday, 17 November 2026</dd>",
            "PostNord reports a delay. PostNord says: “Snow in the mountains.”",
            "<dt>Shipped</dt><dd>Tuesday, 3 November 2026</dd>",
            "href=\"https://carrier.example/SE123?a=1&amp;b=2\"",
            "SE123",
            "2 × Teapot",
            "mailto:hello@shop.example"
        );
    }

    [Fact]
    public async Task The_date_that_was_promised_first_stays_visible_after_it_was_moved()
    {
        await using var application = await StartAsync();
        await application.AcceptAsync(Given.Snapshot());
        await application.AtAsync(Given.Monday);
        var moved = new PromiseWindow { DeliverBy = PromiseDate.On(new DateOnly(2026, 11, 20)) };
        await application.AcceptAsync(Given.Snapshot() with { Promise = moved, UpdatedAt = Given.Day(3) });
        await application.AtAsync(Given.PromiseEnds.AddHours(-48));

        var page = await ReadAsync(application, await LinkAsync(application));

        ContainsAll(page, "<dt>Promised by</dt><dd>Friday, 13 November 2026</dd>", "<dt>Now expected by</dt><dd>Friday, 20 November 2026</dd>");
    }

    [Fact]
    public async Task Without_a_new_date_and_a_reason_the_page_says_so()
    {
        await using var application = await StartAsync();
        await application.AcceptAsync(Given.Snapshot());
        await application.AtAsync(Given.PromiseEnds.AddHours(-48));

        var page = await ReadAsync(application, await LinkAsync(application));

        ContainsAll(page, "May be late", "We do not know the reason yet.", "We cannot give you a new date yet.");
    }

    [Fact]
    public async Task The_language_is_the_customers_then_the_browsers()
    {
        await using var application = await StartAsync();
        await application.AcceptAsync(Given.Snapshot());
        await application.AtAsync(Given.Monday);
        var link = await LinkAsync(application);

        ContainsAll(await ReadAsync(application, link, "de, sv-SE;q=0.9, en;q=0.8"), "<html lang=\"sv-SE\">", "Dina beställningar", "Förbereds");
        ContainsAll(await ReadAsync(application, link, "de"), "<html lang=\"en\">");

        var swedish = Given.Snapshot("1002") with { Customer = Given.Snapshot().Customer with { Culture = "sv-SE" }, PlacedAt = Given.Day(3) };
        await application.AcceptAsync(swedish);
        await application.AtAsync(Given.Day(3));
        ContainsAll(await ReadAsync(application, link, "en"), "<html lang=\"sv-SE\">");
    }

    [Fact]
    public async Task Orders_come_newest_first_in_pages_and_the_one_of_the_link_is_marked()
    {
        await using var application = await StartAsync();
        await application.AcceptAsync([
            .. Enumerable.Range(1, 12).Select(day => Given.Snapshot($"N{day}") with { PlacedAt = Given.Monday.AddDays(-day), Promise = null }),
        ]);
        await application.AtAsync(Given.Monday);
        var link = await LinkAsync(application, "N12");

        var first = await ReadAsync(application, link);
        var second = await ReadAsync(application, link + "?page=2");

        Assert.True(Place(first, "N1<") < Place(first, "N2<"));
        Assert.True(Place(first, "N10<") < Place(first, "The order that your link came with"));
        ContainsAll(first, "class=\"card this\"", "Order N12<", "?page=2\" rel=\"next\"");
        Assert.DoesNotContain("Order N11<", first, StringComparison.Ordinal);
        ContainsAll(second, "Order N11<", "Order N12<", "?page=1\" rel=\"prev\"");
        Assert.DoesNotContain("rel=\"next\"", second, StringComparison.Ordinal);

        static int Place(string page, string text) => page.IndexOf(text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_sees_the_orders_of_another_person()
    {
        await using var application = await StartAsync();
        await application.AcceptAsync(Given.Snapshot());
        await application.AtAsync(Given.Monday);

        var page = await ReadAsync(application, await LinkAsync(application, "1001", "eve@example.com"));

        Assert.DoesNotContain("1001", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_does_not_work_never_tells_why()
    {
        await using var application = await StartAsync();
        await application.AcceptAsync(Given.Snapshot());
        await application.AtAsync(Given.Monday);
        string[] broken =
        [
            "/support/orders/guessed",
            await LinkAsync(application) + "A",
            await LinkAsync(application, expiresAt: Given.Monday),
            await LinkAsync(application, purpose: LinkPurpose.Preferences),
        ];

        var pages = new List<string>();
        foreach (var path in broken)
        {
            using var response = await application.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            pages.Add(await response.Content.ReadAsStringAsync());
        }

        Assert.Single(pages.Distinct(StringComparer.Ordinal));
        ContainsAll(pages[0], "This link does not work", "hello@shop.example");
    }

    [Fact]
    public async Task The_page_is_kept_nowhere_and_runs_nothing()
    {
        await using var application = await StartAsync();

        using var response = await application.GetAsync(await LinkAsync(application));

        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("noindex", Assert.Single(response.Headers.GetValues("X-Robots-Tag")), StringComparison.Ordinal);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_value_is_text()
    {
        await using var application = await StartAsync();
        var scan = Given.Scan(TrackingStatus.Delayed, Given.Day(2, 8), Hostile);
        await application.AcceptAsync(
            Given.Snapshot() with
            {
                Number = Hostile,
                Items = [new OrderItem { Name = Hostile }],
                Shipments = [Given.Parcel(shippedAt: Given.Day(2), scans: scan) with { Carrier = Hostile, TrackingNumber = Hostile }],
            }
        );
        await application.AtAsync(Given.Day(3));

        var page = await ReadAsync(application, await LinkAsync(application));

        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }
}
