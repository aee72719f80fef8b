using System.Data.Common;
using Microsoft.Data.Sqlite;
using Support.Sdk.Relational;

namespace Support.Sdk.Sqlite;

/// <summary>Opens the file of an embedded database and keeps other processes away from it.</summary>
internal static class SqliteDatabase
{
    public static RelationalDatabase Open(SqliteOptions options)
    {
        var path = Path.GetFullPath(options.Path);
        // The sessions are kept with their prepared commands; a second pool beneath would only keep the file open after the disposal.
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        DbDataSource source = SqliteFactory.Instance.CreateDataSource(connectionString);
        return new RelationalDatabase(source, SqliteDialect.Instance, () => Own(path));
    }

    private static FileStream Own(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? path);
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new InvalidOperationException(
                $"The database '{path}' is in use by another process: '{path}.lock' cannot be locked. "
                    + "Stop that process, or give this one a file of its own in Support:Sqlite:Path.",
                error
            );
        }
    }
}
