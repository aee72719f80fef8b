using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Deliveries;
using Support.Sdk.Testing;
using Support.Sdk.Tests.Tickets;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Engine;

public sealed class TelemetryTests
{
    [Fact]
    public async Task A_late_order_is_counted_from_the_event_to_the_delivery()
    {
        using var measured = new Measurements();
        await using var world = new World(with: services => services.AddMetrics().AddSingleton(measured));
        measured.Listen(world.Get<IMeterFactory>());

        await world.AcceptAsync(Given.Snapshot());
        world.Time.Advance(TimeSpan.FromSeconds(7));
        await world.RunAsync();
        await world.AtAsync(Given.PromiseEnds.AddHours(-48));

        Assert.Equal("1 support.source=app", Assert.Single(measured.Of("support.events.accepted")));
        Assert.Equal("7 ", Assert.Single(measured.Of("support.inbox.lag")));
        Assert.Equal("1 support.verdict=send support.kind=order-at-risk", Assert.Single(measured.Of("support.decisions")));
        Assert.Equal("1 support.channel=email support.outcome=accepted", Assert.Single(measured.Of("support.deliveries")));
        Assert.Equal("0 support.channel=email support.outcome=accepted", Assert.Single(measured.Of("support.delivery.duration")));
    }

    [Fact]
    public async Task A_broken_promise_is_counted_once_and_the_late_answer_as_missed()
    {
        using var measured = new Measurements();
        await using var world = new World(GivenTicket.Shop, with: services => services.AddMetrics().AddSingleton(measured), at: GivenTicket.Monday);
        measured.Listen(world.Get<IMeterFactory>());

        await world.AcceptAsync(GivenTicket.Message());
        await world.RunAsync();
        await world.AtAsync(GivenTicket.At(2, 15));
        await world.AtAsync(GivenTicket.At(2, 16));
        await world.Get<ITicketDesk>().ReplyAsync(new TicketKey("main", 1), new TicketReply { Text = "Sorry." }, "bo");

        Assert.Equal("1 support.channel=form", Assert.Single(measured.Of("support.tickets.opened")));
        Assert.Equal(
            ["1 support.metric=firstResponse support.outcome=broken", "1 support.metric=firstResponse support.outcome=missed"],
            measured.Of("support.promises")
        );
    }

    [Fact]
    public async Task A_promise_that_a_merge_ends_is_counted()
    {
        using var measured = new Measurements();
        await using var world = new World(GivenTicket.Shop, with: services => services.AddMetrics().AddSingleton(measured), at: GivenTicket.Monday);
        await world.AcceptAsync(GivenTicket.Message(), GivenTicket.Message("And this?"));
        await world.RunAsync();
        measured.Listen(world.Get<IMeterFactory>());

        await world.Get<ITicketDesk>().MergeAsync(new TicketKey("main", 2), new TicketKey("main", 1), "bo");

        Assert.Contains("1 support.metric=firstResponse support.outcome=dropped", measured.Of("support.promises"));
    }

    [Fact]
    public async Task The_oldest_due_work_ages_while_the_loops_stand_still()
    {
        using var measured = new Measurements();
        await using var world = new World(with: services => services.AddMetrics().AddSingleton(measured));
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        await world.Runner.NextDueAsync();
        measured.Listen(world.Get<IMeterFactory>());

        measured.Observe();
        world.Time.SetUtcNow(Given.PromiseEnds.AddHours(-47));
        measured.Observe();

        Assert.Equal(["0 ", "3600 "], measured.Of("support.oldest_due.age"));
    }

    [Fact]
    public async Task A_delivery_is_traced_without_personal_data()
    {
        var ended = new ConcurrentQueue<Activity>();
        await using var world = new World(channel: new RecordingChannel().Answer(_ => DeliveryResult.Rejected("Nobody there.")));
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => string.Equals(source.Name, "Support.Sdk", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await world.AcceptAsync(Given.Snapshot("traced"));
        await world.AtAsync(Given.PromiseEnds.AddHours(-48));
        var id = Assert.Single(await world.DeliveriesAsync()).Message.Id;

        var delivery = ended.FirstOrDefault(activity => id.Equals(activity.GetTagItem("support.delivery")));
        Assert.Equal(("support.delivery", ActivityStatusCode.Error), (delivery?.OperationName, delivery?.Status));
        Assert.Equal("rejected", delivery?.GetTagItem("support.outcome"));
        Assert.DoesNotContain(delivery!.TagObjects, tag => tag.Value?.ToString()?.Contains("ada", StringComparison.OrdinalIgnoreCase) is true);
    }

    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<(string Instrument, string Value)> _values = [];

        public void Listen(IMeterFactory factory)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
            _listener.Start();
        }

        public void Observe() => _listener.RecordObservableInstruments();

        public IEnumerable<string> Of(string instrument) =>
            _values.Where(value => string.Equals(value.Instrument, instrument, StringComparison.Ordinal)).Select(value => value.Value);

        public void Dispose() => _listener.Dispose();

        private void Add(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var named = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            _values.Add((instrument, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value} {named}")));
        }
    }
}
