using Support.Sdk.Customers;
using static Support.Sdk.Testing.Stores.StoreFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>Customers, and whose a contact point is.</summary>
internal static class CustomerRules
{
    private static readonly ContactPoint Mail = new(Channel, "ada@example.com");
    private static readonly ContactPoint Phone = new("sms", "+46700000000");

    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("A customer comes back as it was saved, one version on", AsSavedAsync),
        new("Customers are found by their ids in their shop, and the others left out", FindAsync),
        new("A customer is found by any contact point, however it is written, and once", OfContactsAsync),
        new("A contact point that a customer has no more finds nobody", MovedAsync),
        new("Of two saves of one version of a customer the second loses", LostRaceAsync),
        new("A contact point belongs to one customer of a shop", UniqueAsync),
        new("A contact point goes from one customer to another in one save", HandedOverAsync),
        new("Customers are saved all or none", AllOrNoneAsync),
        new("Of two customers with the same contact point in one save neither is saved", SharedAsync),
        new("Of two that claim a contact point at once one wins", AtOnceAsync),
        new("Customers are listed by their ids, page after page, without those that are merged or erased", ListAsync),
    ];

    private static Customer Person(string id, params IReadOnlyList<ContactPoint> points) =>
        new()
        {
            Shop = "shop",
            Id = id,
            ContactPoints = points,
            CreatedAt = Noon,
            ChangedAt = Noon,
        };

    private static async Task<Customer> KeepAsync(StoreUnderTest store, Customer customer, CancellationToken cancellationToken)
    {
        Expect.True(await store.Customers.SaveAsync([customer], cancellationToken), $"{customer.Id} is saved");
        return (await store.Customers.FindAsync(customer.Shop, [customer.Id], cancellationToken))[0];
    }

    private static async Task<IEnumerable<string>> IdsAsync(StoreUnderTest store, CancellationToken cancellationToken, params ContactPoint[] points) =>
        (await store.Customers.OfContactsAsync("shop", points, cancellationToken)).Select(customer => customer.Id).Order(StringComparer.Ordinal);

    private static async Task AsSavedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var ada = Person("ada", Mail, Phone) with { Name = "Ada", Culture = "sv", TimeZone = "Europe/Stockholm", Tags = ["vip"] };
        var first = await KeepAsync(store, ada, cancellationToken);
        Expect.Equal(SupportJson.Write(ada with { Version = 1 }), SupportJson.Write(first));
        var second = await KeepAsync(store, first with { Name = "Ada L", Tags = [] }, cancellationToken);
        Expect.Equal(SupportJson.Write(ada with { Version = 2, Name = "Ada L", Tags = [] }), SupportJson.Write(second));
    }

    private static async Task FindAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Customers.SaveAsync([Person("a"), Person("b"), Person("c") with { Shop = "other" }], cancellationToken);
        var found = await store.Customers.FindAsync("shop", ["b", "c", "b"], cancellationToken);
        Expect.List(["b"], found.Select(customer => customer.Id));
        Expect.Equal(0, (await store.Customers.FindAsync("shop", [], cancellationToken)).Count);
    }

    private static async Task OfContactsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Customers.SaveAsync([Person("ada", Mail, Phone), Person("eve", new ContactPoint("chat", Mail.Value))], cancellationToken);
        await store.Customers.SaveAsync([Person("other", Mail) with { Shop = "other" }], cancellationToken);
        Expect.List(["ada"], await IdsAsync(store, cancellationToken, new ContactPoint(Channel, " ADA@example.com"), Phone));
        Expect.List(["ada", "eve"], await IdsAsync(store, cancellationToken, Mail, new ContactPoint("chat", Mail.Value), new ContactPoint(Channel, "x")));
        Expect.List([], await IdsAsync(store, cancellationToken));
    }

    private static async Task MovedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var ada = await KeepAsync(store, Person("ada", Mail, Phone), cancellationToken);
        await KeepAsync(store, ada with { ContactPoints = [Phone] }, cancellationToken);
        Expect.List([], await IdsAsync(store, cancellationToken, Mail));
        Expect.List(["ada"], await IdsAsync(store, cancellationToken, Phone));
        await KeepAsync(store, Person("eve", Mail), cancellationToken);
    }

    private static async Task LostRaceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var read = await KeepAsync(store, Person("ada", Mail), cancellationToken);
        Expect.True(await store.Customers.SaveAsync([read with { Name = "first" }], cancellationToken));
        Expect.True(!await store.Customers.SaveAsync([read with { Name = "second" }], cancellationToken));
        Expect.True(!await store.Customers.SaveAsync([Person("ada") with { Name = "new" }], cancellationToken));
        Expect.True(!await store.Customers.SaveAsync([Person("nobody") with { Version = 1 }], cancellationToken));
        var kept = (await store.Customers.FindAsync("shop", ["ada"], cancellationToken))[0];
        Expect.Equal("first", kept.Name);
        Expect.List([Mail], kept.ContactPoints);
    }

    private static async Task UniqueAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await KeepAsync(store, Person("ada", Mail), cancellationToken);
        Expect.True(!await store.Customers.SaveAsync([Person("eve", Phone, new ContactPoint(Channel, "Ada@Example.com"))], cancellationToken));
        Expect.Equal(0, (await store.Customers.FindAsync("shop", ["eve"], cancellationToken)).Count);
        Expect.List([], await IdsAsync(store, cancellationToken, Phone));
        Expect.List(["ada"], await IdsAsync(store, cancellationToken, Mail));
    }

    private static async Task HandedOverAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var visitor = await KeepAsync(store, Person("visitor", Mail), cancellationToken);
        var ada = await KeepAsync(store, Person("ada", Phone), cancellationToken);
        var merged = visitor with { ContactPoints = [], MergedInto = "ada" };
        Expect.True(await store.Customers.SaveAsync([ada with { ContactPoints = [Phone, Mail] }, merged], cancellationToken));
        Expect.List(["ada"], await IdsAsync(store, cancellationToken, Mail, Phone));
    }

    private static async Task AllOrNoneAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var ada = await KeepAsync(store, Person("ada", Mail), cancellationToken);
        var stale = await KeepAsync(store, Person("eve"), cancellationToken);
        await KeepAsync(store, stale, cancellationToken);
        Expect.True(!await store.Customers.SaveAsync([ada with { Name = "Ada", ContactPoints = [Phone] }, stale], cancellationToken));
        Expect.Equal(null, (await store.Customers.FindAsync("shop", ["ada"], cancellationToken))[0].Name);
        Expect.List(["ada"], await IdsAsync(store, cancellationToken, Mail));
        Expect.True(await store.Customers.SaveAsync([], cancellationToken));
    }

    private static async Task SharedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Expect.True(!await store.Customers.SaveAsync([Person("a", Mail), Person("b", Mail)], cancellationToken));
        Expect.Equal(0, (await store.Customers.FindAsync("shop", ["a", "b"], cancellationToken)).Count);
        Expect.True(!await store.Customers.SaveAsync([Person("a"), Person("a")], cancellationToken));
        await KeepAsync(store, Person("a", Mail, Mail), cancellationToken);
    }

    private static async Task AtOnceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var saves = Enumerable
            .Range(0, 6)
            .Select(number => Task.Run(() => store.Customers.SaveAsync([Person($"{number}", Mail)], cancellationToken), cancellationToken));
        Expect.Equal(1, (await Task.WhenAll(saves)).Count(isSaved => isSaved), "customers with one contact point");
        Expect.Equal(1, (await IdsAsync(store, cancellationToken, Mail)).Count());
    }

    private static async Task ListAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Customer[] customers =
        [
            Person("d"),
            Person("B"),
            Person("a") with
            {
                MergedInto = "d",
            },
            Person("e") with
            {
                ErasedAt = Noon,
            },
            Person("f"),
            Person("c") with
            {
                Shop = "other",
            },
        ];
        await store.Customers.SaveAsync(customers, cancellationToken);
        Expect.List(["B", "d"], await ListedAsync(after: null, 2));
        Expect.List(["f"], await ListedAsync("d", 2));
        Expect.List([], await ListedAsync("f", 2));
        foreach (var max in (int[])[0, 1001])
        {
            await Expect.RefusedAsync(() => store.Customers.ListAsync("shop", null, max, cancellationToken), $"a list of {max}");
        }

        async Task<IEnumerable<string>> ListedAsync(string? after, int max) =>
            (await store.Customers.ListAsync("shop", after, max, cancellationToken)).Select(customer => customer.Id);
    }
}
