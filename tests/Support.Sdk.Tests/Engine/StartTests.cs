using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.Tests.Engine;

public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("support-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> FaultAsync(Action<ISupportBuilder> add, Dictionary<string, string?>? settings = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        add(builder.Services.AddSupport());
        using var host = builder.Build();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        return error.Message;
    }

    private ISupportBuilder WithStore(ISupportBuilder builder) => builder.AddSqlite(options => options.Path = Path.Combine(_folder, "support.db"));

    private ISupportBuilder WithChannel(ISupportBuilder builder)
    {
        builder.Services.AddSingleton<IChannel>(new RecordingChannel());
        return WithStore(builder);
    }

    [Fact]
    public async Task A_missing_store_is_named() => Assert.Contains("AddSqlite()", await FaultAsync(_ => { }), StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_channel_is_named() =>
        Assert.Contains("AddPickupFolder()", await FaultAsync(builder => WithStore(builder)), StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_shop_is_named() => Assert.Contains("AddShop", await FaultAsync(builder => WithChannel(builder)), StringComparison.Ordinal);

    [Fact]
    public async Task Two_channels_of_one_name_are_refused() =>
        Assert.Contains(
            "Two channels are named 'email'",
            await FaultAsync(builder =>
            {
                WithChannel(builder);
                WithChannel(builder).AddShop(Given.Shop);
            }),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_shop_that_is_set_up_twice_is_refused() =>
        Assert.Contains("set up twice", await FaultAsync(builder => WithChannel(builder).AddShop(Given.Shop).AddShop(Given.Shop)), StringComparison.Ordinal);

    [Theory]
    [InlineData("TimeZone", "Mars/Olympus", "TimeZone 'Mars/Olympus'")]
    [InlineData("Culture", "xx-nonsense", "Culture 'xx-nonsense'")]
    [InlineData("Brand:EmailFrom", "", "Brand:EmailFrom is missing")]
    [InlineData("Brand:Color", "red", "Brand:Color 'red'")]
    [InlineData("Tells:0", "order-lost", "'order-lost', which is no kind")]
    [InlineData("NextWordAfter", "00:01:00", "NextWordAfter")]
    [InlineData("AtRiskBefore", "-01:00:00", "AtRiskBefore")]
    [InlineData("HoldFirst", "-1", "HoldFirst")]
    [InlineData("MaxPerCustomerAndDay", "0", "MaxPerCustomerAndDay")]
    [InlineData("PromisePolicies:0:ShippingMethod", "express", "a policy promises nothing")]
    [InlineData("PromisePolicies:0:DeliverWithinDays", "-1", "between 0 and 365")]
    [InlineData("Country", "Sweden", "Country 'Sweden'")]
    [InlineData("Signals:0:ShippingMethod", "express", "Signals:0:The rule sets nothing")]
    [InlineData("Signals:0:Destination", "abroad", "Destination 'abroad'")]
    [InlineData("Signals:0:Destination", "Domestic", "'Domestic' needs the shop's Country")]
    [InlineData("Signals:0:HandlingDays", "366", "between 0 and 365 days")]
    [InlineData("Signals:0:AtRiskBefore", "-00:00:01", "between 0 and 365 days")]
    [InlineData("Signals:0:StalledDays", "0", "between 1 and 365")]
    [InlineData("Hours:Week:Monday", "17:00-09:00", "Support:Shops:main:Hours:Week:Monday")]
    [InlineData("Hours:Holidays:0", "2026-02-29", "Hours:Holidays names '2026-02-29'")]
    [InlineData("Hours:TimeZone", "Mars/Olympus", "Hours:TimeZone")]
    public async Task A_setting_that_makes_no_sense_stops_the_start_with_its_name(string setting, string value, string fault)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Support:Shops:main:Brand:EmailFrom"] = "a@example.com",
            [$"Support:Shops:main:{setting}"] = value,
        };

        var message = await FaultAsync(builder => WithChannel(builder), settings);

        Assert.Contains("Support:Shops:main:", message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_without_an_address_is_refused() =>
        Assert.Contains(
            "Support:Shops:main:Staff needs a Channel",
            await FaultAsync(builder => WithChannel(builder).AddShop(Given.Shop with { Staff = new ContactPoint("email", " ") })),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("00:14:59")]
    [InlineData("7.00:00:01")]
    public async Task A_feed_is_neither_asked_all_the_time_nor_hardly_ever(string interval) =>
        Assert.Contains(
            "Support:TrackingInterval",
            await FaultAsync(builder => WithChannel(builder).AddShop(Given.Shop), new(StringComparer.Ordinal) { ["Support:TrackingInterval"] = interval }),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_short_installation_key_is_refused() =>
        Assert.Contains(
            "Support:InstallationKey",
            await FaultAsync(builder => WithChannel(builder).AddShop(Given.Shop), new(StringComparer.Ordinal) { ["Support:InstallationKey"] = "short" }),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_broken_template_stops_the_start_with_its_line_and_column()
    {
        var template = new Sdk.Templates.MessageTemplate
        {
            Kind = NoticeKinds.OrderDelayed,
            Culture = "en",
            Subject = "Late",
            Text = "Hello\n{{ order.nonsense }}",
            Html = "<p>Hello</p>",
            Origin = "late.txt",
        };

        var message = await FaultAsync(builder => WithChannel(builder).AddShop(Given.Shop).AddTemplate(template));

        Assert.Contains("late.txt", message, StringComparison.Ordinal);
        Assert.Contains("nonsense", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_comes_whole_from_the_configuration()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Support:Sqlite:Path"] = Path.Combine(_folder, "configured.db"),
                ["Support:Shops:tiny:TimeZone"] = "Europe/Stockholm",
                ["Support:Shops:tiny:Mode"] = "Shadow",
                ["Support:Shops:tiny:Tells:0"] = "order-shipped",
                ["Support:Shops:tiny:QuietHours:From"] = "22:30",
                ["Support:Shops:tiny:Brand:EmailFrom"] = "a@example.com",
                ["Support:Shops:tiny:PromisePolicies:0:DeliverWithinDays"] = "4",
                ["Support:Shops:tiny:Country"] = "SE",
                ["Support:Shops:tiny:Staff:Channel"] = "email",
                ["Support:Shops:tiny:Staff:Value"] = "desk@example.com",
                ["Support:Shops:tiny:Signals:0:Destination"] = "international",
                ["Support:Shops:tiny:Signals:0:StalledDays"] = "7",
            }
        );
        builder.Services.AddSingleton<IChannel>(new RecordingChannel());
        builder.Services.AddSupport().AddSqlite();
        using var host = builder.Build();
        await host.StartAsync();

        var shop = await host.Services.GetRequiredService<IShopDirectory>().FindAsync("tiny");

        Assert.Equal(("tiny", "Europe/Stockholm", ShopMode.Shadow), (shop!.Id, shop.TimeZone, shop.Mode));
        Assert.Equal(["order-shipped"], shop.Tells!);
        Assert.Equal(new TimeOnly(22, 30), shop.QuietHours.From);
        Assert.Equal(new ContactPoint("email", "desk@example.com"), shop.Staff);
        Assert.Equal(new SignalRule { Destination = "international", StalledDays = 7 }, Assert.Single(shop.Signals));
        Assert.Equal(4, Assert.Single(shop.PromisePolicies).DeliverWithinDays);
        Assert.True(File.Exists(Path.Combine(_folder, "configured.db")));
        await host.StopAsync();
    }

    [Fact]
    public async Task The_hosted_loops_tell_a_late_order_by_themselves_and_stop_gracefully()
    {
        var channel = new RecordingChannel();
        var told = new TaskCompletionSource<OutboundMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.Answer(message =>
        {
            told.TrySetResult(message);
            return DeliveryResult.Accepted();
        });
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IChannel>(channel);
        builder.Services.AddSupport().AddSqlite(options => options.Path = Path.Combine(_folder, "hosted.db")).AddShop(Given.Shop);
        using var host = builder.Build();
        await host.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        var order = Given.Snapshot() with
        {
            PlacedAt = now.AddHours(-3),
            UpdatedAt = now,
            ReadAt = now,
            Promise = new() { DeliverBy = PromiseDate.At(now.AddHours(1)) },
        };

        await host.Services.GetRequiredService<ISupportIntake>().AcceptAsync([order]);

        Assert.Equal("order-at-risk", (await told.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Occasion);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\r\nlines")]
    public async Task An_order_id_that_cannot_be_kept_is_refused_and_nothing_of_the_call_is_kept(string id)
    {
        await using var world = new World();

        await Assert.ThrowsAsync<ArgumentException>(() => world.AcceptAsync(Given.Snapshot(), Given.Snapshot(id)));

        await world.RunAsync();
        Assert.Null(await world.Runner.NextDueAsync());
    }

    [Fact]
    public async Task A_promise_of_nothing_and_one_in_an_unknown_zone_are_refused()
    {
        await using var world = new World();
        var none = Given.Snapshot() with { Promise = new() { DeliverBy = new PromiseDate() } };
        var nowhere = Given.Snapshot() with { Promise = new() { DeliverBy = PromiseDate.On(new DateOnly(2026, 12, 1), "Mars/Olympus") } };

        await Assert.ThrowsAsync<ArgumentException>(() => world.AcceptAsync(none));
        Assert.Contains("Mars/Olympus", (await Assert.ThrowsAsync<ArgumentException>(() => world.AcceptAsync(nowhere))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_larger_than_256_KB_is_refused()
    {
        await using var world = new World();

        await Assert.ThrowsAsync<ArgumentException>(() => world.AcceptAsync(Given.Snapshot() with { RawStatus = new string('x', 300_000) }));
    }
}
