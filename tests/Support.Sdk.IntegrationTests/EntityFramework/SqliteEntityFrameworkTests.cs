using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Support.Sdk.IntegrationTests.EntityFramework;

public sealed class SqliteEntityFrameworkTests : EntityFrameworkTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("support-ef-");
    private int _files;

    protected override Task<Action<DbContextOptionsBuilder>> DatabaseAsync()
    {
        var file = Path.Combine(_folder.FullName, $"{_files++}.db");
        return Task.FromResult<Action<DbContextOptionsBuilder>>(options => options.UseSqlite($"Data Source={file}"));
    }

    protected override Task RemoveAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
