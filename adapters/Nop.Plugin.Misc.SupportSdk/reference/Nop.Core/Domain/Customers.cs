using Nop.Core.Domain.Common;

namespace Nop.Core.Domain.Customers;

public class Customer : BaseEntity, ISoftDeletedEntity
{
    public string Email { get; set; }
    public string FirstName { get; set; }
    public string LastName { get; set; }
    public string TimeZoneId { get; set; }
    public bool Deleted { get; set; }
}

public class CustomerRole : BaseEntity
{
    public string SystemName { get; set; }
}

public static class NopCustomerDefaults
{
    public static string AdministratorsRoleName => "Administrators";

    public static string SelectedShippingOptionAttribute => "SelectedShippingOption";
}
