using System.Globalization;
using Support.Sdk.Relational;

namespace Support.Sdk.Sqlite;

internal sealed class SqliteDialect : SqlDialect
{
    public override string Name => "sqlite";

    public override string Now => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)";

    public override string Rows(string parameter, params ReadOnlySpan<string> columns)
    {
        var fields = new List<string>(columns.Length);
        for (var index = 0; index < columns.Length; index++)
        {
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"value ->> {index} AS {columns[index]}"));
        }

        return $"(SELECT {string.Join(", ", fields)} FROM json_each({parameter}))";
    }

    public override string Values(string parameter) => $"json_each({parameter})";
}
