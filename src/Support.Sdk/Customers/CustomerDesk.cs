using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Contacts;
using Support.Sdk.Diagnostics;
using Support.Sdk.Intake;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;
using Support.Sdk.Tickets;

namespace Support.Sdk.Customers;

internal sealed class CustomerDesk(SupportStart start, IServiceProvider services, IShopDirectory shops, SupportTelemetry telemetry, TimeProvider time)
    : ICustomerDesk
{
    private const int MaxRaces = 10;
    private const int AtHand = 20;

    private ICustomerStore Store => services.GetRequiredService<ICustomerStore>();

    public async Task<CustomerView?> FindAsync(string shop, string id, CancellationToken cancellationToken = default)
    {
        await start.EnsureAsync(cancellationToken);
        return await CustomerAsync(shop, id, cancellationToken) is { } customer ? await ViewAsync(customer, cancellationToken) : null;
    }

    public async Task<CustomerView?> OfContactAsync(string shop, ContactPoint point, CancellationToken cancellationToken = default)
    {
        await start.EnsureAsync(cancellationToken);
        var found = await services.GetRequiredService<CustomerBook>().FindAsync(shop, point, cancellationToken);
        return found is null ? null : await ViewAsync(found, cancellationToken);
    }

    public async Task<IReadOnlyList<Customer>> ListAsync(string shop, string? after = null, int max = 50, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 1000);
        await start.EnsureAsync(cancellationToken);
        return await Store.ListAsync(shop, after, max, cancellationToken);
    }

    public async Task<CustomerResult> ChangeAsync(string shop, string id, CustomerEdit edit, CancellationToken cancellationToken = default)
    {
        Check(shop, edit);
        await start.EnsureAsync(cancellationToken);
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await CustomerAsync(shop, id, cancellationToken) is not { } customer)
            {
                return NotFound(shop, id);
            }

            if (edit.Version is { } seen && seen != customer.Version)
            {
                return CustomerResult.Overtaken(customer);
            }

            if (customer.ErasedAt is not null)
            {
                return CustomerResult.Refused("The customer was erased.", customer);
            }

            var owners = await Store.OfContactsAsync(shop, edit.AddContacts, cancellationToken);
            if (owners.FirstOrDefault(owner => !string.Equals(owner.Id, customer.Id, StringComparison.Ordinal)) is { } other)
            {
                return CustomerResult.Refused($"A contact point belongs to the customer {other.Id}. Merge the two.", customer);
            }

            var changed = Apply(customer, edit, time.GetUtcNow());
            if (changed.ContactPoints.Count > CustomerBook.MaxContacts)
            {
                return CustomerResult.Refused($"A customer has at most {CustomerBook.MaxContacts} contact points.", customer);
            }

            if (await Store.SaveAsync([changed], cancellationToken))
            {
                return CustomerResult.Done(changed with { Version = changed.Version + 1 });
            }
        }

        return Busy();
    }

    public async Task<CustomerResult> MergeAsync(string shop, string id, string into, CancellationToken cancellationToken = default)
    {
        if (string.Equals(id, into, StringComparison.Ordinal))
        {
            throw new ArgumentException("Two different customers can be merged.", nameof(into));
        }

        await start.EnsureAsync(cancellationToken);
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await CustomerAsync(shop, id, cancellationToken) is not { } source)
            {
                return NotFound(shop, id);
            }

            if (await CustomerAsync(shop, into, cancellationToken) is not { } target)
            {
                return NotFound(shop, into);
            }

            if (string.Equals(source.Id, target.Id, StringComparison.Ordinal))
            {
                // Merged before: what came meanwhile, or was left when that was cut off, follows.
                return await MovedAsync(target, cancellationToken);
            }

            if (source.ErasedAt is not null || target.ErasedAt is not null)
            {
                return CustomerResult.Refused("One of them was erased.", target);
            }

            if (source.ContactPoints.Count + target.ContactPoints.Count > CustomerBook.MaxContacts)
            {
                return CustomerResult.Refused($"Together they have more than {CustomerBook.MaxContacts} contact points. Take some away first.", target);
            }

            var now = time.GetUtcNow();
            var stays = Merge(target, source, now);
            // Only who stays is known by anything: an erasure finds all of it there.
            var goes = new Customer
            {
                Shop = source.Shop,
                Id = source.Id,
                Version = source.Version,
                CreatedAt = source.CreatedAt,
                ChangedAt = now,
                MergedInto = target.Id,
            };
            if (await Store.SaveAsync([goes, stays], cancellationToken))
            {
                return await MovedAsync(stays with { Version = stays.Version + 1 }, cancellationToken);
            }
        }

        return Busy();
    }

    // Cut off in between, the rest still names the customers who went, and is moved when the merge is asked for again.
    private async Task<CustomerResult> MovedAsync(Customer target, CancellationToken cancellationToken)
    {
        if (await shops.FindAsync(target.Shop, cancellationToken) is not { } shop)
        {
            return CustomerResult.Done(target);
        }

        var tickets = services.GetRequiredService<ITicketStore>();
        foreach (var id in target.MergedFrom)
        {
            var query = new TicketQuery
            {
                Shop = target.Shop,
                CustomerId = id,
                Max = 200,
            };
            var races = 0;
            while (await tickets.ListAsync(query, cancellationToken) is { Count: > 0 } page)
            {
                var changes = page.Select(ticket => Moved(ticket, target, shop)).ToList();
                var lost = await tickets.SaveAsync(changes, cancellationToken);
                foreach (var change in changes.Where(change => !lost.Contains(change.Ticket.Key)))
                {
                    telemetry.Changed(change);
                }

                if (lost.Count == changes.Count && ++races == MaxRaces)
                {
                    return CustomerResult.Refused(
                        "The customers are one now, but their tickets are being changed by others again and again. Ask again.",
                        target
                    );
                }
            }
        }

        return CustomerResult.Done(target);
    }

    private TicketChange Moved(Ticket ticket, Customer target, Shop shop)
    {
        var draft = TicketDraft.Of(ticket, shop, time.GetUtcNow());
        draft.Change(one => one with { Requester = one.Requester with { CustomerId = target.Id } }, TicketBy.Engine, "Two customers turned out to be one.");
        return draft.Finish();
    }

    private async Task<Customer?> CustomerAsync(string shop, string id, CancellationToken cancellationToken) =>
        await Store.FindAsync(shop, [id], cancellationToken) is [var found]
            ? await services.GetRequiredService<CustomerBook>().FollowAsync(found, cancellationToken)
            : null;

    private async Task<CustomerView> ViewAsync(Customer customer, CancellationToken cancellationToken)
    {
        var people = services.GetRequiredService<TicketPeople>();
        var tickets = await services
            .GetRequiredService<ITicketStore>()
            .ListAsync(
                new TicketQuery
                {
                    Shop = customer.Shop,
                    CustomerId = customer.Id,
                    Max = AtHand,
                },
                cancellationToken
            );
        var shop = await shops.FindAsync(customer.Shop, cancellationToken);
        return new CustomerView
        {
            Customer = customer,
            Orders = await people.OrdersAsync(customer, AtHand, cancellationToken),
            Tickets = tickets,
            Contacts = await services.GetRequiredService<ContactBook>().KnownAsync(customer.Shop, customer.ContactPoints, cancellationToken),
            Segments = shop is null ? [] : await people.SegmentsAsync(shop, customer, time.GetUtcNow(), cancellationToken),
        };
    }

    private static Customer Apply(Customer customer, CustomerEdit edit, DateTimeOffset now)
    {
        var removed = edit.RemoveContacts.Select(point => point.Canonical()).ToHashSet();
        return customer with
        {
            Name = edit.Name is null ? customer.Name : Set(edit.Name),
            Culture = edit.Culture is null ? customer.Culture : Set(edit.Culture),
            TimeZone = edit.TimeZone is null ? customer.TimeZone : Set(edit.TimeZone),
            ContactPoints =
            [
                .. customer.ContactPoints.Concat(edit.AddContacts.Select(point => point.Canonical())).Distinct().Where(point => !removed.Contains(point)),
            ],
            Tags = [.. customer.Tags.Except(edit.RemoveTags, StringComparer.Ordinal).Union(edit.AddTags, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            ChangedAt = now,
        };
    }

    private static Customer Merge(Customer target, Customer source, DateTimeOffset now) =>
        target with
        {
            Name = target.Name ?? source.Name,
            Culture = target.Culture ?? source.Culture,
            TimeZone = target.TimeZone ?? source.TimeZone,
            ContactPoints = [.. target.ContactPoints.Union(source.ContactPoints)],
            Tags = [.. target.Tags.Union(source.Tags, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            MergedFrom = [.. target.MergedFrom, .. source.MergedFrom, source.Id],
            CreatedAt = source.CreatedAt < target.CreatedAt ? source.CreatedAt : target.CreatedAt,
            ChangedAt = now,
        };

    private static void Check(string shop, CustomerEdit edit)
    {
        foreach (var point in edit.AddContacts)
        {
            ContactDesk.Check(shop, point);
        }

        foreach (var tag in edit.AddTags)
        {
            MessageRules.CheckTag(tag);
        }

        if (edit.Name?.Length > 200)
        {
            throw new ArgumentException("A name has at most 200 characters.", nameof(edit));
        }

        if (edit.TimeZone is { Length: > 0 } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            throw new ArgumentException($"The time zone '{zone}' is not known. Use an IANA name such as Europe/Stockholm.", nameof(edit));
        }

        if (edit.Culture is { Length: > 0 } culture && !ShopRules.IsCulture(culture))
        {
            throw new ArgumentException($"The culture '{culture}' is not known. Use a name such as en or sv-SE.", nameof(edit));
        }
    }

    private static string? Set(string value) => value.Length == 0 ? null : value;

    private static CustomerResult NotFound(string shop, string id) => CustomerResult.Refused($"There is no customer {shop}/{id}.");

    private static CustomerResult Busy() => CustomerResult.Refused("The customer is being changed by others again and again. Try again.");
}
