using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Support.Sdk.Relational;

internal sealed class SqliteDialect : SqlDialect
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public override string Name => "sqlite";

    public override string Now => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)";

    public override string TableExists => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @name";

    public override string? Lock => null;

    public override string? CommitEarly => null;

    public override string Slot => "0";

    public override string Picked(string key, string query) => $"{key} IN ({query})";

    // A batch is one JSON text.
    public override IEnumerable<(string Name, object? Value)> Bind(string name, object? value) => [(name, value is RowSet rows ? Write(rows) : value)];

    protected override string Rows(string parameter, IReadOnlyList<SqlColumn> columns)
    {
        var fields = columns.Select((column, index) => string.Create(CultureInfo.InvariantCulture, $"value ->> {index} AS {column.Name}"));
        return $"(SELECT {string.Join(", ", fields)} FROM json_each({parameter}))";
    }

    private static string Write(RowSet rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartArray();
            for (var row = 0; row < rows.Count; row++)
            {
                writer.WriteStartArray();
                foreach (var column in rows.Columns)
                {
                    Write(writer, column, row);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Array column, int row)
    {
        if (column is string?[] texts)
        {
            // Writes null as null.
            writer.WriteStringValue(texts[row]);
        }
        else if (((long?[])column)[row] is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
