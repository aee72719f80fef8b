namespace Support.Sdk.Relational;

/// <summary>Where databases differ. Everything else is common SQL.</summary>
internal abstract class SqlDialect
{
    /// <summary>The folder of the schema scripts.</summary>
    public abstract string Name { get; }

    /// <summary>The database's own clock in microseconds; leases are measured by it.</summary>
    public abstract string Now { get; }

    /// <summary>A table expression that reads the JSON rows of a parameter; the columns carry the given names in their order.</summary>
    public abstract string Rows(string parameter, params ReadOnlySpan<string> columns);

    /// <summary>A table expression that reads the plain values of a JSON array as the column <c>value</c>.</summary>
    public abstract string Values(string parameter);
}
