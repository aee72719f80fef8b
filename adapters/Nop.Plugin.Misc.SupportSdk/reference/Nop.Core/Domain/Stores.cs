using Nop.Core.Domain.Common;
using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Stores;

public interface IStoreMappingSupported
{
    bool LimitedToStores { get; set; }
}

public class Store : BaseEntity, ILocalizedEntity, ISoftDeletedEntity
{
    public string Name { get; set; }
    public string Url { get; set; }
    public bool SslEnabled { get; set; }
    public int DefaultLanguageId { get; set; }
    public int DisplayOrder { get; set; }
    public string CompanyName { get; set; }
    public string CompanyAddress { get; set; }
    public string CompanyPhoneNumber { get; set; }
    public bool Deleted { get; set; }
}

public class StoreMapping : BaseEntity
{
    public int EntityId { get; set; }
    public string EntityName { get; set; }
    public int StoreId { get; set; }
}
