using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Support.Sdk;
using Support.Sdk.Relational;
using Support.Sdk.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the embedded store.</summary>
public static class SqliteExtensions
{
    /// <summary>Keeps everything in one SQLite file, which is made when it is missing.</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <param name="configure">Changes settings after they were bound from the section <c>Support:Sqlite</c>.</param>
    /// <remarks>The file belongs to one process at a time. Several processes need a database server.</remarks>
    public static ISupportBuilder AddSqlite(this ISupportBuilder builder, Action<SqliteOptions>? configure = null)
    {
        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<SqliteOptions>, Binder>());
        services
            .AddOptions<SqliteOptions>()
            .Configure(options => configure?.Invoke(options))
            .Validate(options => !string.IsNullOrWhiteSpace(options.Path), "Support:Sqlite:Path is empty. Set the path of the database file.")
            .ValidateOnStart();
        services.TryAddSingleton<Database>(provider => new SqliteDatabase(provider.GetRequiredService<IOptions<SqliteOptions>>().Value.Path));
        RelationalStores.Add(services);
        return builder;
    }

    // An application without configuration, such as a small tool, is welcome.
    private sealed class Binder(IServiceProvider services) : IConfigureOptions<SqliteOptions>
    {
        public void Configure(SqliteOptions options)
        {
            if (services.GetService<IConfiguration>()?["Support:Sqlite:Path"] is { } path)
            {
                options.Path = path;
            }
        }
    }
}
