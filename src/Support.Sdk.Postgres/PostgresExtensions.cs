using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using Support.Sdk;
using Support.Sdk.Postgres;
using Support.Sdk.Relational;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the PostgreSQL store.</summary>
public static class PostgresExtensions
{
    /// <summary>Keeps everything in a PostgreSQL database (version 13 or later), which any number of processes may share.</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <param name="configure">Changes settings after they were bound from the section <c>Support:Postgres</c>.</param>
    /// <remarks>
    /// The tables are made and upgraded at the start, one process at a time. A registered <see cref="NpgsqlDataSource"/> is used when no
    /// connection string is set. Processes wake each other through LISTEN/NOTIFY, and look by themselves every second where that does not
    /// reach them (a connection pooler in transaction mode).
    /// </remarks>
    public static ISupportBuilder AddPostgres(this ISupportBuilder builder, Action<PostgresOptions>? configure = null)
    {
        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<PostgresOptions>, Binder>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgresOptions>, Validator>());
        services.AddOptions<PostgresOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.TryAddSingleton<Database>(provider =>
            provider.GetRequiredService<IOptions<PostgresOptions>>().Value.ConnectionString is { } connectionString
                ? new PostgresDatabase(PostgresDatabase.Connect(connectionString), ownsSource: true)
                : new PostgresDatabase(provider.GetRequiredService<NpgsqlDataSource>(), ownsSource: false)
        );
        RelationalStores.Add(services);
        return builder;
    }

    // An application without configuration, such as a small tool, is welcome.
    private sealed class Binder(IServiceProvider services) : IConfigureOptions<PostgresOptions>
    {
        public void Configure(PostgresOptions options)
        {
            if (services.GetService<IConfiguration>()?["Support:Postgres:ConnectionString"] is { } connectionString)
            {
                options.ConnectionString = connectionString;
            }
        }
    }

    private sealed class Validator(IServiceProvider services) : IValidateOptions<PostgresOptions>
    {
        public ValidateOptionsResult Validate(string? name, PostgresOptions options)
        {
            if (options.ConnectionString is not { } connectionString)
            {
                return services.GetService<NpgsqlDataSource>() is null
                    ? ValidateOptionsResult.Fail("Support:Postgres:ConnectionString is not set. Set it, or register an NpgsqlDataSource.")
                    : ValidateOptionsResult.Success;
            }

            try
            {
                return new NpgsqlConnectionStringBuilder(connectionString).Host is null
                    ? ValidateOptionsResult.Fail("Support:Postgres:ConnectionString names no Host.")
                    : ValidateOptionsResult.Success;
            }
            catch (ArgumentException)
            {
                // The exception may quote the password.
                return ValidateOptionsResult.Fail(
                    "Support:Postgres:ConnectionString is no connection string, such as Host=localhost;Database=shop;Username=shop."
                );
            }
        }
    }
}
