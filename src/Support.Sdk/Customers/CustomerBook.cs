using System.Security.Cryptography;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Customers;

/// <summary>Knows who is who: finds a customer by a contact point, and makes one of who is new.</summary>
internal sealed class CustomerBook(ICustomerStore store)
{
    public const int MaxContacts = 50;
    private const int IdBytes = 12;
    private const int MaxRaces = 10;
    private const int MaxMerges = 10;

    /// <summary>The customer of a contact point, made when there is none.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="point">The contact point.</param>
    /// <param name="seen">What was told besides; it fills what is not known yet.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public async Task<Customer> ResolveAsync(Shop shop, ContactPoint point, OrderCustomer seen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var known = await FindAsync(shop.Id, point, cancellationToken);
            var wanted = known is null ? New(shop, point, seen, now) : Fill(known, seen, now);
            if (wanted == known || await store.SaveAsync([wanted], cancellationToken))
            {
                return wanted;
            }
        }

        throw new InvalidOperationException("The customer is being changed by others again and again. Try again.");
    }

    /// <summary>The customer of a contact point, or null when nobody is known by it.</summary>
    public async Task<Customer?> FindAsync(string shop, ContactPoint point, CancellationToken cancellationToken)
    {
        var found = await store.OfContactsAsync(shop, [point], cancellationToken);
        return found.Count == 0 ? null : await FollowAsync(found[0], cancellationToken);
    }

    /// <summary>Lets a customer be known by one more contact point, unless it is somebody else's.</summary>
    public async Task AddAsync(string shop, string id, ContactPoint point, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await FindAsync(shop, point, cancellationToken) is not null || await store.FindAsync(shop, [id], cancellationToken) is not [var found])
            {
                return;
            }

            var customer = await FollowAsync(found, cancellationToken);
            if (customer.ErasedAt is not null || customer.ContactPoints.Count >= MaxContacts)
            {
                return;
            }

            if (await store.SaveAsync([customer with { ContactPoints = [.. customer.ContactPoints, point.Canonical()], ChangedAt = now }], cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>The customer that one turned out to be.</summary>
    public async Task<Customer> FollowAsync(Customer customer, CancellationToken cancellationToken)
    {
        for (var step = 0; step < MaxMerges && customer.MergedInto is { } into; step++)
        {
            if (await store.FindAsync(customer.Shop, [into], cancellationToken) is not [var next])
            {
                return customer;
            }

            customer = next;
        }

        return customer;
    }

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    private static Customer New(Shop shop, ContactPoint point, OrderCustomer seen, DateTimeOffset now) =>
        new()
        {
            Shop = shop.Id,
            Id = NewId(),
            Name = seen.Name,
            Culture = seen.Culture,
            TimeZone = seen.TimeZone,
            ContactPoints = [point.Canonical()],
            CreatedAt = now,
            ChangedAt = now,
        };

    private static Customer Fill(Customer known, OrderCustomer seen, DateTimeOffset now)
    {
        var filled = known with { Name = known.Name ?? seen.Name, Culture = known.Culture ?? seen.Culture, TimeZone = known.TimeZone ?? seen.TimeZone };
        return filled == known ? known : filled with { ChangedAt = now };
    }
}
