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
    public abstract string? Lock { get; }

    /// <summary>Makes the commit of this transaction return before it is safe from a power cut; null where it is done otherwise.</summary>
    public abstract string? CommitEarly { get; }

    /// <summary>Asks whether the planner has never seen a row of the tables, by a row or none; null where plans do not depend on it.</summary>
    public virtual string? IsUnseen => null;

    /// <summary>Shows the tables to the planner.</summary>
    public virtual string Analyze => "";

    /// <summary>Which of the rows that hold a figure this connection counts in: transactions that run side by side use different ones, and do not wait for each other.</summary>
    public abstract string Slot { get; }

    /// <summary>A table expression that reads a batch as rows with the columns of its shape.</summary>
    protected abstract string Rows(string parameter, IReadOnlyList<SqlColumn> columns);

    /// <summary>A condition that picks the rows to work on, whose keys the query gives; rows that somebody else is working on are passed over.</summary>
    public abstract string Picked(string key, string query);

    /// <summary>Inserts rows, and others that need a value which the database gave to the first.</summary>
    /// <param name="first">The statement that inserts the first.</param>
    /// <param name="table">Their table.</param>
    /// <param name="columns">The columns that the others need.</param>
    /// <param name="others">The statement that inserts the others, given where to read those columns.</param>
    /// <returns>The statements to execute, in their order.</returns>
    public virtual IReadOnlyList<string> InsertBoth(string first, string table, string columns, Func<string, string> others) => [first, others(table)];

    /// <summary>The parameters of a statement, once for every time that it is to be executed.</summary>
    public abstract IEnumerable<(string Name, object? Value)[]> Bind((string Name, object? Value)[] values);

    /// <inheritdoc cref="Rows(string, IReadOnlyList{SqlColumn})"/>
    public string Rows<T>(RowShape<T> shape) => Rows(shape.Parameter, shape.Columns);

    /// <summary>The parameter of a column of a batch.</summary>
    protected static string Column(string parameter, int index) => string.Create(CultureInfo.InvariantCulture, $"{parameter}_{index}");
}
