namespace Nop.Services.Security;

public interface IPermissionConfigManager
{
    IList<PermissionConfig> AllConfigs { get; }
}

public class PermissionConfig
{
    public PermissionConfig(string name, string systemName, string category, params string[] defaultCustomerRoles)
    {
        (Name, SystemName, Category) = (name, systemName, category);
        DefaultCustomerRoles.AddRange(defaultCustomerRoles);
    }

    public string Name { get; protected set; }

    public string SystemName { get; protected set; }

    public string Category { get; protected set; }

    public List<string> DefaultCustomerRoles { get; } = [];
}

public interface IPermissionService
{
    Task<bool> AuthorizeAsync(string permissionRecordSystemName);

    Task DeletePermissionAsync(string permissionSystemName);

    Task InsertPermissionsAsync();
}
