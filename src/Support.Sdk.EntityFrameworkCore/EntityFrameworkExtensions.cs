using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Support.Sdk;
using Support.Sdk.EntityFrameworkCore;
using Support.Sdk.Relational;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the application's own context as the store.</summary>
public static class EntityFrameworkExtensions
{
    /// <summary>Keeps everything in the database of the application's own context: SQLite, or PostgreSQL (version 13 or later).</summary>
    /// <typeparam name="TContext">The context. Its model has <c>UseSupport()</c>, and its migrations make the tables.</typeparam>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <remarks>
    /// Register the context with <c>AddDbContext</c> or <c>AddDbContextFactory</c>. The start fails with the reason when the tables are missing
    /// or too old. Several processes may share the database; each looks for the others' work every second.
    /// </remarks>
    public static ISupportBuilder AddEntityFramework<TContext>(this ISupportBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<Database>(EfDatabase<TContext>.Over);
        RelationalStores.Add(builder.Services);
        return builder;
    }
}
