using Support.Sdk.Contacts;
using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Storefronts;
using Support.Sdk.Testing.Stores;
using Support.Sdk.Tickets;

namespace Support.Sdk.Testing;

/// <summary>The rules that every store of Support.Sdk keeps.</summary>
/// <remarks>
/// Make each rule a case of your test framework, and give each an empty store: the rules look at everything that is due. They wait for
/// nothing: a lease of length zero stands for one that ran out.
/// </remarks>
public static class StoreConformance
{
    /// <summary>Every rule.</summary>
    public static IReadOnlyList<StoreConformanceRule> Rules { get; } =
    [
        .. InboxRules.All,
        .. OrderRules.All,
        .. OrderContactRules.All,
        .. ClaimRules.All,
        .. OutboxRules.All,
        .. SavedClaimRules.All,
        .. DeliveryRules.All,
        .. TroubleRules.All,
        .. ContactRules.All,
        .. TicketStoreRules.All,
        .. TicketEntryRules.All,
        .. TicketListRules.All,
        .. TicketClaimRules.All,
        .. CustomerRules.All,
        .. ContentRules.All,
        .. StateRules.All,
        .. PrivacyRules.All,
        .. ForgetShopRules.All,
        .. RetentionRules.All,
        .. SupportRules.All,
    ];
}

/// <summary>One rule for stores.</summary>
public sealed class StoreConformanceRule
{
    private readonly Func<StoreUnderTest, CancellationToken, Task> _check;

    internal StoreConformanceRule(string name, Func<StoreUnderTest, CancellationToken, Task> check)
    {
        Name = name;
        _check = check;
    }

    /// <summary>The rule as a sentence.</summary>
    public string Name { get; }

    /// <summary>Checks an empty store.</summary>
    /// <exception cref="ConformanceException">The store breaks the rule.</exception>
    public Task CheckAsync(StoreUnderTest store, CancellationToken cancellationToken = default) => _check(store, cancellationToken);

    /// <summary>Gives the name.</summary>
    public override string ToString() => Name;
}

/// <summary>The faces of one database.</summary>
public sealed record StoreUnderTest
{
    /// <summary>The database as a whole.</summary>
    public required ISupportStore Support { get; init; }

    /// <summary>The inbox.</summary>
    public required IInboxStore Inbox { get; init; }

    /// <summary>The orders.</summary>
    public required IOrderStore Orders { get; init; }

    /// <summary>The messages.</summary>
    public required IOutboxStore Outbox { get; init; }

    /// <summary>The shops.</summary>
    public required IShopStore Shops { get; init; }

    /// <summary>The contacts.</summary>
    public required IContactStore Contacts { get; init; }

    /// <summary>What goes when it shall.</summary>
    public required IPrivacyStore Privacy { get; init; }

    /// <summary>The tickets.</summary>
    public required ITicketStore Tickets { get; init; }

    /// <summary>The customers.</summary>
    public required ICustomerStore Customers { get; init; }

    /// <summary>The files.</summary>
    public required IContentStore Contents { get; init; }

    /// <summary>What adapters remember.</summary>
    public required IStateStore States { get; init; }

    /// <summary>How many bytes one file may have, as <see cref="Contents"/> was told (<see cref="ContentOptions.MaxBytes"/>). Default: 10 MB.</summary>
    public long MaxContentBytes { get; init; } = new ContentOptions().MaxBytes;
}
