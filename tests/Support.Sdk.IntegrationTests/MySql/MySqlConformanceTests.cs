using Support.Sdk.IntegrationTests.Postgres;
using Support.Sdk.Relational;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.IntegrationTests.MySql;

/// <summary>MySQL's statements and tables on MariaDB, which differs in the name of a collation.</summary>
public sealed class MySqlConformanceTests(MySqlConformanceTests.Tables tables) : IClassFixture<MySqlConformanceTests.Tables>
{
    public static TheoryData<string> Rules => [.. StoreConformance.Rules.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_store_keeps_the_rule(string name)
    {
        await using var database = MySqlDatabase.Open(await tables.EmptyAsync(), new MySqlDialect(Tables.Collation));
        var rule = StoreConformance.Rules.Single(rule => string.Equals(rule.Name, name, StringComparison.Ordinal));
        await rule.CheckAsync(Stores.Of(database), TestContext.Current.CancellationToken);
    }

    public sealed class Tables : IAsyncDisposable
    {
        public const string Collation = "utf8mb4_nopad_bin";
        private const string Name = "support";

        private const string Empty = """
            DELETE FROM support_inbox; DELETE FROM support_orders; DELETE FROM support_order_contacts; DELETE FROM support_decisions;
            DELETE FROM support_deliveries; DELETE FROM support_outbox; DELETE FROM support_contacts; DELETE FROM support_consents;
            DELETE FROM support_erasures; DELETE FROM support_shops; DELETE FROM support_shop_figures; DELETE FROM support_notice_days;
            DELETE FROM support_settings WHERE name NOT LIKE 'schema-%'
            """;

        private MariaDbServer? _server;

        /// <summary>Empties the tables.</summary>
        /// <returns>The connection string of their database.</returns>
        public async Task<string> EmptyAsync()
        {
            if (MariaDbServer.Missing is { } missing)
            {
                Requirement.IsMissing(missing);
            }

            if (_server is null)
            {
                _server = await MariaDbServer.StartAsync();
                await _server.ExecuteAsync("mysql", $"CREATE DATABASE {Name}");
                foreach (var script in SupportSchema.Scripts("mysql"))
                {
                    await _server.ExecuteAsync(Name, script.Replace("utf8mb4_0900_bin", Collation, StringComparison.Ordinal));
                }
            }

            await _server.ExecuteAsync(Name, Empty);
            return _server.ConnectionString(Name);
        }

        public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
