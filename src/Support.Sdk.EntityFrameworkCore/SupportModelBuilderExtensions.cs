using Support.Sdk.EntityFrameworkCore;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Maps the support tables into a model.</summary>
public static class SupportModelBuilderExtensions
{
    /// <summary>Adds the tables of support to the model, so that the application's own migrations make and upgrade them.</summary>
    /// <param name="modelBuilder">The model, in <c>OnModelCreating</c>.</param>
    /// <returns>The same model.</returns>
    /// <remarks>
    /// The tables are those that <c>AddSqlite()</c> and <c>AddPostgres()</c> make by themselves; their names begin with <c>support_</c>. They are
    /// written by set-based SQL, not through the change tracker. Add a migration after a new version of Support.Sdk.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="modelBuilder"/> is null.</exception>
    public static ModelBuilder UseSupport(this ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        // The provider marks its models before anybody builds them.
        var isPostgres = modelBuilder.Model.GetAnnotations().Any(annotation => annotation.Name.StartsWith("Npgsql:", StringComparison.Ordinal));

        new SupportTables(modelBuilder, isPostgres).Add();
        return modelBuilder;
    }
}
