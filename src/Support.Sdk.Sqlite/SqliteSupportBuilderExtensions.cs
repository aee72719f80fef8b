using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Support.Sdk;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Relational;
using Support.Sdk.Relational.Deliveries;
using Support.Sdk.Relational.Intake;
using Support.Sdk.Relational.Orders;
using Support.Sdk.Relational.Shops;
using Support.Sdk.Shops;
using Support.Sdk.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps everything in one SQLite file.</summary>
public static class SqliteSupportBuilderExtensions
{
    /// <summary>Adds the embedded store: one file, nothing to set up.</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <param name="configure">Changes the options after <c>Support:Sqlite</c> was read.</param>
    /// <remarks>Calling it again only adds the configuration. A store that is registered before stays.</remarks>
    public static ISupportBuilder AddSqlite(this ISupportBuilder builder, Action<SqliteOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<SqliteOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<SqliteOptions>, SqliteConfiguration>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteOptions>, SqliteOptionsValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(provider => SqliteDatabase.Open(provider.GetRequiredService<IOptions<SqliteOptions>>().Value));
        services.TryAddSingleton<ISupportStore, RelationalSupportStore>();
        services.TryAddSingleton<IInboxStore, RelationalInboxStore>();
        services.TryAddSingleton<IOrderStore, RelationalOrderStore>();
        services.TryAddSingleton<IOutboxStore, RelationalOutboxStore>();
        services.TryAddSingleton<IShopStore, RelationalShopStore>();
        return builder;
    }
}

/// <summary>Reads <c>Support:Sqlite</c>, where the application has a configuration at all.</summary>
internal sealed class SqliteConfiguration(IEnumerable<IConfiguration> configurations) : IConfigureOptions<SqliteOptions>
{
    public void Configure(SqliteOptions options)
    {
        foreach (var configuration in configurations)
        {
            options.Path = configuration["Support:Sqlite:Path"] ?? options.Path;
        }
    }
}
