using Nop.Core.Domain.Common;
using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Catalog;

public class Product : BaseEntity, ILocalizedEntity, ISoftDeletedEntity
{
    public string Name { get; set; }
    public string Sku { get; set; }
    public bool IsShipEnabled { get; set; }
    public bool Deleted { get; set; }
}
