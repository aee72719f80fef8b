namespace Support.Sdk.Relational;

internal sealed class SqliteDialect : SqlDialect
{
    public override string Name => "sqlite";

    public override string Now => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)";

    public override string TableExists => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @name";

    public override string Slot => "0";

    // The database is in this process: to execute a statement again costs less than to hand it a batch and take that apart.
    public override IEnumerable<(string Name, object? Value)[]> Bind((string Name, object? Value)[] values)
    {
        var batch = Array.FindIndex(values, value => value.Value is RowSet);
        return batch < 0 ? [values] : Each(values[batch].Name, (RowSet)values[batch].Value!, [.. values.Where((_, index) => index != batch)]);
    }

    protected override string Rows(string parameter, IReadOnlyList<SqlColumn> columns) =>
        $"(SELECT {string.Join(", ", columns.Select(column => $"{Column(parameter, column.Index)} AS {column.Name}"))})";

    private static IEnumerable<(string Name, object? Value)[]> Each(string name, RowSet rows, (string Name, object? Value)[] others)
    {
        string[] names = [.. rows.Columns.Select((_, index) => Column(name, index))];
        for (var row = 0; row < rows.Count; row++)
        {
            var values = new (string Name, object? Value)[names.Length + others.Length];
            for (var column = 0; column < names.Length; column++)
            {
                values[column] = (names[column], rows.Columns[column] is string?[] texts ? texts[row] : ((long?[])rows.Columns[column])[row]);
            }

            others.CopyTo(values, names.Length);
            yield return values;
        }
    }
}
