using System.Data.Common;
using System.Text.Json;

namespace Support.Sdk.Relational;

internal static class SqlReading
{
    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? Number(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static DateTimeOffset Time(this DbDataReader reader, int column) => Micros.Time(reader.GetInt64(column));

    public static DateTimeOffset? MaybeTime(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Time(column);

    public static TEnum Name<TEnum>(this DbDataReader reader, int column)
        where TEnum : struct, Enum => Enum.TryParse<TEnum>(reader.GetString(column), out var value) ? value : default;

    /// <summary>Reads what is stored, or gives null where nobody can read it: such a row must not keep the others from being read.</summary>
    public static T? Stored<T>(this DbDataReader reader, int column, Func<string, T> read)
        where T : class
    {
        try
        {
            return read(reader.GetString(column));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
