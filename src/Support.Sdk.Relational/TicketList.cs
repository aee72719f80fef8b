using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

/// <summary>Writes the query of a list from the filters that are set: one that is not set would hide the index of the others.</summary>
internal sealed class TicketList
{
    // Written as in the schema: a partial index is found by its own condition only.
    private const string Open = "t.status IN ('New', 'Open', 'Pending', 'OnHold')";

    // Put like this, a status leads to no index: what is due first is walked to along its own.
    private const string NotOver = "t.status NOT IN ('Solved', 'Closed')";

    private readonly List<string> _filters = ["t.shop = @shop"];
    private readonly List<(string Name, object? Value)> _parameters;
    private readonly bool _isByDue;

    // An order, or a customer, has few tickets: they are found and sorted, which is quicker than to look for them among all that is due.
    private readonly string _due;
    private string _from = "support_tickets t";
    private bool _isByTag;

    private TicketList(TicketQuery query, SqlDialect dialect)
    {
        _isByDue = query.Order == TicketOrder.Due;
        _due = query.OrderId is null && query.CustomerId is null ? "t.due_at" : "t.due_at + 0";
        _parameters = [("@shop", query.Shop), ("@max", query.Max)];
        var isOpen = IsOpen(query);
        if (isOpen)
        {
            _filters.Add(_isByDue ? NotOver : Open);
        }

        Order(query.OrderId);
        // Few tickets are open. Among them those with a tag are found sooner than the open ones among all that ever had it.
        Tag(query.Tag, isLeading: !isOpen && !_isByDue && query.OrderId is null);
        Filter("status", query.Status?.ToString(), _isByDue ? "CASE WHEN t.status = @status THEN 1 ELSE 0 END = 1" : null);
        Filter("assignee", query.Assignee);
        Filter("team", query.Team);
        Filter("customer_id", query.CustomerId);
        Filter("channel", query.Channel);
        Filter("priority", query.Priority?.ToString());
        Filter("kind", query.Kind?.ToString());
        Filter("opened_by", query.OpenedBy);
        After(query.After, dialect);
    }

    public static (string Sql, (string Name, object? Value)[] Parameters) Of(TicketQuery query, SqlDialect dialect)
    {
        var list = new TicketList(query, dialect);
        var order =
            list._isByDue ? $"{list._due}, t.number"
            : list._isByTag ? "w.number DESC"
            : "t.number DESC";
        var sql = $"SELECT {TicketStore.Columns} FROM {list._from} WHERE {string.Join(" AND ", list._filters)} ORDER BY {order} {dialect.Limit("@max")}";
        return (sql, [.. list._parameters]);
    }

    // One status has an index of its own; that of an agent's or a team's open tickets is found by the condition for all of them.
    private static bool IsOpen(TicketQuery query) =>
        query.Status is TicketStatus.New or TicketStatus.Open or TicketStatus.Pending or TicketStatus.OnHold
            ? query.Assignee is not null || query.Team is not null
            : query.OnlyOpen;

    private void Filter(string column, string? value, string? condition = null)
    {
        if (value is not null)
        {
            _filters.Add(condition ?? $"t.{column} = @{column}");
            _parameters.Add(("@" + column, value));
        }
    }

    private void Order(string? order)
    {
        if (order is not null)
        {
            _filters.Add("t.number IN (SELECT o.number FROM support_ticket_orders o WHERE o.shop = @shop AND o.order_id = @order)");
            _parameters.Add(("@order", order));
        }
    }

    private void Tag(string? tag, bool isLeading)
    {
        if (tag is null)
        {
            return;
        }

        _parameters.Add(("@tag", tag));
        if (!isLeading)
        {
            // Looked up for each as it is walked to. As a condition that a join could serve, all that ever had the tag might be read instead.
            _filters.Add("t.number = (SELECT l.number FROM support_ticket_tags l WHERE l.shop = @shop AND l.tag = @tag AND l.number = t.number)");
            return;
        }

        _from = "support_ticket_tags w JOIN support_tickets t ON t.shop = w.shop AND t.number = w.number";
        _isByTag = true;
        _filters.Add("w.shop = @shop AND w.tag = @tag");
    }

    private void After(TicketPlace? place, SqlDialect dialect)
    {
        if (_isByDue)
        {
            _filters.Add($"{_due} IS NOT NULL");
        }

        if (place is null)
        {
            return;
        }

        _parameters.Add(("@after", place.Number));
        if (_isByDue)
        {
            _filters.Add(dialect.Behind(_due, "t.number", "@after_due", "@after"));
            _parameters.Add(("@after_due", Micros.Up(place.DueAt)));
        }
        else
        {
            _filters.Add(_isByTag ? "w.number < @after AND t.number < @after" : "t.number < @after");
        }
    }
}
