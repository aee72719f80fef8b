using Microsoft.EntityFrameworkCore;

namespace Support.Sdk.IntegrationTests.EntityFramework;

/// <summary>A shop's own context, with support in it.</summary>
internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<ShopOrder> Orders => Set<ShopOrder>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseSupport();

    // A convention of the shop's that our columns must not follow.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<string>().HaveMaxLength(200);
}

/// <summary>A context that knows nothing of support.</summary>
internal sealed class PlainContext(DbContextOptions<PlainContext> options) : DbContext(options)
{
    public DbSet<ShopOrder> Orders => Set<ShopOrder>();
}

internal sealed class ShopOrder
{
    public int Id { get; set; }

    public required string Customer { get; set; }
}
