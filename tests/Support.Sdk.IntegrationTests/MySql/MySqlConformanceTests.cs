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

            await _server.ExecuteAsync(Name, RuleDatabase.Empty);
            return _server.ConnectionString(Name);
        }

        public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
