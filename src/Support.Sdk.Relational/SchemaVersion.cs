using System.Globalization;
using System.Text;

namespace Support.Sdk.Relational;

/// <summary>Which version the tables have, and which versions of the code may use them.</summary>
/// <remarks>
/// Processes of two versions share a database while an upgrade rolls from one to the next. A script that older code can live with leaves
/// <c>schema-oldest-reader</c> as it is; one that it cannot live with raises it to its own version. Bodies count as well: older code reads a
/// value of an enum that it does not know as the first, passes over a member that it does not know, and writes the body without it.
/// </remarks>
internal static class SchemaVersion
{
    /// <summary>The version that the scripts make.</summary>
    public const int Current = 1;

    /// <summary>The oldest version of the code that may use it.</summary>
    public const int OldestReader = 1;

    /// <summary>Applies the scripts that are missing. Each records its version, so that one that a person ran counts too.</summary>
    /// <exception cref="InvalidOperationException">The tables are too new for this code.</exception>
    public static async Task UpgradeAsync(SqlSession session, SqlDialect dialect, IReadOnlyList<string> scripts, CancellationToken cancellationToken)
    {
        await session.LockAsync(SqlLock.Schema, cancellationToken);
        var (version, oldestReader) = await ReadAsync(session, dialect, cancellationToken);
        Check(version, oldestReader, scripts.Count);
        foreach (var script in scripts.Skip(version))
        {
            await session.ExecuteAsync(script, cancellationToken);
        }
    }

    /// <summary>The version of the tables, 0 when there are none, and the oldest version of the code that may use them.</summary>
    public static async Task<(int Version, int OldestReader)> ReadAsync(SqlSession session, SqlDialect dialect, CancellationToken cancellationToken)
    {
        var found = await session.QueryAsync(dialect.TableExists, _ => true, cancellationToken, ("@name", "support_settings"));
        if (found.Count == 0)
        {
            return (0, 0);
        }

        var rows = await session.QueryAsync(
            "SELECT name, value FROM support_settings WHERE name IN ('schema-version', 'schema-oldest-reader')",
            reader => (Name: reader.GetString(0), Value: int.Parse(Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(1)), CultureInfo.InvariantCulture)),
            cancellationToken
        );
        var values = rows.ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal);
        var version = values.GetValueOrDefault("schema-version");
        return (version, values.GetValueOrDefault("schema-oldest-reader", version));
    }

    public static void Check(int version, int oldestReader, int known)
    {
        if (oldestReader > known)
        {
            throw new InvalidOperationException(
                $"The support tables have version {version}, and this application knows {known}. Use the version of Support.Sdk that wrote them, or a newer one."
            );
        }
    }
}
