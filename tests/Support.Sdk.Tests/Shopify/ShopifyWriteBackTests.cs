using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Support.Sdk.Shopify.Orders;
using Support.Sdk.Shops;
using Xunit;
using static Support.Sdk.Tests.Shopify.ShopifyOrders;

namespace Support.Sdk.Tests.Shopify;

public sealed class ShopifyWriteBackTests
{
    private const string Line = "2026-11-26: told \"order-delayed\": new date 2026-12-02";
    private const string Told = """[{"kind":"order-delayed","at":"2026-11-26T09:30:00Z","newDate":"2026-12-02"}]""";

    private static readonly DelayAssessment Late = new() { Verdict = DelayVerdict.Late, DeliverBy = PromiseDate.On(new DateOnly(2026, 12, 2)) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delay_that_was_told_stands_in_the_note_the_tags_and_the_metafields()
    {
        var admin = Present(note: "Ring twice.");

        await WriteAsync(admin, Order(Delayed()), Late);

        Assert.Equal("Ring twice.\n" + Line, (string?)admin.AskedFor("OrderNote").Single()["note"]);
        Assert.Equal("support-delay-told", (string?)admin.AskedFor("OrderTags").Single()["tags"]!.AsArray().Single());
        Assert.Equal(
            [("support", "told", "json", Told), ("support", "delay_state", "single_line_text_field", "late"), ("support", "promise", "date", "2026-12-02")],
            Metafields(admin)
        );
        Assert.Equal("gid://shopify/Order/1", (string?)admin.AskedFor("OrderMetafields").Single()["metafields"]![0]!["ownerId"]);
    }

    [Fact]
    public async Task What_is_written_already_is_not_written_again()
    {
        var admin = Present("Ring twice.\r\n" + Line, ["Support-Delay-Told"], Told, "late", "2026-12-02");

        await WriteAsync(admin, Order(Delayed()), Late);

        Assert.Equal(["OrderTold"], admin.Asked.Select(asked => asked.Document));
    }

    [Fact]
    public async Task Work_that_was_cut_off_after_the_note_writes_no_second_line()
    {
        var admin = Present(Line + "\r\nThanks.");

        await WriteAsync(admin, Order(Delayed()), Late);

        Assert.Empty(admin.AskedFor("OrderNote"));
        Assert.Single(admin.AskedFor("OrderTags"));
        Assert.Equal(3, Metafields(admin).Count);
    }

    [Fact]
    public async Task A_line_and_a_tag_that_somebody_took_away_stay_away()
    {
        var admin = Present("", [], Told, "late", "2026-12-02");

        await WriteAsync(admin, Order(Delayed()), Late);

        Assert.Equal(["OrderTold"], admin.Asked.Select(asked => asked.Document));
    }

    [Fact]
    public async Task Only_a_verdict_that_moved_is_written()
    {
        var admin = Present(Line, [ToldRecord.Tag], Told, "late", "2026-12-02");

        await WriteAsync(admin, Order(Delayed()), Late with { Verdict = DelayVerdict.AtRisk });

        Assert.Equal([("support", "delay_state", "single_line_text_field", "at-risk")], Metafields(admin));
    }

    [Theory]
    [InlineData(DeliveryState.Pending)]
    [InlineData(DeliveryState.Held)]
    [InlineData(DeliveryState.Suppressed)]
    [InlineData(DeliveryState.Bounced)]
    [InlineData(DeliveryState.InDoubt)]
    public async Task What_did_not_reach_the_customer_was_not_told(DeliveryState state)
    {
        var admin = Present();

        await WriteAsync(admin, Order(Delayed() with { State = state }), Unjudged);

        Assert.Empty(admin.Asked);
    }

    [Fact]
    public async Task What_came_back_is_taken_from_the_list()
    {
        var admin = Present(Line, [ToldRecord.Tag], Told, "late", "2026-12-02");

        await WriteAsync(admin, Order(Delayed() with { State = DeliveryState.Bounced }), Late);

        Assert.Equal([("support", "told", "json", "[]")], Metafields(admin));
    }

    [Fact]
    public async Task An_alert_for_the_shops_own_people_is_not_written()
    {
        var admin = Present();

        await WriteAsync(admin, Order(Delayed() with { Kind = NoticeKinds.ShopAlert }), Unjudged);

        Assert.Empty(admin.Asked);
    }

    [Fact]
    public async Task Word_of_a_parcel_gets_a_line_and_no_tag()
    {
        var admin = Present();

        await WriteAsync(admin, Order(Delayed() with { Kind = NoticeKinds.OrderShipped, NewDate = null }), Unjudged);

        Assert.Equal("2026-11-26: told \"order-shipped\"", (string?)admin.AskedFor("OrderNote").Single()["note"]);
        Assert.Empty(admin.AskedFor("OrderTags"));
    }

    [Fact]
    public async Task Days_are_those_of_the_shop()
    {
        var admin = Present();
        var notice = Delayed() with
        {
            DecidedAt = new DateTimeOffset(2026, 11, 26, 23, 30, 0, TimeSpan.Zero),
            NewDate = PromiseDate.At(new DateTimeOffset(2026, 12, 1, 23, 30, 0, TimeSpan.Zero)),
        };

        await WriteAsync(admin, Order(notice), Unjudged);

        Assert.Equal("2026-11-27: told \"order-delayed\": new date 2026-12-02", (string?)admin.AskedFor("OrderNote").Single()["note"]);
    }

    [Theory]
    [InlineData(DelayVerdict.OnTrack)]
    [InlineData(DelayVerdict.Finished)]
    public async Task An_order_that_nothing_was_the_matter_with_is_left_alone(DelayVerdict verdict)
    {
        var admin = Present();

        await WriteAsync(admin, Order(), Late with { Verdict = verdict });

        Assert.Equal(["OrderTold"], admin.Asked.Select(asked => asked.Document));
    }

    [Fact]
    public async Task A_note_that_is_full_is_neither_cut_nor_tried_for_ever()
    {
        var admin = Present(note: new string('x', 4_990));

        await WriteAsync(admin, Order(Delayed()), Unjudged);

        Assert.Empty(admin.AskedFor("OrderNote"));
        Assert.Equal([("support", "told", "json", Told)], Metafields(admin));
    }

    [Fact]
    public async Task A_note_of_a_megabyte_does_no_harm()
    {
        var admin = Present(note: string.Concat(Enumerable.Repeat("x\n", 500_000)));

        await WriteAsync(admin, Order(Delayed()), Unjudged);

        Assert.Empty(admin.AskedFor("OrderNote"));
    }

    [Fact]
    public async Task A_note_that_is_held_back_is_not_written_over()
    {
        var admin = Present();
        admin.Withheld = ["order.note"];

        await WriteAsync(admin, Order(Delayed()), Unjudged);

        Assert.Empty(admin.AskedFor("OrderNote"));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[null, 7, \"x\"]")]
    public async Task A_list_that_somebody_broke_is_made_anew(string told)
    {
        var admin = Present(told: told);

        await WriteAsync(admin, Order(Delayed()), Unjudged);

        Assert.Contains("order-delayed", Assert.Single(Metafields(admin)).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_earlier_installation_told_is_kept()
    {
        var admin = Present(told: """[{"kind":"order-at-risk","at":"2026-11-01T09:30:00Z"}]""");

        await WriteAsync(admin, Order(Delayed()), Unjudged);

        Assert.Contains("order-at-risk", Assert.Single(Metafields(admin)).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_is_gone_needs_nothing()
    {
        var admin = new CannedAdmin().On("OrderTold", """{ "order": null }""");

        await WriteAsync(admin, Order(Delayed()), Late);

        Assert.Single(admin.Asked);
    }

    [Fact]
    public async Task After_an_erasure_nothing_is_written()
    {
        var admin = Present();

        await WriteAsync(admin, Order(Delayed()) with { ErasedAt = Now }, Late);

        Assert.Empty(admin.Asked);
    }

    [Fact]
    public async Task A_refusal_names_the_field_and_the_reason()
    {
        var admin = Present().On("OrderNote", """{ "orderUpdate": { "userErrors": [{ "field": ["input", "note"], "message": "is too long" }] } }""");

        var error = await Assert.ThrowsAsync<ShopifyException>(() => WriteAsync(admin, Order(Delayed()), Late));

        Assert.Contains("input.note: is too long", error.Message, StringComparison.Ordinal);
        Assert.Empty(admin.AskedFor("OrderMetafields"));
    }

    [Fact]
    public void A_shop_that_wants_nothing_written_is_not_served()
    {
        var options = new ShopifyOptions { Shops = { ["main"] = new ShopifyShop { WritesBack = false } } };

        Assert.False(WriteBack(new CannedAdmin(), options).Serves("main"));
        Assert.True(WriteBack(new CannedAdmin(), Options()).Serves("main"));
        Assert.False(WriteBack(new CannedAdmin(), Options()).Serves("other"));
    }

    [Fact]
    public async Task A_shop_that_tells_what_shopify_mails_is_warned_by_the_names_of_the_mails()
    {
        var log = new Lines();

        await Warning([NoticeKinds.OrderDelayed, NoticeKinds.OrderShipped], log).StartAsync(Token);

        var line = Assert.Single(log.Written);
        Assert.Contains("Shipping confirmation, Shipping update", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Delivered", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_that_tells_of_trouble_alone_is_not_warned()
    {
        var log = new Lines();

        await Warning(null, log).StartAsync(Token);

        Assert.Empty(log.Written);
    }

    private static DoubleMailWarning Warning(IReadOnlyList<string>? tells, Lines log) =>
        new(new OneShop(new Shop { Id = "main", Tells = tells }), Microsoft.Extensions.Options.Options.Create(Options()), log);

    private static Notice Delayed() =>
        new()
        {
            DeliveryId = "d1",
            Occasion = "order-delayed",
            Kind = NoticeKinds.OrderDelayed,
            DecidedAt = new DateTimeOffset(2026, 11, 26, 9, 30, 0, TimeSpan.Zero),
            NewDate = PromiseDate.On(new DateOnly(2026, 12, 2)),
            State = DeliveryState.Accepted,
        };

    private static WatchedOrder Order(params Notice[] notices) =>
        new()
        {
            Key = new OrderKey("main", "1"),
            FirstSeenAt = Now,
            Notices = notices,
        };

    private static CannedAdmin Present(string? note = null, string[]? tags = null, string? told = null, string? state = null, string? promise = null)
    {
        var order = new JsonObject
        {
            ["note"] = note,
            ["tags"] = new JsonArray([.. (tags ?? []).Select(tag => JsonValue.Create(tag))]),
            ["told"] = Value(told),
            ["delayState"] = Value(state),
            ["promise"] = Value(promise),
        };
        return new CannedAdmin()
            .On("OrderTold", new JsonObject { ["order"] = order }.ToJsonString())
            .On("OrderNote", """{ "orderUpdate": { "userErrors": [] } }""")
            .On("OrderTags", """{ "tagsAdd": { "userErrors": [] } }""")
            .On("OrderMetafields", """{ "metafieldsSet": { "userErrors": [] } }""");

        static JsonObject? Value(string? value) => value is null ? null : new JsonObject { ["value"] = value };
    }

    private static List<(string Namespace, string Key, string Type, string Value)> Metafields(CannedAdmin admin) =>
        [
            .. admin
                .AskedFor("OrderMetafields")
                .SelectMany(asked => asked["metafields"]!.AsArray())
                .Select(field => ((string)field!["namespace"]!, (string)field["key"]!, (string)field["type"]!, (string)field["value"]!)),
        ];

    private static DelayAssessment Unjudged { get; } = new() { Verdict = DelayVerdict.Unknown };

    private static Task WriteAsync(CannedAdmin admin, WatchedOrder order, DelayAssessment assessment) =>
        WriteBack(admin, Options()).WriteAsync(order, assessment, Token);

    private static ShopifyWriteBack WriteBack(CannedAdmin admin, ShopifyOptions options) =>
        new(admin, new OneShop(new Shop { Id = "main", TimeZone = "Europe/Stockholm" }), Microsoft.Extensions.Options.Options.Create(options));

    private sealed class OneShop(Shop shop) : IShopDirectory
    {
        public ValueTask<Shop?> FindAsync(string id, CancellationToken cancellationToken = default) =>
            new(string.Equals(id, shop.Id, StringComparison.Ordinal) ? shop : null);
    }

    private sealed class Lines : ILogger<DoubleMailWarning>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
