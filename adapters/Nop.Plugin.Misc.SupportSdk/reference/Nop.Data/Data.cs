using System.Linq.Expressions;
using FluentMigrator;
using FluentMigrator.Builders.Create;
using FluentMigrator.Builders.Create.Table;
using Nop.Core;
using Nop.Core.Caching;
using Nop.Core.Configuration;
using Nop.Core.Infrastructure;
using Nop.Data.Configuration;

namespace Nop.Data
{
    public enum DataProviderType
    {
        Unknown,
        SqlServer,
        MySql,
        PostgreSQL,
    }

    public class DataSettingsManager
    {
        public static DataConfig LoadSettings(INopFileProvider fileProvider = null, bool reload = false) => throw new NotSupportedException();
    }

    public interface IRepository<TEntity>
        where TEntity : BaseEntity
    {
        Task<TEntity> GetByIdAsync(int? id, Func<ICacheKeyService, CacheKey> getCacheKey = null, bool includeDeleted = true, bool useShortTermCache = false);

        Task InsertAsync(TEntity entity, bool publishEvent = true);

        Task UpdateAsync(TEntity entity, bool publishEvent = true);

        Task DeleteAsync(TEntity entity, bool publishEvent = true);

        Task<int> DeleteAsync(Expression<Func<TEntity, bool>> predicate);

        IQueryable<TEntity> Table { get; }
    }
}

namespace Nop.Data.Configuration
{
    public class DataConfig : IConfig
    {
        public string ConnectionString { get; set; }

        public DataProviderType DataProvider { get; set; }
    }
}

namespace Nop.Data.Extensions
{
    public static class FluentMigratorExtensions
    {
        public static void TableFor<TEntity>(this ICreateExpressionRoot expressionRoot)
            where TEntity : BaseEntity => throw new NotSupportedException();

        public static ICreateTableColumnOptionOrWithColumnSyntax AsNopDateTime2(this ICreateTableColumnAsTypeSyntax syntax) =>
            throw new NotSupportedException();
    }
}

namespace Nop.Data.Mapping
{
    public interface INameCompatibility
    {
        Dictionary<Type, string> TableNames { get; }

        Dictionary<(Type, string), string> ColumnName { get; }
    }
}

namespace Nop.Data.Mapping.Builders
{
    public interface IEntityBuilder
    {
        void MapEntity(CreateTableExpressionBuilder table);
    }

    public abstract class NopEntityBuilder<TEntity> : IEntityBuilder
        where TEntity : BaseEntity
    {
        public abstract void MapEntity(CreateTableExpressionBuilder table);
    }
}

namespace Nop.Data.Migrations
{
    public enum MigrationProcessType
    {
        NoMatter,
        Installation,
        Update,
    }

    public class NopMigrationAttribute : MigrationAttribute
    {
        public NopMigrationAttribute(string dateTime, string description, MigrationProcessType targetMigrationProcess = MigrationProcessType.NoMatter)
            : base(0, description) { }
    }
}

namespace System.Linq
{
    // The shop's go to the database. These read what a test keeps in memory.
    public static class AsyncIQueryableExtensions
    {
        public static Task<bool> AnyAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null) =>
            Task.FromResult(predicate is null ? source.Any() : source.Any(predicate));

        public static Task<int> CountAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null) =>
            Task.FromResult(predicate is null ? source.Count() : source.Count(predicate));

        public static Task<TSource> FirstOrDefaultAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null) =>
            Task.FromResult(predicate is null ? source.FirstOrDefault() : source.FirstOrDefault(predicate));

        public static Task<List<TSource>> ToListAsync<TSource>(this IQueryable<TSource> source) => Task.FromResult(source.ToList());
    }
}
