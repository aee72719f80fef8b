using Microsoft.EntityFrameworkCore;
using Support.Sdk.IntegrationTests.Postgres;

namespace Support.Sdk.IntegrationTests.EntityFramework;

public sealed class PostgresEntityFrameworkTests(SharedPostgres postgres) : EntityFrameworkTests
{
    private readonly List<string> _databases = [];

    protected override async Task<Action<DbContextOptionsBuilder>> DatabaseAsync()
    {
        var server = await postgres.ServerAsync();
        var connectionString = await server.CreateDatabaseAsync() + ";Maximum Pool Size=10";
        _databases.Add(connectionString);
        return options => options.UseNpgsql(connectionString);
    }

    protected override async Task RemoveAsync()
    {
        var server = await postgres.ServerAsync();
        foreach (var database in _databases)
        {
            await server.DropDatabaseAsync(database);
        }
    }
}
