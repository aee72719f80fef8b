using Support.Sdk.Deliveries;

namespace Support.Sdk.Relational;

/// <summary>Writes the query of a list from the filters that are set: one that is not set would hide the index of the others.</summary>
internal static class DeliveryList
{
    public static (string Sql, (string Name, object? Value)[] Parameters) Of(DeliveryQuery query, string columns, SqlDialect dialect)
    {
        var filters = new List<string>();
        var parameters = new List<(string Name, object? Value)> { ("@max", query.Max) };
        Add("d.id = @id", "@id", query.Id);
        Add("d.shop = @shop", "@shop", query.Shop);
        if (query.Order is { } order)
        {
            Add("d.shop = @order_shop", "@order_shop", order.Shop);
            Add("d.order_id = @order", "@order", order.Id);
        }

        if (query.To is { } to)
        {
            Add("d.channel = @to_channel", "@to_channel", to.Channel);
            Add("d.recipient = @to", "@to", OutboxStore.Recipient(to));
        }

        if (query.States.Count > 0)
        {
            if (query.States.All(IsOpen))
            {
                filters.Add($"support_outbox.seq IN ({string.Join(" UNION ALL ", Waiting(query.States))})");
            }

            // Names of an enum, so that nothing from outside gets into the text.
            filters.Add($"{OutboxStore.State} IN ({string.Join(", ", query.States.Distinct().Order().Select(state => $"'{state}'"))})");
        }

        Add("d.seq < (SELECT a.seq FROM support_deliveries a WHERE a.id = @after)", "@after", query.After);
        var where = filters.Count == 0 ? "" : $"WHERE {string.Join(" AND ", filters)} ";
        return (
            $"SELECT {columns}, d.message FROM support_deliveries d JOIN support_outbox ON support_outbox.seq = d.seq {where}ORDER BY d.seq DESC {dialect.Limit("@max")}",
            [.. parameters]
        );

        void Add(string filter, string name, string? value)
        {
            if (value is not null)
            {
                filters.Add(filter);
                parameters.Add((name, value));
            }
        }
    }

    // What has not ended is few among all, so its indexes are read and sorted. A partial index is found by its own condition only.
    private static IEnumerable<string> Waiting(IReadOnlyList<DeliveryState> states)
    {
        if (states.Any(state => !NeedsPerson(state)))
        {
            yield return "SELECT seq FROM support_outbox WHERE state IN ('Pending', 'Retry')";
        }

        if (states.Any(NeedsPerson))
        {
            yield return "SELECT seq FROM support_outbox WHERE state IN ('InDoubt', 'Held')";
        }
    }

    private static bool NeedsPerson(DeliveryState state) => state is DeliveryState.InDoubt or DeliveryState.Held;

    private static bool IsOpen(DeliveryState state) =>
        state is DeliveryState.Pending or DeliveryState.Sending or DeliveryState.Retry or DeliveryState.InDoubt or DeliveryState.Held;
}
