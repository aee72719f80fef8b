namespace Support.Sdk.Relational;

/// <summary>A change of rows in its parts, which every database puts together in its own way.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The column that identifies a row by a number.</param>
internal sealed record SqlUpdate(string Table, string Key)
{
    /// <summary>The columns and their new values. Columns in a value are those of the row before the change.</summary>
    public required IReadOnlyList<(string Column, string Value)> Set { get; init; }

    /// <summary>Takes the next rows of a queue; null when <see cref="Where"/> says which.</summary>
    public SqlPick? Pick { get; init; }

    /// <summary>What <see cref="Where"/> and <see cref="Set"/> read besides the table; null for nothing.</summary>
    public string? From { get; init; }

    /// <summary>Which rows; ignored beside a <see cref="Pick"/>.</summary>
    public string Where { get; init; } = "";

    /// <summary>What to read of the changed rows, as they are afterwards; null for nothing.</summary>
    public string? Returning { get; init; }
}

/// <summary>The next rows of a queue; rows that somebody else is working on are passed over.</summary>
/// <param name="Where">Which are due.</param>
/// <param name="Order">Which come first.</param>
internal sealed record SqlPick(string Where, string Order);
