using Nop.Core.Domain.Customers;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Services.Security;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>What a role may do in the plugin's pages. The shop makes it by itself and asks for the list at its start.</summary>
internal sealed class SupportPermissions : IPermissionConfigManager
{
    /// <summary>See how the plugin is, and set it up.</summary>
    public const string Configure = "Support.Configure";

    /// <summary>See watched orders and the messages about them.</summary>
    public const string Orders = "Support.Orders";

    /// <summary>Release, discard, resend and pause messages.</summary>
    public const string Messages = "Support.Messages";

    /// <summary>Read and answer tickets.</summary>
    public const string Tickets = "Support.Tickets";

    private const string Category = "Support";

    /// <summary>Every one, by its system name.</summary>
    public static IReadOnlyList<string> All { get; } = [Configure, Orders, Messages, Tickets];

    public IList<PermissionConfig> AllConfigs
    {
        get
        {
            var names = Names("en");
            return [.. All.Select(one => new PermissionConfig(names[one], one, Category, NopCustomerDefaults.AdministratorsRoleName))];
        }
    }

    /// <summary>What they are called.</summary>
    /// <param name="language">Two letters: <c>en</c> or <c>sv</c>.</param>
    public static Dictionary<string, string> Names(string language)
    {
        var words = LocalizationStep.Read(language);
        return All.ToDictionary(one => one, one => words[$"{SupportDefaults.ResourcePrefix}.Admin.Permission.{one}"], StringComparer.Ordinal);
    }
}
