using Support.Sdk.Contacts;
using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

internal sealed class PrivacyStore(Database database, ContentOptions content) : IPrivacyStore
{
    private const string Record = """
        INSERT INTO support_erasures (shop, erased_at, erased_by, orders, deliveries, events, contacts, tickets, customers, under_way)
        VALUES (@shop, @at, @by, @orders, @deliveries, @events, @contacts, @tickets, @customers, @under_way)
        """;

    private static readonly RowShape<OutboundMessage> Messages = new RowShape<OutboundMessage>()
        .Text("r_id", message => message.Id)
        .Text("r_message", message => SupportJson.Write(message));

    private readonly RetentionSql _retention = new(database, new ContentSql(database, ContentStore.Folder(content)));
    private readonly ShopErasure _shops = new(database, new ContentSql(database, ContentStore.Folder(content)));
    private readonly TicketErasure _tickets = new(database.Dialect, new ContentSql(database, ContentStore.Folder(content)));
    private readonly CustomerSave _customers = new(database.Dialect);

    private readonly string _waiting = $"""
        SELECT {InboxStore.Columns} FROM (
            {Next(database.Dialect, "Pending")}
            UNION ALL
            {Next(database.Dialect, "Parked")}
        ) AS waiting
        ORDER BY id {database.Dialect.Limit("@max")}
        """;

    private readonly string _erasures = $"""
        SELECT erased_at, erased_by, orders, deliveries, events, contacts, tickets, customers, under_way
        FROM support_erasures WHERE shop = @shop ORDER BY id DESC {database.Dialect.Limit("@max")}
        """;

    private readonly string _outbox = database.Dialect.Update(
        new SqlUpdate("support_outbox", "seq")
        {
            Set =
            [
                ("provider_id", "NULL"),
                ("changed_at", "CASE WHEN state IN ('Pending', 'Retry', 'Held') THEN @at ELSE changed_at END"),
                ("reason", "CASE WHEN state IN ('Pending', 'Retry', 'Held') THEN 'The customer''s data was erased.' ELSE NULL END"),
                ("state", "CASE WHEN state IN ('Pending', 'Retry', 'Held') THEN 'Superseded' ELSE state END"),
            ],
            From = $"{database.Dialect.Rows(RowShape.Texts)} AS r JOIN support_deliveries d ON d.id = r.value",
            Where = "support_outbox.seq = d.seq AND lease_until = 0",
            Returning = "support_outbox.id",
        }
    );

    private readonly string _messages = database.Dialect.Update(
        new SqlUpdate("support_deliveries", "seq")
        {
            Set = [("recipient", "''"), ("message", "r.r_message")],
            From = $"{database.Dialect.Rows(Messages)} AS r",
            Where = "id = r.r_id",
        }
    );

    private readonly string _inbox = database.Dialect.Update(
        new SqlUpdate("support_inbox", "id")
        {
            Set = [("state", "'Done'"), ("body", "''"), ("reason", "NULL"), ("lease_until", "0")],
            Where =
                $"id IN (SELECT value FROM {database.Dialect.Rows(RowShape.Numbers)} AS v) AND (state <> 'Pending' OR lease_until <= {database.Dialect.Now})",
            Returning = "id",
        }
    );

    private readonly string _decisions = database.Dialect.Update(
        new SqlUpdate("support_decisions", "id")
        {
            Set = [("reason", "'Erased.'")],
            From = $"{database.Dialect.Rows(RowShape.Keys)} AS r",
            Where = "shop = r.r_shop AND order_id = r.r_order AND (decided_by <> 'engine' OR verdict = 'Fail')",
        }
    );

    public async Task<IReadOnlyList<InboxEntry>> WaitingAsync(string shop, long after, int max, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            session => session.QueryAsync(_waiting, InboxStore.Read, cancellationToken, ("@shop", shop), ("@after", after), ("@max", max)),
            cancellationToken
        );

    public async Task<ErasureRest> EraseAsync(ErasureBatch batch, CancellationToken cancellationToken = default)
    {
        var (rest, files) = await database.WriteAsync(session => EraseAsync(session, batch, cancellationToken), cancellationToken);
        await _tickets.RemoveAsync(files, cancellationToken);
        if (batch.Result is not null)
        {
            await database.ForgetAsync(cancellationToken);
        }

        return rest;
    }

    public Task<int> ForgetShopAsync(string shop, int max, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 1000);
        return _shops.RemoveAsync(shop, max, cancellationToken);
    }

    public async Task<IReadOnlyList<ErasureResult>> ErasuresAsync(string shop, int max, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            session =>
                session.QueryAsync(
                    _erasures,
                    reader => new ErasureResult
                    {
                        At = reader.Time(0),
                        By = reader.GetString(1),
                        Orders = reader.GetInt32(2),
                        Deliveries = reader.GetInt32(3),
                        Events = reader.GetInt32(4),
                        Contacts = reader.GetInt32(5),
                        Tickets = reader.GetInt32(6),
                        Customers = reader.GetInt32(7),
                        UnderWay = reader.GetInt32(8),
                    },
                    cancellationToken,
                    ("@shop", shop),
                    ("@max", max)
                ),
            cancellationToken
        );

    public Task<int> RemoveAsync(RetentionCut cut, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cut.Max, 1, nameof(cut));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cut.Max, 1000, nameof(cut));
        return _retention.RemoveAsync(cut, cancellationToken);
    }

    private static string Next(SqlDialect dialect, string state) =>
        $"SELECT * FROM (SELECT {InboxStore.Columns} FROM support_inbox WHERE state = '{state}' AND id > @after AND shop = @shop ORDER BY id {dialect.Limit("@max")}) AS {state.ToLowerInvariant()}";

    private async Task<(ErasureRest Left, IReadOnlyList<ContentKey> Files)> EraseAsync(
        SqlSession session,
        ErasureBatch batch,
        CancellationToken cancellationToken
    )
    {
        var rest = new ErasureRest
        {
            Messages = await MessagesAsync(session, batch, cancellationToken),
            InboxIds = await InboxAsync(session, batch.InboxIds, cancellationToken),
            Customers = await CustomersAsync(session, batch.Customers, cancellationToken),
        };
        if (batch.Orders.Count > 0)
        {
            await session.ExecuteAsync(_decisions, cancellationToken, RowShape.Keys.Of(batch.Orders));
        }

        var (tickets, files) = await _tickets.EraseAsync(session, batch.Tickets, cancellationToken);
        if (batch.Result is { } result)
        {
            await RecordAsync(session, batch.Shop, result, cancellationToken);
        }

        return (rest with { Tickets = tickets }, files);
    }

    private async Task<IReadOnlyList<string>> MessagesAsync(SqlSession session, ErasureBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Messages.Count == 0)
        {
            return [];
        }

        var erased = await session.QueryAsync(
            _outbox,
            reader => reader.GetString(0),
            cancellationToken,
            RowShape.Texts.Of([.. batch.Messages.Select(message => message.Id)]),
            ("@at", Micros.Down(batch.At))
        );
        var ids = erased.ToHashSet(StringComparer.Ordinal);
        await session.LaterAsync(_messages, cancellationToken, Messages.Of([.. batch.Messages.Where(message => ids.Contains(message.Id))]));
        return [.. batch.Messages.Select(message => message.Id).Except(ids, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<long>> InboxAsync(SqlSession session, IReadOnlyList<long> inboxIds, CancellationToken cancellationToken) =>
        inboxIds.Count == 0
            ? []
            : [.. inboxIds.Except(await session.QueryAsync(_inbox, reader => reader.GetInt64(0), cancellationToken, RowShape.Numbers.Of(inboxIds)))];

    private async Task<IReadOnlyList<string>> CustomersAsync(SqlSession session, IReadOnlyList<Customer> customers, CancellationToken cancellationToken)
    {
        var saved = await _customers.CustomersAsync(session, customers, cancellationToken);
        await _customers.ForgetAsync(session, saved, cancellationToken);
        return [.. customers.Select(customer => customer.Id).Except(saved.Select(customer => customer.Id), StringComparer.Ordinal)];
    }

    private static Task<int> RecordAsync(SqlSession session, string shop, ErasureResult result, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            Record,
            cancellationToken,
            ("@shop", shop),
            ("@at", Micros.Down(result.At)),
            ("@by", result.By),
            ("@orders", result.Orders),
            ("@deliveries", result.Deliveries),
            ("@events", result.Events),
            ("@contacts", result.Contacts),
            ("@tickets", result.Tickets),
            ("@customers", result.Customers),
            ("@under_way", result.UnderWay)
        );
}
