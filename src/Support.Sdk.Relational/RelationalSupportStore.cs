using Support.Sdk.Deliveries;
using Support.Sdk.Relational.Deliveries;
using Support.Sdk.Relational.Intake;
using Support.Sdk.Relational.Orders;

namespace Support.Sdk.Relational;

/// <summary>The database as a whole.</summary>
internal sealed class RelationalSupportStore(RelationalDatabase database) : ISupportStore
{
    private readonly SettingSql _settings = new();
    private readonly string[] _nextDue =
    [
        new InboxSql(database.Dialect).NextDue,
        new OrderSql(database.Dialect).NextCheck,
        new OrderSql(database.Dialect).NextRefresh,
        .. new DeliverySql(database.Dialect).NextDue,
    ];

    public Task StartAsync(CancellationToken cancellationToken = default) => database.StartAsync(cancellationToken);

    public Task<byte[]> GetOrAddSecretAsync(string name, byte[] proposed, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return database.WriteAsync(
            async session =>
            {
                var key = SettingSql.SecretPrefix + name;
                var text = Convert.ToBase64String(proposed);
                await session.Command(_settings.Add, ("@name", key), ("@value", text)).ExecuteNonQueryAsync(cancellationToken);
                var kept = await session.Command(_settings.Find, ("@name", key)).ReadAllAsync(row => row.GetString(0), cancellationToken);
                return Convert.FromBase64String(kept[0]);
            },
            cancellationToken
        );
    }

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync(
            async session =>
            {
                DateTimeOffset? next = null;
                foreach (var text in _nextDue)
                {
                    var found = await session.Command(text).ReadAllAsync(row => row.TimeOrNull(0), cancellationToken);
                    next = found is [{ } due, ..] && (next is null || due < next) ? due : next;
                }

                return next;
            },
            cancellationToken
        );
}

/// <summary>The texts for the settings.</summary>
internal sealed class SettingSql
{
    public const string Version = "schema-version";
    public const string SecretPrefix = "secret:";

    public string Find { get; } = "SELECT value FROM support_settings WHERE name = @name";

    public string Add { get; } = "INSERT INTO support_settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO NOTHING";
}
