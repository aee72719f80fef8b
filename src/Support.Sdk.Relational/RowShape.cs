namespace Support.Sdk.Relational;

/// <summary>The rows of a statement's batch: their columns for the text, and their values for the parameters.</summary>
/// <remarks>A batch is bound as a whole, so that a statement is the same whatever its size. A column is text or a 64-bit number.</remarks>
internal sealed class RowShape<T>(string parameter = "@rows")
{
    private readonly List<Func<IReadOnlyList<T>, Array>> _values = [];
    private readonly List<SqlColumn> _columns = [];

    public string Parameter => parameter;

    public IReadOnlyList<SqlColumn> Columns => _columns;

    public RowShape<T> Text(string name, Func<T, string?> value) => Add(name, isNumber: false, items => Each(items, value));

    public RowShape<T> Number(string name, Func<T, long?> value) => Add(name, isNumber: true, items => Each(items, value));

    /// <summary>The parameter with the values of these items.</summary>
    public (string Name, object? Value) Of(IReadOnlyList<T> items) => (parameter, new RowSet(items.Count, [.. _values.Select(values => values(items))]));

    private RowShape<T> Add(string name, bool isNumber, Func<IReadOnlyList<T>, Array> values)
    {
        _columns.Add(new SqlColumn(name, isNumber, _values.Count));
        _values.Add(values);
        return this;
    }

    private static TValue[] Each<TValue>(IReadOnlyList<T> items, Func<T, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = value(items[index]);
        }

        return values;
    }
}

/// <summary>A column of a batch, and its place among the columns.</summary>
internal readonly record struct SqlColumn(string Name, bool IsNumber, int Index);

/// <summary>The values of a batch, column by column: each an array of <c>string?</c> or <c>long?</c>.</summary>
internal sealed record RowSet(int Count, IReadOnlyList<Array> Columns);

/// <summary>Batches of one column.</summary>
internal static class RowShape
{
    /// <summary>Numbers, as the column <c>value</c>.</summary>
    public static RowShape<long> Numbers { get; } = new RowShape<long>("@ids").Number("value", id => id);

    /// <summary>Texts, as the column <c>value</c>.</summary>
    public static RowShape<string> Texts { get; } = new RowShape<string>("@names").Text("value", name => name);

    /// <summary>Orders, as the columns <c>r_shop</c> and <c>r_order</c>.</summary>
    public static RowShape<Orders.OrderKey> Keys { get; } =
        new RowShape<Orders.OrderKey>("@keys").Text("r_shop", key => key.Shop).Text("r_order", key => key.Id);

    /// <summary>Tickets, as the columns <c>r_shop</c> and <c>r_number</c>.</summary>
    public static RowShape<Tickets.TicketKey> TicketKeys { get; } =
        new RowShape<Tickets.TicketKey>("@tickets").Text("r_shop", key => key.Shop).Number("r_number", key => key.Number);
}
