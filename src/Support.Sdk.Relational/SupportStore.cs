namespace Support.Sdk.Relational;

internal sealed class SupportStore(Database database) : ISupportStore
{
    // Each branch is one step into an index, repeated for every shop or channel that has anything at all.
    // What is claimed is in good hands until its lease ends; then it counts again.
    private readonly string _nextDue = $"""
        {database.Dialect.With} {database.Dialect.Distinct("shops", "support_orders", "shop", "check_at IS NOT NULL")},
        {database.Dialect.Distinct("refreshed", "support_orders", "shop", "refresh_at IS NOT NULL")},
        {database.Dialect.Distinct("asked", "support_tickets", "shop", "check_at IS NOT NULL")},
        {database.Dialect.Distinct("channels", "support_outbox", "channel", "state IN ('Pending', 'Retry')")}
        SELECT MIN(due) FROM (
            SELECT (
                SELECT due_at FROM support_inbox
                WHERE state = 'Pending' AND lease_until <= {database.Dialect.Now} AND {InboxStore.NotBehind(database.Dialect)}
                ORDER BY due_at {database.Dialect.Limit("1")}
            ) AS due
            UNION ALL
            SELECT (
                SELECT check_at FROM support_orders o
                WHERE o.shop = shops.name AND check_at IS NOT NULL AND lease_until <= {database.Dialect.Now}
                ORDER BY check_at {database.Dialect.Limit("1")}
            ) FROM shops
            UNION ALL
            SELECT (SELECT refresh_at FROM support_orders o WHERE o.shop = refreshed.name AND refresh_at IS NOT NULL ORDER BY refresh_at {database.Dialect.Limit(
            "1"
        )}) FROM refreshed
            UNION ALL
            SELECT (
                SELECT check_at FROM support_tickets t
                WHERE t.shop = asked.name AND check_at IS NOT NULL AND lease_until <= {database.Dialect.Now}
                ORDER BY check_at {database.Dialect.Limit("1")}
            ) FROM asked
            UNION ALL
            SELECT (
                SELECT due_at FROM support_outbox d
                WHERE d.channel = channels.name AND state IN ('Pending', 'Retry') AND lease_until <= {database.Dialect.Now} AND {OutboxStore.NotPaused}
                ORDER BY due_at {database.Dialect.Limit("1")}
            ) FROM channels
            UNION ALL
            SELECT (SELECT send_before FROM support_outbox WHERE state IN ('Pending', 'Retry', 'Held') AND send_before IS NOT NULL AND lease_until = 0 ORDER BY send_before {database.Dialect.Limit(
            "1"
        )})
        ) AS dues
        """;

    private readonly string _addSetting = database.Dialect.Insert(
        new SqlInsert("support_settings", "name, value") { From = "(SELECT @name AS name, @value AS value) AS r", Key = "name" }
    );

    public async Task StartAsync(CancellationToken cancellationToken = default) => await database.StartAsync(cancellationToken);

    public async Task WaitForNewsAsync(CancellationToken cancellationToken = default)
    {
        await database.StartAsync(cancellationToken);
        await database.WaitForNewsAsync(cancellationToken);
    }

    public Task<byte[]> GetOrAddSecretAsync(string name, byte[] proposed, CancellationToken cancellationToken = default) =>
        database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(_addSetting, cancellationToken, ("@name", name), ("@value", proposed));
                var rows = await session.QueryAsync(
                    "SELECT value FROM support_settings WHERE name = @name",
                    reader => reader.GetFieldValue<byte[]>(0),
                    cancellationToken,
                    ("@name", name)
                );
                return rows[0];
            },
            cancellationToken
        );

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(session => session.QueryAsync(_nextDue, reader => reader.MaybeTime(0), cancellationToken), cancellationToken);
        return rows[0];
    }
}
