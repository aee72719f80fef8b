using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

/// <summary>Writes the query of a list from the filters that are set: one that is not set would hide the index of the others.</summary>
internal sealed class TicketList
{
    // Written as in the schema: a partial index is found by its own condition only.
    private const string Open = "t.status IN ('New', 'Open', 'Pending', 'OnHold')";

    private readonly List<string> _filters = ["t.shop = @shop"];
    private readonly List<(string Name, object? Value)> _parameters;
    private readonly bool _isByDue;
    private string _from = "support_tickets t";
    private string _number = "t.number";

    private TicketList(TicketQuery query)
    {
        _isByDue = query.Order == TicketOrder.Due;
        _parameters = [("@shop", query.Shop), ("@max", query.Max)];
        Label("support_ticket_orders", "order_id", query.OrderId);
        Label("support_ticket_tags", "tag", query.Tag);
        if (query.OnlyOpen || query.Status is TicketStatus.New or TicketStatus.Open or TicketStatus.Pending or TicketStatus.OnHold)
        {
            _filters.Add(Open);
        }

        Filter("status", query.Status?.ToString());
        Filter("assignee", query.Assignee);
        Filter("team", query.Team);
        Filter("customer_id", query.CustomerId);
        Filter("channel", query.Channel);
        Filter("priority", query.Priority?.ToString());
        Filter("kind", query.Kind?.ToString());
        Filter("opened_by", query.OpenedBy);
        After(query.After);
    }

    public static (string Sql, (string Name, object? Value)[] Parameters) Of(TicketQuery query, SqlDialect dialect)
    {
        var list = new TicketList(query);
        var order = list._isByDue ? "t.due_at, t.number" : $"{list._number} DESC";
        var sql = $"SELECT {TicketStore.Columns} FROM {list._from} WHERE {string.Join(" AND ", list._filters)} ORDER BY {order} {dialect.Limit("@max")}";
        return (sql, [.. list._parameters]);
    }

    private void Filter(string column, string? value)
    {
        if (value is not null)
        {
            _filters.Add($"t.{column} = @{column}");
            _parameters.Add(("@" + column, value));
        }
    }

    // The newest are walked to along the label; what is due first, along its own index, looking up the label of each.
    private void Label(string table, string column, string? value)
    {
        if (value is null)
        {
            return;
        }

        _parameters.Add(("@" + column, value));
        if (_isByDue || !string.Equals(_number, "t.number", StringComparison.Ordinal))
        {
            _filters.Add($"EXISTS (SELECT 1 FROM {table} l WHERE l.shop = @shop AND l.{column} = @{column} AND l.number = t.number)");
            return;
        }

        _from = $"{table} w JOIN support_tickets t ON t.shop = w.shop AND t.number = w.number";
        _number = "w.number";
        _filters.Add($"w.shop = @shop AND w.{column} = @{column}");
    }

    private void After(TicketPlace? place)
    {
        if (_isByDue)
        {
            _filters.Add("t.due_at IS NOT NULL");
        }

        if (place is null)
        {
            return;
        }

        _parameters.Add(("@after", place.Number));
        if (_isByDue)
        {
            _filters.Add("t.due_at >= @after_due AND (t.due_at > @after_due OR t.number > @after)");
            _parameters.Add(("@after_due", Micros.Up(place.DueAt)));
        }
        else
        {
            _filters.Add($"{_number} < @after");
        }
    }
}
