namespace Support.Sdk.Relational;

internal sealed class SqliteDialect : SqlDialect
{
    public override string Name => "sqlite";

    public override string Now => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)";

    public override string TableExists => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @name";

    public override string Slot => "0";

    // The database is in this process: to execute a statement again costs less than to hand it a batch and take that apart.
    public override bool RowByRow => true;

    protected override string Rows(string parameter, IReadOnlyList<SqlColumn> columns) =>
        $"(SELECT {string.Join(", ", columns.Select(column => $"{Column(parameter, column.Index)} AS {column.Name}"))})";
}
