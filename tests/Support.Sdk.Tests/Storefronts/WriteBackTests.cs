using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Testing;
using Support.Sdk.Tests.Engine;
using Xunit;

namespace Support.Sdk.Tests.Storefronts;

public sealed class WriteBackTests
{
    private static readonly DateTimeOffset AtRisk = Given.PromiseEnds.AddHours(-48);

    private readonly Storefront _storefront = new();

    [Fact]
    public async Task What_was_sent_is_written_to_the_storefront()
    {
        await using var world = await AtRiskAsync();

        var (order, verdict) = Assert.Single(_storefront.Written);

        var notice = Assert.Single(order.Notices);
        Assert.Equal((NoticeKinds.OrderAtRisk, DeliveryState.Accepted, DelayVerdict.AtRisk), (notice.Kind, notice.State, verdict));
        Assert.Equal((null, null), ((await world.OrderAsync()).WriteBackAt, (await world.OrderAsync()).RefreshAt));
    }

    [Fact]
    public async Task What_was_refused_is_not_written()
    {
        await using var world = await AtRiskAsync(new RecordingChannel().Answer(_ => DeliveryResult.Rejected("Nobody there.")));
        Assert.Empty(_storefront.Written);
    }

    [Fact]
    public async Task An_order_about_which_nothing_was_told_is_not_written()
    {
        await using var world = NewWorld();
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        Assert.Empty(_storefront.Written);
    }

    [Fact]
    public async Task When_the_verdict_changes_it_is_written_again()
    {
        await using var world = await AtRiskAsync();

        await world.AcceptAsync(
            Given.Snapshot() with
            {
                UpdatedAt = AtRisk,
                ReadAt = null,
                Shipments = [Given.Parcel(shippedAt: Given.Day(3), deliveredAt: Given.Day(11))],
            }
        );
        await world.RunAsync();
        await world.RunAsync();

        Assert.Equal([DelayVerdict.AtRisk, DelayVerdict.Finished], _storefront.Written.Select(one => one.Verdict).Distinct());
    }

    [Fact]
    public async Task What_stays_the_same_is_written_once()
    {
        await using var world = await AtRiskAsync();
        await world.AtAsync(AtRisk.AddHours(1));
        await world.AcceptAsync(Given.Snapshot() with { ReadAt = AtRisk.AddHours(1) });
        await world.AtAsync(AtRisk.AddHours(2));
        Assert.Single(_storefront.Written);
    }

    [Fact]
    public async Task A_storefront_that_is_away_is_written_to_when_it_is_back()
    {
        _storefront.Fault = new HttpRequestException("Away.");
        await using var world = await AtRiskAsync();
        await world.AtAsync(AtRisk.AddMinutes(10));
        Assert.Empty(_storefront.Written);

        _storefront.Fault = null;
        await world.AtAsync(AtRisk.AddHours(2));

        Assert.Single(_storefront.Written);
        Assert.Null((await world.OrderAsync()).WriteBackWantedSince);
    }

    [Fact]
    public async Task A_storefront_that_takes_nothing_for_a_day_is_given_up_with_a_record()
    {
        _storefront.Fault = new HttpRequestException("Away.");
        await using var world = await AtRiskAsync();
        for (var hour = 1; hour < 30; hour++)
        {
            await world.AtAsync(AtRisk.AddHours(hour));
        }

        var asked = _storefront.Asked;
        await world.AtAsync(AtRisk.AddHours(31));

        Assert.Equal(asked, _storefront.Asked);
        Assert.Contains(await world.HistoryAsync(), decision => decision is { Occasion: "write-back", Verdict: DecisionVerdict.Suppress });
    }

    [Fact]
    public async Task A_storefront_that_is_away_does_not_keep_the_order_from_being_read()
    {
        _storefront.Fault = new HttpRequestException("Away.");
        var source = new ListedSource("main");
        source.Orders.Add(Given.Snapshot());
        await using var world = NewWorld(with: services => services.AddSingleton<IOrderSource>(source));
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        await world.AtAsync(AtRisk);
        await world.RunAsync();
        Assert.Single(world.Channel.Messages);

        source.Orders[0] = Given.Snapshot() with { UpdatedAt = AtRisk, Status = OrderStatus.Cancelled };
        await world.AcceptAsync(new OrderChanged { Key = new OrderKey("main", "1001"), At = AtRisk });
        await world.AtAsync(AtRisk.AddMinutes(6));
        await world.RunAsync();

        Assert.Equal(OrderStatus.Cancelled, (await world.OrderAsync()).Snapshot!.Status);
    }

    [Fact]
    public async Task An_erased_order_is_not_written()
    {
        _storefront.Fault = new HttpRequestException("Away.");
        await using var world = await AtRiskAsync();
        await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email], "eve");
        _storefront.Fault = null;

        await world.AtAsync(AtRisk.AddHours(2));

        Assert.Empty(_storefront.Written);
    }

    private World NewWorld(RecordingChannel? channel = null, Action<IServiceCollection>? with = null) =>
        new(
            channel: channel,
            with: services =>
            {
                services.AddSingleton<IOrderWriteBack>(_storefront);
                with?.Invoke(services);
            }
        );

    private async Task<World> AtRiskAsync(RecordingChannel? channel = null)
    {
        var world = NewWorld(channel);
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        await world.AtAsync(AtRisk);
        // What was sent is news for the sweep.
        await world.RunAsync();
        return world;
    }

    private sealed class Storefront : IOrderWriteBack
    {
        public List<(WatchedOrder Order, DelayVerdict Verdict)> Written { get; } = [];

        public int Asked { get; private set; }

        public Exception? Fault { get; set; }

        public bool Serves(string shop) => true;

        public Task WriteAsync(WatchedOrder order, DelayAssessment assessment, CancellationToken cancellationToken = default)
        {
            Asked++;
            if (Fault is not null)
            {
                throw Fault;
            }

            Written.Add((order, assessment.Verdict));
            return Task.CompletedTask;
        }
    }
}
