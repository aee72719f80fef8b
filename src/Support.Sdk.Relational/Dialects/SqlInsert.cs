namespace Support.Sdk.Relational;

/// <summary>New rows in their parts, which every database puts together in its own way.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns, separated by commas.</param>
internal sealed record SqlInsert(string Table, string Columns)
{
    /// <summary>Their values, in the same order and likewise without commas of their own; null when they are called like the columns.</summary>
    public string? Values { get; init; }

    /// <summary>Where the values come from.</summary>
    public required string From { get; init; }

    /// <summary>The columns that are unique together: a row that is there already is left alone. Null where none can be.</summary>
    public string? Key { get; init; }

    /// <summary>Further columns, beside the <see cref="Key"/>, that are unique together: a row that has them already is left alone too. No two new rows share them.</summary>
    public string? OtherKey { get; init; }

    /// <summary>Figures that are added to those of a row that is there already, instead of leaving it alone.</summary>
    public IReadOnlyList<string> Adds { get; init; } = [];

    /// <summary>The columns to read of the rows that were new; null for nothing.</summary>
    public string? Returning { get; init; }
}
