using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Support.Sdk.Relational;

/// <summary>Databases on the other side of a network without arrays: a batch is one JSON text.</summary>
internal abstract class JsonDialect : SqlDialect
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public override IEnumerable<(string Name, object? Value)> Bind((string Name, object? Value)[] values) =>
        values.Select(value => value.Value is RowSet rows ? (value.Name, Write(rows)) : value);

    // They know no walk to a place between two columns: the first one's leads there.
    public override string Behind(string first, string second, string firstValue, string secondValue) =>
        $"{first} >= {firstValue} AND ({first} > {firstValue} OR {second} > {secondValue})";

    /// <summary>Names or values that are separated by commas.</summary>
    protected static string[] Split(string names) => names.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>The new rows, <c>n</c>, under the names of their columns.</summary>
    protected static string Source(SqlInsert insert)
    {
        var named = Split(insert.Values ?? insert.Columns)
            .Zip(Split(insert.Columns), (value, column) => string.Equals(value, column, StringComparison.Ordinal) ? column : $"{value} AS {column}");
        return $"SELECT {string.Join(", ", named)} FROM {insert.From}";
    }

    /// <summary>What is unique in the table.</summary>
    protected static IEnumerable<string> Keys(SqlInsert insert) => ((string?[])[insert.Key, insert.OtherKey]).OfType<string>();

    /// <summary>Holds where a row <c>t</c> of the table has the key of a new row <c>n</c>.</summary>
    protected static string Same(string key) => string.Join(" AND ", Split(key).Select(column => $"t.{column} = n.{column}"));

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
