using System.Data.Common;
using System.Text.Json;
using Support.Sdk.Orders;
using Support.Sdk.Relational.Deliveries;
using Support.Sdk.Relational.Intake;
using Support.Sdk.Relational.Shops;

namespace Support.Sdk.Relational.Orders;

/// <summary>Saves a batch of changes in one transaction: first the orders, then everything of those that won their race.</summary>
internal sealed class OrderSave(SqlDialect dialect)
{
    private readonly OrderSql _orders = new(dialect);
    private readonly InboxSql _inbox = new(dialect);
    private readonly DeliverySql _deliveries = new(dialect);
    private readonly ShopSql _shops = new(dialect);

    public async Task<IReadOnlyList<OrderKey>> RunAsync(DbSession session, IReadOnlyList<OrderChange> changes, CancellationToken cancellationToken)
    {
        // Two changes of one order in a batch were made from the same version: the first one wins.
        var first = changes.DistinctBy(change => change.Order.Key).ToList();
        var saved = await SaveOrdersAsync(session, first, cancellationToken);
        var won = first.Where(change => saved.Contains(change.Order.Key)).ToList();

        await RunAsync(session, _inbox.Done, won.SelectMany(change => change.InboxIds), (writer, id) => writer.WriteNumber("id", id), cancellationToken);
        await RunAsync(session, _orders.AddDecisions, won.SelectMany(change => change.Decisions).Index(), WriteDecision, cancellationToken);
        await RunAsync(session, _deliveries.Add, won.SelectMany(change => change.Deliveries).Index(), DeliveryRow.Write, cancellationToken);
        await RunAsync(session, _deliveries.Supersede, won.SelectMany(SupersededOf), WriteSuperseded, cancellationToken);
        await RunAsync(session, _shops.AddFigures, Figures(won), WriteFigures, cancellationToken);
        await RunAsync(session, _shops.AddNotices, NoticeDays(won), WriteNoticeDay, cancellationToken);

        var winners = won.ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. changes.Where(change => !winners.Contains(change)).Select(change => change.Order.Key)];
    }

    private async Task<HashSet<OrderKey>> SaveOrdersAsync(DbSession session, List<OrderChange> changes, CancellationToken cancellationToken)
    {
        var saved = new HashSet<OrderKey>();
        foreach (var group in changes.GroupBy(change => change.Order.Version == 0))
        {
            var rows = JsonRows.Write(group.Select(change => change.Order), WriteOrder);
            var command = session.Command(group.Key ? _orders.Insert : _orders.Update, ("@rows", rows));
            saved.UnionWith(await command.ReadAllAsync(row => new OrderKey(row.GetString(0), row.GetString(1)), cancellationToken));
        }

        return saved;
    }

    private static async Task RunAsync<T>(
        DbSession session,
        string text,
        IEnumerable<T> rows,
        Action<Utf8JsonWriter, T> write,
        CancellationToken cancellationToken
    )
    {
        if (rows.Any())
        {
            await session.Command(text, ("@rows", JsonRows.Write(rows, write))).ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static IEnumerable<(Superseded Message, DateTimeOffset? At)> SupersededOf(OrderChange change) =>
        change.Superseded.Select(message => (message, MomentOf(change)));

    private static IEnumerable<(string Shop, ShopFigures Sum)> Figures(List<OrderChange> changes) =>
        changes
            .Where(change => change.Figures is not { Notices: 0, Shipped: 0, Delivered: 0 })
            .GroupBy(change => change.Order.Key.Shop, StringComparer.Ordinal)
            .Select(shop =>
                (
                    shop.Key,
                    new ShopFigures
                    {
                        Notices = shop.Sum(change => change.Figures.Notices),
                        Shipped = shop.Sum(change => change.Figures.Shipped),
                        Delivered = shop.Sum(change => change.Figures.Delivered),
                    }
                )
            );

    private static IEnumerable<(string Shop, long Day, int Notices)> NoticeDays(List<OrderChange> changes) =>
        changes
            .Where(change => change.Figures.DelayNotices != 0)
            .GroupBy(change => (change.Order.Key.Shop, Day: StoredTime.Day(MomentOf(change) ?? change.Order.FirstSeenAt)))
            .Select(day => (day.Key.Shop, day.Key.Day, day.Sum(change => change.Figures.DelayNotices)));

    /// <summary>When the change was decided, or null when it says nothing about messages.</summary>
    private static DateTimeOffset? MomentOf(OrderChange change) =>
        change.Decisions is [var decision, ..] ? decision.At
        : change.Deliveries is [var delivery, ..] ? delivery.Message.DecidedAt
        : null;

    private static void WriteOrder(Utf8JsonWriter writer, WatchedOrder order)
    {
        RelationalOrderStore.WriteKey(writer, order.Key);
        writer.WriteNumber("version", order.Version);
        writer.WriteOptional("check_at", StoredTime.Up(order.CheckAt));
        writer.WriteOptional("refresh_at", StoredTime.Up(order.RefreshAt));
        writer.WriteString("body", SupportJson.Write(order));
    }

    private static void WriteDecision(Utf8JsonWriter writer, (int Index, Decision Item) row)
    {
        var (position, decision) = row;
        writer.WriteNumber("position", position);
        writer.WriteString("shop", decision.Key.Shop);
        writer.WriteString("order_id", decision.Key.Id);
        writer.WriteNumber("decided_at", StoredTime.Down(decision.At));
        writer.WriteNumber("verdict", (int)decision.Verdict);
        writer.WriteString("occasion", decision.Occasion);
        writer.WriteString("reason", decision.Reason);
        writer.WriteOptional("until_at", StoredTime.Up(decision.Until));
        writer.WriteOptional("delivery_id", decision.DeliveryId);
        writer.WriteString("decided_by", decision.By);
    }

    private static void WriteSuperseded(Utf8JsonWriter writer, (Superseded Message, DateTimeOffset? At) row)
    {
        writer.WriteString("id", row.Message.DeliveryId);
        writer.WriteString("reason", row.Message.Reason);
        writer.WriteOptional("changed_at", row.At is { } at ? StoredTime.Down(at) : null);
    }

    private static void WriteFigures(Utf8JsonWriter writer, (string Shop, ShopFigures Sum) row)
    {
        writer.WriteString("shop", row.Shop);
        writer.WriteNumber("notices", row.Sum.Notices);
        writer.WriteNumber("shipped", row.Sum.Shipped);
        writer.WriteNumber("delivered", row.Sum.Delivered);
    }

    private static void WriteNoticeDay(Utf8JsonWriter writer, (string Shop, long Day, int Notices) row)
    {
        writer.WriteString("shop", row.Shop);
        writer.WriteNumber("day", row.Day);
        writer.WriteNumber("notices", row.Notices);
    }
}
