using Nop.Core;
using Nop.Core.Domain.Customers;

namespace Nop.Services.Customers;

public interface ICustomerService
{
    Task<IPagedList<Customer>> GetAllCustomersAsync(
        DateTime? createdFromUtc = null,
        DateTime? createdToUtc = null,
        DateTime? lastActivityFromUtc = null,
        DateTime? lastActivityToUtc = null,
        int affiliateId = 0,
        int vendorId = 0,
        int[] customerRoleIds = null,
        string email = null,
        string username = null,
        string firstName = null,
        string lastName = null,
        int dayOfBirth = 0,
        int monthOfBirth = 0,
        string company = null,
        string phone = null,
        string zipPostalCode = null,
        string ipAddress = null,
        bool? isActive = null,
        int pageIndex = 0,
        int pageSize = int.MaxValue,
        bool getOnlyTotalCount = false
    );

    Task<CustomerRole> GetCustomerRoleBySystemNameAsync(string systemName);

    Task<Customer> GetCustomerByIdAsync(int customerId);

    Task<string> GetCustomerFullNameAsync(Customer customer);

    Task<bool> IsRegisteredAsync(Customer customer, bool onlyActiveCustomerRoles = true);

    Task<bool> IsGuestAsync(Customer customer, bool onlyActiveCustomerRoles = true);
}
