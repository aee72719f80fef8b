using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.Tests.Relational;

public sealed class SqliteConformanceTests
{
    public static TheoryData<string> Rules => [.. StoreConformance.Rules.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_store_keeps_the_rule(string name)
    {
        using var file = new SqliteFile();
        await using var database = file.Open();
        var rule = StoreConformance.Rules.Single(rule => string.Equals(rule.Name, name, StringComparison.Ordinal));
        await rule.CheckAsync(Stores.Of(database), TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_store_keeps_the_rule_on_tables_of_the_next_version_and_with_files_in_a_folder(string name)
    {
        using var file = new SqliteFile();
        await using (var before = file.Open())
        {
            await Stores.Of(before).Support.StartAsync(TestContext.Current.CancellationToken);
            foreach (var script in NextVersion.Scripts)
            {
                file.Run(script);
            }
        }

        await using var database = file.Open();
        var rule = StoreConformance.Rules.Single(rule => string.Equals(rule.Name, name, StringComparison.Ordinal));
        await rule.CheckAsync(Stores.Of(database, file.Contents), TestContext.Current.CancellationToken);
    }
}
