using System.Globalization;
using Nop.Core.Domain.Customers;
using Nop.Services.Customers;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>The people who answer: the shop's administrators.</summary>
internal sealed class DeskPeople(ICustomerService customers)
{
    private const string Prefix = "nop-";
    private const int Most = 200;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>What tickets call a person.</summary>
    public static string IdOf(int customerId) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{customerId}");

    /// <summary>Those who can be given a ticket.</summary>
    public async Task<IReadOnlyList<NamedAgent>> AllAsync()
    {
        if (await customers.GetCustomerRoleBySystemNameAsync(NopCustomerDefaults.AdministratorsRoleName) is not { } role)
        {
            return [];
        }

        var found = await customers.GetAllCustomersAsync(customerRoleIds: [role.Id], isActive: true, pageSize: Most);
        return [.. found.Select(person => new NamedAgent(IdOf(person.Id), NameOf(person))).OrderBy(agent => agent.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>How people call whom a ticket names; the id where it is nobody's.</summary>
    public async Task<string> NameAsync(string id)
    {
        if (!_names.TryGetValue(id, out var name))
        {
            _names[id] = name = await FindAsync(id) is { } person ? NameOf(person) : id;
        }

        return name;
    }

    private async Task<Customer?> FindAsync(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var customerId)
            ? await customers.GetCustomerByIdAsync(customerId)
            : null;

    private static string NameOf(Customer person) =>
        $"{person.FirstName} {person.LastName}".Trim() is { Length: > 0 } name ? name
        : string.IsNullOrWhiteSpace(person.Email) ? IdOf(person.Id)
        : person.Email;
}

/// <summary>A person who can be given a ticket.</summary>
/// <param name="Id">What tickets call the person.</param>
/// <param name="Name">What people do.</param>
public sealed record NamedAgent(string Id, string Name);
