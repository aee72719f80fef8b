using Npgsql;
using Support.Sdk.Orders;
using Support.Sdk.Postgres;
using Support.Sdk.Relational;
using Xunit;

namespace Support.Sdk.IntegrationTests.Postgres;

public sealed class NewDatabaseTests(SharedPostgres postgres)
{
    private const string Seen = "SELECT COUNT(*) FROM pg_class WHERE relname IN ('support_orders', 'support_outbox') AND reltuples > 0";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_planner_sees_new_tables_before_they_are_large()
    {
        var server = await postgres.ServerAsync();
        var connectionString = await server.CreateDatabaseAsync();
        try
        {
            await using (var database = new PostgresDatabase(PostgresDatabase.Connect(connectionString), ownsSource: true))
            {
                var orders = Stores.Of(database).Orders;
                for (var order = 0; order < 10; order++)
                {
                    await orders.SaveAsync([New(order)], Token);
                }
            }

            await using var connection = new NpgsqlConnection(connectionString + ";Pooling=False");
            await connection.OpenAsync(Token);
            await using var command = new NpgsqlCommand(Seen, connection);
            Assert.Equal(1L, await command.ExecuteScalarAsync(Token));
        }
        finally
        {
            await server.DropDatabaseAsync(connectionString);
        }
    }

    private static OrderChange New(int order) =>
        new()
        {
            Order = new WatchedOrder { Key = new OrderKey("main", $"new-{order}"), FirstSeenAt = DateTimeOffset.UnixEpoch },
        };
}
