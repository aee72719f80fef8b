using System.Data.Common;
using System.Text.Json;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Relational.Deliveries;

namespace Support.Sdk.Relational.Orders;

/// <summary>Orders and decisions as tables.</summary>
internal sealed class RelationalOrderStore(RelationalDatabase database) : IOrderStore
{
    private readonly OrderSql _sql = new(database.Dialect);
    private readonly DeliverySql _deliveries = new(database.Dialect);
    private readonly OrderSave _save = new(database.Dialect);

    public async Task<IReadOnlyList<WatchedOrder>> FindAsync(IReadOnlyList<OrderKey> keys, CancellationToken cancellationToken = default)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var rows = JsonRows.Write(keys.Distinct(), WriteKey);
        return await database.ReadAsync(session => ReadAsync(session, session.Command(_sql.Find, ("@rows", rows)), cancellationToken), cancellationToken);
    }

    public async Task<IReadOnlyList<WatchedOrder>> ClaimAsync(OrderClaim claim, CancellationToken cancellationToken = default) =>
        await database.ClaimAsync(session => ReadAsync(session, ClaimCommand(session, claim), cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<OrderKey>> SaveAsync(IReadOnlyList<OrderChange> changes, CancellationToken cancellationToken = default) =>
        changes.Count == 0 ? [] : await database.WriteAsync(session => _save.RunAsync(session, changes, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<Decision>> HistoryAsync(OrderKey key, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            session => session.Command(_sql.History, ("@shop", key.Shop), ("@order", key.Id)).ReadAllAsync(row => ReadDecision(key, row), cancellationToken),
            cancellationToken
        );

    internal static void WriteKey(Utf8JsonWriter writer, OrderKey key)
    {
        writer.WriteString("shop", key.Shop);
        writer.WriteString("id", key.Id);
    }

    private DbCommand ClaimCommand(DbSession session, OrderClaim claim) =>
        claim.Clock == OrderClock.Check
            ? session.Command(_sql.ClaimChecks, ("@now", StoredTime.Down(claim.Now)), ("@max", claim.Max), ("@lease", StoredTime.Length(claim.Lease)))
            : session.Command(
                _sql.ClaimRefreshes,
                ("@now", StoredTime.Down(claim.Now)),
                ("@max", claim.Max),
                ("@until", StoredTime.Up(claim.Now + claim.Lease))
            );

    private async Task<List<WatchedOrder>> ReadAsync(DbSession session, DbCommand command, CancellationToken cancellationToken)
    {
        var orders = await command.ReadAllAsync(ReadOrder, cancellationToken);
        var ids = orders.SelectMany(order => order.Notices).Select(notice => notice.DeliveryId).ToList();
        if (ids.Count == 0)
        {
            return orders;
        }

        var rows = JsonRows.Write(ids, (writer, id) => writer.WriteString("id", id));
        var found = await session
            .Command(_deliveries.States, ("@rows", rows))
            .ReadAllAsync(row => KeyValuePair.Create(row.GetString(0), DeliveryRow.State(row, 1)), cancellationToken);
        var states = new Dictionary<string, DeliveryState>(StringComparer.Ordinal);
        foreach (var (id, state) in found)
        {
            states[id] = state;
        }

        return [.. orders.Select(order => order with { Notices = [.. order.Notices.Select(notice => WithState(notice, states))] })];
    }

    private static Notice WithState(Notice notice, Dictionary<string, DeliveryState> states) =>
        states.TryGetValue(notice.DeliveryId, out var state) ? notice with { State = state } : notice;

    // The columns are the truth: claims and results move them without rewriting the JSON.
    private static WatchedOrder ReadOrder(DbDataReader row) =>
        SupportJson.ReadOrder(row.GetString(5)) with
        {
            Key = new OrderKey(row.GetString(0), row.GetString(1)),
            Version = row.GetInt64(2),
            CheckAt = row.TimeOrNull(3),
            RefreshAt = row.TimeOrNull(4),
        };

    private static Decision ReadDecision(OrderKey key, DbDataReader row) =>
        new()
        {
            Key = key,
            At = row.Time(0),
            Verdict = (DecisionVerdict)row.GetInt32(1),
            Occasion = row.GetString(2),
            Reason = row.GetString(3),
            Until = row.TimeOrNull(4),
            DeliveryId = row.TextOrNull(5),
            By = row.GetString(6),
        };
}
