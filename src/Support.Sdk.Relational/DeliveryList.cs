using Support.Sdk.Deliveries;

namespace Support.Sdk.Relational;

/// <summary>Writes the query of a list from the filters that are set: one that is not set would hide the index of the others.</summary>
internal static class DeliveryList
{
    public static (string Sql, (string Name, object? Value)[] Parameters) Of(DeliveryQuery query, string columns, SqlDialect dialect)
    {
        var filters = new List<string>();
        var parameters = new List<(string Name, object? Value)> { ("@max", query.Max) };
        Add("id = @id", "@id", query.Id);
        Add("shop = @shop", "@shop", query.Shop);
        if (query.Order is { } order)
        {
            Add("shop = @order_shop", "@order_shop", order.Shop);
            Add("order_id = @order", "@order", order.Id);
        }

        if (query.To is { } to)
        {
            Add("channel = @to_channel", "@to_channel", to.Channel);
            Add("recipient = @to", "@to", OutboxStore.Recipient(to));
        }

        if (query.States.Count > 0)
        {
            if (query.States.All(IsOpen))
            {
                // Written as in the schema: a partial index is found by its own condition only.
                filters.Add("state IN ('Pending', 'Retry', 'InDoubt', 'Held')");
            }

            filters.Add($"{OutboxStore.State} IN (SELECT value FROM {dialect.Rows(RowShape.Texts)} AS s)");
            parameters.Add(RowShape.Texts.Of([.. query.States.Select(state => state.ToString())]));
        }

        Add("(decided_at, seq) < (SELECT a.decided_at, a.seq FROM support_deliveries a WHERE a.id = @after)", "@after", query.After);
        var where = filters.Count == 0 ? "" : $"WHERE {string.Join(" AND ", filters)} ";
        return ($"SELECT {columns} FROM support_deliveries {where}ORDER BY decided_at DESC, seq DESC LIMIT @max", [.. parameters]);

        void Add(string filter, string name, string? value)
        {
            if (value is not null)
            {
                filters.Add(filter);
                parameters.Add((name, value));
            }
        }
    }

    private static bool IsOpen(DeliveryState state) =>
        state is DeliveryState.Pending or DeliveryState.Sending or DeliveryState.Retry or DeliveryState.InDoubt or DeliveryState.Held;
}
