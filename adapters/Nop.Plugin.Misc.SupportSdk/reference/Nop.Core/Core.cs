using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Stores;

namespace Nop.Core
{
    public abstract class BaseEntity
    {
        public int Id { get; set; }
    }

    public interface IPagedList<T> : IList<T>
    {
        int PageIndex { get; }
        int PageSize { get; }
        int TotalCount { get; }
        int TotalPages { get; }
        bool HasPreviousPage { get; }
        bool HasNextPage { get; }
    }

    public interface IStoreContext
    {
        Task<Store> GetCurrentStoreAsync();
        Task<int> GetActiveStoreScopeConfigurationAsync();
    }

    public interface IWebHelper
    {
        string GetCurrentIpAddress();
        string GetStoreLocation(bool? useSsl = null);
    }

    public interface IWorkContext
    {
        Task<Customer> GetCurrentCustomerAsync();
        Task<Language> GetWorkingLanguageAsync();
    }
}

namespace Nop.Core.Caching
{
    public interface ICacheKeyService { }

    public class CacheKey { }
}

namespace Nop.Core.Configuration
{
    public interface ISettings { }

    public interface IConfig { }
}

namespace Nop.Core.Events
{
    public class EntityInsertedEvent<T>(T entity)
        where T : BaseEntity
    {
        public T Entity { get; } = entity;
    }

    public class EntityUpdatedEvent<T>(T entity)
        where T : BaseEntity
    {
        public T Entity { get; } = entity;
    }

    public class EntityDeletedEvent<T>(T entity)
        where T : BaseEntity
    {
        public T Entity { get; } = entity;
    }
}
