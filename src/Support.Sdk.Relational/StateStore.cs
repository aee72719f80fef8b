using Support.Sdk.Storefronts;

namespace Support.Sdk.Relational;

internal sealed class StateStore(Database database) : IStateStore
{
    private const int MaxShop = 100;
    private const int MaxName = 200;
    private const int MaxValue = 65_536;

    private const string Find = "SELECT value, version FROM support_states WHERE shop = @shop AND name = @name";

    private const string Update = "UPDATE support_states SET value = @value, version = version + 1 WHERE shop = @shop AND name = @name AND version = @version";

    private const string Delete = "DELETE FROM support_states WHERE shop = @shop AND name = @name AND version = @version";

    private readonly string _insert = database.Dialect.Insert(
        new SqlInsert("support_states", "shop, name, value, version")
        {
            From = "(SELECT @shop AS shop, @name AS name, @value AS value, 1 AS version) AS r",
            Key = "shop, name",
            Returning = "shop",
        }
    );

    public async Task<StateEntry?> FindAsync(string shop, string name, CancellationToken cancellationToken = default)
    {
        var found = await database.ReadAsync(
            session =>
                session.QueryAsync(
                    Find,
                    reader => new StateEntry
                    {
                        Shop = shop,
                        Name = name,
                        Value = reader.GetString(0),
                        Version = reader.GetInt64(1),
                    },
                    cancellationToken,
                    ("@shop", shop),
                    ("@name", name)
                ),
            cancellationToken
        );
        return found is [var entry] ? entry : null;
    }

    public async Task<bool> SaveAsync(StateEntry entry, CancellationToken cancellationToken = default)
    {
        Check(entry);
        return entry switch
        {
            { Version: 0, Value: null } => await FindAsync(entry.Shop, entry.Name, cancellationToken) is null,
            { Version: 0 } => await InsertAsync(entry, cancellationToken),
            { Value: null } => await ChangeAsync(Delete, entry, [], cancellationToken),
            _ => await ChangeAsync(Update, entry, [("@value", entry.Value)], cancellationToken),
        };
    }

    private async Task<bool> InsertAsync(StateEntry entry, CancellationToken cancellationToken) =>
        (
            await database.StatementAsync(
                _insert,
                _ => true,
                survivesPowerCut: true,
                cancellationToken,
                ("@shop", entry.Shop),
                ("@name", entry.Name),
                ("@value", entry.Value)
            )
        ).Count > 0;

    private async Task<bool> ChangeAsync(string sql, StateEntry entry, (string Name, object? Value)[] more, CancellationToken cancellationToken) =>
        await database.StatementAsync(
            session => session.ExecuteAsync(sql, cancellationToken, [("@shop", entry.Shop), ("@name", entry.Name), ("@version", entry.Version), .. more]),
            survivesPowerCut: true,
            cancellationToken
        ) > 0;

    private static void Check(StateEntry entry)
    {
        if (entry.Shop is not { Length: >= 1 and <= MaxShop })
        {
            throw new ArgumentException($"Give the shop's id in Shop: 1 to {MaxShop} characters.", nameof(entry));
        }

        if (entry.Name is not { Length: >= 1 and <= MaxName })
        {
            throw new ArgumentException($"Give Name 1 to {MaxName} characters, beginning with the adapter's: shopify/token.", nameof(entry));
        }

        if (entry.Value is { Length: > MaxValue })
        {
            throw new ArgumentException($"Keep at most {MaxValue} characters in Value, or spread it over several names.", nameof(entry));
        }
    }
}
