using System.Text.Json;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Storefronts;

namespace Support.Sdk.Contacts;

/// <summary>Finds, among events that wait or were put aside, those that are about a person.</summary>
internal sealed class PersonEvents(IPrivacyStore store, IOrderStore orders)
{
    private const int Page = 100;

    public async IAsyncEnumerable<InboxEntry> FindAsync(
        string shop,
        IReadOnlyList<ContactPoint> points,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var person = points.ToHashSet();
        var last = 0L;
        IReadOnlyList<InboxEntry> page;
        do
        {
            page = await store.WaitingAsync(shop, last, Page, cancellationToken);
            var theirs = await OrdersAsync(page, person, cancellationToken);
            foreach (var entry in page.Where(entry => (entry.Order is { } key && theirs.Contains(key)) || Names(entry.Body, person)))
            {
                yield return entry;
            }

            last = page.Count > 0 ? page[^1].Id : last;
        } while (page.Count == Page);
    }

    /// <summary>Tells whether an order names one of the contact points.</summary>
    public static bool Names(OrderSnapshot? snapshot, HashSet<ContactPoint> person) =>
        snapshot?.Customer.ContactPoints.Any(point => person.Contains(point.Canonical())) is true;

    /// <summary>Tells whether an event asks about stored data, and so is emptied when that is done.</summary>
    public static bool IsRequest(InboxEntry entry)
    {
        try
        {
            return SupportJson.ReadEvent(entry.Body) is PrivacyRequested;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // An event need not name the person to be about an order of theirs: a carrier's scan has a tracking number.
    private async Task<HashSet<OrderKey>> OrdersAsync(IReadOnlyList<InboxEntry> entries, HashSet<ContactPoint> person, CancellationToken cancellationToken)
    {
        var keys = entries.Select(entry => entry.Order).OfType<OrderKey>().Distinct().ToList();
        var found = keys.Count == 0 ? [] : await orders.FindAsync(keys, cancellationToken);
        return [.. found.Where(order => Names(order.Snapshot, person)).Select(order => order.Key)];
    }

    private static bool Names(string body, HashSet<ContactPoint> person)
    {
        try
        {
            switch (SupportJson.ReadEvent(body))
            {
                case OrderSnapshot snapshot:
                    return Names(snapshot, person);
                // It is what asks for this, and is emptied when it is done.
                case PrivacyRequested:
                    return false;
            }
        }
        catch (JsonException)
        {
            // What cannot be read was put aside for that; its text is searched all the same.
        }

        return person.Any(point => Contains(body, point.Value) || Contains(body, JsonEncodedText.Encode(point.Value).Value));
    }

    private static bool Contains(string body, string value) => body.Contains(value, StringComparison.OrdinalIgnoreCase);
}
