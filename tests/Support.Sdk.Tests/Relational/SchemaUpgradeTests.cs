using System.Text.RegularExpressions;
using Support.Sdk.Relational;
using Support.Sdk.Sqlite;
using Xunit;

namespace Support.Sdk.Tests.Relational;

/// <summary>An upgrade rolls from one version to the next, and back while the next one lets older code in.</summary>
public sealed class SchemaUpgradeTests : IDisposable
{
    private readonly SqliteFile _file = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task The_next_version_applies_only_what_is_missing_and_this_one_goes_on_with_it()
    {
        await using var database = _file.Open();
        var store = Stores.Of(database);
        var secret = await store.Support.GetOrAddSecretAsync("secret", [1, 2, 3], Stop);

        await UpgradeAsync(database);
        await UpgradeAsync(database);

        Assert.Equal(secret, await store.Support.GetOrAddSecretAsync("secret", [4], Stop));
        Assert.Equal((NextVersion.Number, 1), await database.ReadAsync(session => SchemaVersion.ReadAsync(session, database.Dialect, Stop), Stop));
    }

    [Fact]
    public async Task A_version_that_older_code_cannot_live_with_refuses_its_next_start()
    {
        await using (var before = _file.Open())
        {
            await UpgradeAsync(before);
        }

        _file.Run($"UPDATE support_settings SET value = CAST('{NextVersion.Number}' AS BLOB) WHERE name = 'schema-oldest-reader'");
        await using var database = _file.Open();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Stores.Of(database).Support.StartAsync(Stop));
        Assert.Equal(
            $"The support tables have version {NextVersion.Number}, and this application knows {NextVersion.Number - 1}. Use the version of Support.Sdk that wrote them, or a newer one.",
            refusal.Message
        );
    }

    private static Task<int> UpgradeAsync(SqliteDatabase database) =>
        database.WriteAsync(
            async session =>
            {
                await SchemaVersion.UpgradeAsync(session, database.Dialect, [.. SupportSchema.Scripts("sqlite"), .. NextVersion.Scripts], Stop);
                return 0;
            },
            Stop
        );
}

/// <summary>Tables as a later version may have them: with a column more each.</summary>
internal static partial class NextVersion
{
    public static int Number => SupportSchema.Scripts("sqlite").Count + 1;

    public static IReadOnlyList<string> Scripts =>
        [
            string.Concat(Tables().Select(table => $"ALTER TABLE {table} ADD COLUMN future TEXT;\n"))
                + $"UPDATE support_settings SET value = CAST('{Number}' AS BLOB) WHERE name = 'schema-version';",
        ];

    private static IEnumerable<string> Tables() =>
        SupportSchema.Scripts("sqlite").SelectMany(script => Made().Matches(script)).Select(made => made.Groups["table"].Value);

    [GeneratedRegex(@"CREATE TABLE (?<table>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Made();
}
