using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Support.Sdk.Relational;

/// <summary>Where databases differ. Everything else is common SQL.</summary>
internal abstract class SqlDialect
{
    /// <summary>The folder of the schema scripts.</summary>
    public abstract string Name { get; }

    /// <summary>The database's own clock in microseconds; leases are measured by it.</summary>
    public abstract string Now { get; }

    /// <summary>Asks whether the table <c>@name</c> exists, by a row or none; asked before there is a schema.</summary>
    public abstract string TableExists { get; }

    /// <summary>Waits for the lock of the number <c>@lock</c> until the transaction ends; null where only one transaction writes at a time.</summary>
    public virtual string? Lock => null;

    /// <summary>Makes the commit of this transaction return before it is safe from a power cut; null where it is done otherwise.</summary>
    public virtual string? CommitEarly => null;

    /// <summary>The isolation of a transaction; unspecified for the database's own.</summary>
    public virtual IsolationLevel Isolation => IsolationLevel.Unspecified;

    /// <summary>Whether statements travel together, with the ends of their transaction.</summary>
    public virtual bool Batches => false;

    /// <summary>Whether the database refused everything because a row was there already that was taken for new.</summary>
    public virtual bool IsDuplicate(DbException exception) => false;

    /// <summary>Asks whether the planner has never seen a row of the tables, by a row or none; null where plans do not depend on it.</summary>
    public virtual string? IsUnseen => null;

    /// <summary>Shows the tables to the planner.</summary>
    public virtual string Analyze => "";

    /// <summary>Which of the rows that hold a figure this connection counts in: transactions that run side by side use different ones, and do not wait for each other.</summary>
    public abstract string Slot { get; }

    /// <summary>Whether the database tells which rows were new without keeping other transactions waiting.</summary>
    public virtual bool TellsNew => true;

    /// <summary>The name of 64-bit numbers in a cast.</summary>
    public virtual string Long => "BIGINT";

    /// <summary>Begins a query with named parts, among them what <see cref="Distinct"/> gives.</summary>
    public virtual string With => "WITH RECURSIVE";

    /// <summary>Whether a statement is executed once for every row of its batch.</summary>
    public virtual bool RowByRow => false;

    /// <summary>The parameters of a statement: of a batch one for each column, with all its values.</summary>
    public virtual IEnumerable<(string Name, object? Value)> Bind((string Name, object? Value)[] values) =>
        values.SelectMany(value => value.Value is RowSet rows ? rows.Columns.Select((column, index) => (Column(value.Name, index), (object?)column)) : [value]);

    /// <summary>A table expression that reads a batch as rows with the columns of its shape.</summary>
    public string Rows<T>(RowShape<T> shape) => Rows(shape.Parameter, shape.Columns);

    /// <summary>The same with some of the columns: no statement takes apart what it does not need.</summary>
    public string Rows<T>(RowShape<T> shape, string columns)
    {
        var names = columns.Split(',', StringSplitOptions.TrimEntries);
        return Rows(shape.Parameter, [.. shape.Columns.Where(column => names.Contains(column.Name, StringComparer.Ordinal))]);
    }

    /// <inheritdoc cref="Rows{T}(RowShape{T})"/>
    protected abstract string Rows(string parameter, IReadOnlyList<SqlColumn> columns);

    /// <summary>Ends an ordered query after its first rows.</summary>
    public virtual string Limit(string max) => $"LIMIT {max}";

    /// <summary>A condition that holds where the columns are together in the query's rows.</summary>
    /// <param name="columns">The columns, separated by commas.</param>
    /// <param name="values">What they are compared with, in the same order.</param>
    /// <param name="from">Where those come from.</param>
    public virtual string Among(string columns, string values, string from) => $"({columns}) IN (SELECT {values} FROM {from})";

    /// <summary>A condition that holds where two columns together come before the one row of the query.</summary>
    public virtual string Before(string first, string second, string query) => $"({first}, {second}) < ({query})";

    /// <summary>A condition that holds where two columns together come behind two values.</summary>
    public virtual string Behind(string first, string second, string firstValue, string secondValue) => $"({first}, {second}) > ({firstValue}, {secondValue})";

    /// <summary>A named part that reads the distinct values of an index's first column, in one step each instead of walking over all rows.</summary>
    public virtual string Distinct(string name, string table, string column, string where) =>
        $"""
            {name}(name) AS (
                SELECT * FROM (SELECT {column} FROM {table} WHERE {where} ORDER BY {column} {Limit("1")}) AS first
                UNION ALL
                SELECT (SELECT {column} FROM {table} WHERE {where} AND {column} > {name}.name ORDER BY {column} {Limit("1")})
                FROM {name} WHERE {name}.name IS NOT NULL
            )
            """;

    public virtual string Update(SqlUpdate update) =>
        $"""
            UPDATE {update.Table} SET {string.Join(", ", update.Set.Select(set => $"{set.Column} = {set.Value}"))}{(
                update.From is { } from ? "\nFROM " + from : ""
            )}
            WHERE {(update.Pick is { } pick ? Picked(update, pick) : update.Where)}{Returning(update.Returning)}
            """;

    /// <summary>Holds for the rows that are picked.</summary>
    protected virtual string Picked(SqlUpdate update, SqlPick pick) => $"{update.Key} IN ({Queue(update, pick)})";

    /// <summary>The keys of the next rows of a queue.</summary>
    protected string Queue(SqlUpdate update, SqlPick pick) =>
        $"SELECT {update.Key} FROM {update.Table} WHERE {pick.Where} ORDER BY {pick.Order} {Limit("@max")}";

    /// <summary>Removes the first rows that fit, <c>@max</c> at most.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The columns that identify a row, separated by commas.</param>
    /// <param name="where">Which rows fit.</param>
    /// <param name="order">Which come first: the order of an index that leads to them, so that it is walked along.</param>
    public virtual string Delete(string table, string key, string where, string order) =>
        $"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {where} ORDER BY {order} {Limit("@max")})";

    public virtual string Insert(SqlInsert insert)
    {
        var conflict = insert switch
        {
            { Key: null } => "",
            { OtherKey: not null } => "\nON CONFLICT DO NOTHING",
            { Adds.Count: 0 } => $"\nON CONFLICT ({insert.Key}) DO NOTHING",
            _ =>
                $"\nON CONFLICT ({insert.Key}) DO UPDATE SET {string.Join(", ", insert.Adds.Select(column => $"{column} = {insert.Table}.{column} + excluded.{column}"))}",
        };
        return $"""
            INSERT INTO {insert.Table} ({insert.Columns})
            SELECT {insert.Values ?? insert.Columns} FROM {insert.From}
            WHERE true{conflict}{Returning(insert.Returning)}
            """;
    }

    /// <summary>Inserts rows, and others that need a value which the database gave to the first.</summary>
    /// <param name="first">The first.</param>
    /// <param name="columns">The columns that the others need.</param>
    /// <param name="others">The others, given the table to read those columns from.</param>
    /// <returns>The statements to execute, in their order.</returns>
    public virtual IReadOnlyList<string> InsertBoth(SqlInsert first, string columns, Func<string, SqlInsert> others) =>
        [Insert(first), Insert(others(first.Table))];

    /// <summary>The parameter of a column of a batch.</summary>
    protected static string Column(string parameter, int index) => string.Create(CultureInfo.InvariantCulture, $"{parameter}_{index}");

    private static string Returning(string? columns) => columns is null ? "" : "\nRETURNING " + columns;
}
