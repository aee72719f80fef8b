using Nop.Core;
using Nop.Core.Domain.Common;

namespace Nop.Services.Common;

public interface IAddressService
{
    Task<Address> GetAddressByIdAsync(int addressId);
}

public interface IGenericAttributeService
{
    Task<TPropType> GetAttributeAsync<TEntity, TPropType>(int entityId, string key, int storeId = 0, TPropType defaultValue = default)
        where TEntity : BaseEntity;
}
