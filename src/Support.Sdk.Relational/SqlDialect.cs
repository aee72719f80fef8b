namespace Support.Sdk.Relational;

/// <summary>What one database says differently from the others.</summary>
/// <remarks>Parameters are written <c>@name</c> on all of them: every ADO.NET driver that we know of takes it.</remarks>
internal sealed record SqlDialect
{
    /// <summary>The folder of the schema scripts.</summary>
    public required string Name { get; init; }

    /// <summary>The database's own clock, as an expression in microseconds since the Unix epoch.</summary>
    public required string Clock { get; init; }

    /// <summary>Makes the clause that turns the JSON array in <c>@rows</c> into a table; an alias follows it.</summary>
    public required Func<IReadOnlyList<RowColumn>, string> RowsFromJson { get; init; }

    /// <summary>Ends the query of a claim, so that two claims do not wait for each other; empty where only one can run.</summary>
    public required string SkipLocked { get; init; }

    /// <summary>Counts the table <c>support_settings</c>: 0 before the first script.</summary>
    public required string HasSchema { get; init; }

    /// <summary>Runs on every new connection; empty for nothing.</summary>
    public required string OnOpen { get; init; }

    /// <summary>Runs before a transaction that may be lost with the power but not with the process; empty for nothing.</summary>
    public required string RelaxCommits { get; init; }

    /// <summary>Undoes <see cref="RelaxCommits"/>.</summary>
    public required string RestoreCommits { get; init; }

    /// <summary>True when the database belongs to one process and takes one writer at a time.</summary>
    public required bool Embedded { get; init; }

    public string Rows(params IReadOnlyList<RowColumn> columns) => RowsFromJson(columns);
}

/// <summary>A column of the table that the JSON array in <c>@rows</c> stands for.</summary>
internal readonly record struct RowColumn(string Name, bool IsNumber)
{
    public static RowColumn Text(string name) => new(name, IsNumber: false);

    public static RowColumn Number(string name) => new(name, IsNumber: true);
}
