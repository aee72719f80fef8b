using System.Diagnostics;
using Npgsql;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Postgres;
using Support.Sdk.Relational;
using Xunit;

namespace Support.Sdk.IntegrationTests.Postgres;

/// <summary>How often somebody waits for the server.</summary>
public sealed class JourneyTests(RuleDatabase rule) : IClassFixture<RuleDatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_orders_are_stored_on_one_journey_with_their_messages()
    {
        var connectionString = await rule.EmptyAsync();
        await using var database = new PostgresDatabase(PostgresDatabase.Connect(connectionString), ownsSource: true);
        var orders = Stores.Of(database).Orders;
        // The first use of a connection brings journeys of its own.
        await orders.SaveAsync([New("a")], Token);

        Assert.Equal(1, await JourneysAsync(connectionString, () => orders.SaveAsync([New("b"), New("c")], Token)));
        Assert.True(await JourneysAsync(connectionString, () => orders.SaveAsync([New("c"), New("d")], Token)) > 1);
        Assert.Equal(4, (await orders.FindAsync([.. "abcd".Select(id => new OrderKey("main", $"{id}"))], Token)).Count);
    }

    private static async Task<int> JourneysAsync(string connectionString, Func<Task> work)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        var journeys = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TagObjects.Any(tag => tag.Value is string value && value.Equals(name, StringComparison.Ordinal)))
                {
                    Interlocked.Increment(ref journeys);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await work();
        return journeys;
    }

    private static OrderChange New(string id)
    {
        var key = new OrderKey("main", id);
        return new OrderChange
        {
            Order = new WatchedOrder { Key = key, FirstSeenAt = DateTimeOffset.UnixEpoch },
            Deliveries =
            [
                new MessageDelivery
                {
                    Message = new OutboundMessage
                    {
                        Id = "of-" + id,
                        Shop = key.Shop,
                        Order = key,
                        Occasion = "test",
                        To = new ContactPoint("email", "ada@example.com"),
                        Culture = "en",
                        Subject = "Late",
                        Text = "It will be late.",
                        DecidedAt = DateTimeOffset.UnixEpoch,
                    },
                    State = DeliveryState.Pending,
                    DueAt = DateTimeOffset.UnixEpoch,
                    ChangedAt = DateTimeOffset.UnixEpoch,
                },
            ],
        };
    }
}
