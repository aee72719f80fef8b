using Microsoft.Extensions.Logging;
using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Sweep;
using Support.Sdk.Tickets;

namespace Support.Sdk.Contacts;

internal sealed partial class PrivacyDesk(
    SupportStart start,
    PrivacyExport export,
    PersonEvents events,
    IPrivacyStore store,
    IOrderStore orders,
    IOutboxStore outbox,
    ICustomerStore customers,
    ITicketStore tickets,
    ContactBook book,
    TimeProvider time,
    ILogger<PrivacyDesk> logger
) : IPrivacyDesk
{
    private const int Batch = 50;
    private const int MaxRounds = 3;
    private const int ShopBatch = 1000;

    public async Task ExportAsync(string shop, IReadOnlyList<ContactPoint> points, Stream destination, CancellationToken cancellationToken = default)
    {
        var person = Check(shop, points);
        await start.EnsureAsync(cancellationToken);
        await export.WriteAsync(shop, await WholeAsync(shop, person, cancellationToken), destination, cancellationToken);
    }

    public async Task<ErasureResult> EraseAsync(string shop, IReadOnlyList<ContactPoint> points, string by, CancellationToken cancellationToken = default)
    {
        var person = Check(shop, points);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        await start.EnsureAsync(cancellationToken);
        person = await WholeAsync(shop, person, cancellationToken);
        var result = new ErasureResult { At = time.GetUtcNow(), By = by };
        // An event that was being processed may have become an order meanwhile, so everything is looked through once more.
        for (var round = 0; round < MaxRounds; round++)
        {
            var before = result with { UnderWay = 0 };
            result = await RoundAsync(shop, person, before, cancellationToken);
            if (result with { UnderWay = 0 } == before)
            {
                break;
            }
        }

        await store.EraseAsync(
            new ErasureBatch
            {
                Shop = shop,
                At = result.At,
                Result = result,
            },
            cancellationToken
        );
        LogErased(shop, by, result.Orders, result.Tickets, result.Deliveries, result.Events, result.Contacts, result.UnderWay);
        return result;
    }

    public async Task<ErasureResult> ForgetShopAsync(string shop, string by, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(shop);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        await start.EnsureAsync(cancellationToken);
        var at = time.GetUtcNow();
        var (removed, isEmpty) = await RemoveAsync(shop, cancellationToken);
        var left = await LeftAsync(shop, cancellationToken);
        var result = new ErasureResult
        {
            At = at,
            By = by,
            UnderWay = isEmpty ? left : Math.Max(left, 1),
        };
        await store.EraseAsync(
            new ErasureBatch
            {
                Shop = shop,
                At = at,
                Result = result,
            },
            cancellationToken
        );
        LogForgotten(shop, by, removed, result.UnderWay);
        return result;
    }

    public async Task<IReadOnlyList<ErasureResult>> ErasuresAsync(string shop, int max = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 1000);
        await start.EnsureAsync(cancellationToken);
        return await store.ErasuresAsync(shop, max, cancellationToken);
    }

    // What comes in meanwhile goes as well, but a shop whose door stays open must not keep this from ending.
    private async Task<(long Removed, bool IsEmpty)> RemoveAsync(string shop, CancellationToken cancellationToken)
    {
        var removed = 0L;
        var rounds = 0;
        while (rounds < MaxRounds)
        {
            var count = await store.ForgetShopAsync(shop, ShopBatch, cancellationToken);
            if (count == 0)
            {
                return (removed, true);
            }

            removed += count;
            // Less than a batch: every sort was looked through to its end.
            rounds += count < ShopBatch ? 1 : 0;
        }

        return (removed, false);
    }

    private async Task<int> LeftAsync(string shop, CancellationToken cancellationToken)
    {
        var query = new DeliveryQuery
        {
            Shop = shop,
            States = [DeliveryState.Pending, DeliveryState.Sending, DeliveryState.Retry, DeliveryState.InDoubt, DeliveryState.Held],
            Max = ShopBatch,
        };
        var waiting = await store.WaitingAsync(shop, after: 0, ShopBatch, cancellationToken);
        // What asks for this is no data that is left.
        return waiting.Count(entry => !PersonEvents.IsRequest(entry)) + (await outbox.ListAsync(query, cancellationToken)).Count;
    }

    private async Task<ErasureResult> RoundAsync(string shop, List<ContactPoint> person, ErasureResult result, CancellationToken cancellationToken)
    {
        result = await EventsAsync(shop, person, result, cancellationToken);
        var known = await customers.OfContactsAsync(shop, person, cancellationToken);
        foreach (var id in known.SelectMany(customer => customer.MergedFrom.Prepend(customer.Id)))
        {
            result = await TicketsAsync(shop, id, result, cancellationToken);
        }

        foreach (var point in person)
        {
            result = await OrdersAsync(shop, point, result, cancellationToken);
            result = await MessagesAsync(shop, point, result, cancellationToken);
            result = await ContactAsync(shop, point, result, cancellationToken);
        }

        // The customer goes last: by it the rest is found when the work was cut off, or something is under way and it is asked for again.
        return result.UnderWay == 0 ? await CustomersAsync(known, result, cancellationToken) : result;
    }

    private async Task<ErasureResult> EventsAsync(string shop, List<ContactPoint> person, ErasureResult result, CancellationToken cancellationToken)
    {
        var found = new List<long>();
        await foreach (var entry in events.FindAsync(shop, person, cancellationToken))
        {
            found.Add(entry.Id);
        }

        foreach (var ids in found.Chunk(Batch))
        {
            var rest = await store.EraseAsync(
                new ErasureBatch
                {
                    Shop = shop,
                    At = result.At,
                    InboxIds = ids,
                },
                cancellationToken
            );
            result = result with { Events = result.Events + ids.Length - rest.InboxIds.Count, UnderWay = result.UnderWay + rest.InboxIds.Count };
        }

        return result;
    }

    // Messages go before their order: an order that still names the person is found again when the work was cut off between the two.
    private async Task<ErasureResult> OrdersAsync(string shop, ContactPoint point, ErasureResult result, CancellationToken cancellationToken)
    {
        var blocked = 0;
        while (true)
        {
            var found = await orders.OfContactAsync(shop, point, Math.Min(Batch + blocked, 1000), cancellationToken);
            var erased = 0;
            foreach (var order in found)
            {
                var (messages, underWay) = await EraseAsync(order.Key, result.At, cancellationToken);
                result = result with { Deliveries = result.Deliveries + messages };
                if (underWay == 0 && await EraseAsync(order, cancellationToken))
                {
                    erased++;
                }
            }

            result = result with { Orders = result.Orders + erased };
            blocked = found.Count - erased;
            if (erased == 0)
            {
                return result with { UnderWay = result.UnderWay + blocked };
            }
        }
    }

    private async Task<List<ContactPoint>> WholeAsync(string shop, List<ContactPoint> person, CancellationToken cancellationToken)
    {
        var known = await customers.OfContactsAsync(shop, person, cancellationToken);
        return [.. person.Concat(known.SelectMany(customer => customer.ContactPoints)).Select(point => point.Canonical()).Distinct()];
    }

    private async Task<ErasureResult> CustomersAsync(IReadOnlyList<Customer> known, ErasureResult result, CancellationToken cancellationToken)
    {
        foreach (var customer in known)
        {
            var batch = new ErasureBatch
            {
                Shop = customer.Shop,
                At = result.At,
                Customers = [PersonalData.Erase(customer, result.At)],
            };
            var rest = await store.EraseAsync(batch, cancellationToken);
            result = result with { Customers = result.Customers + 1 - rest.Customers.Count, UnderWay = result.UnderWay + rest.Customers.Count };
        }

        return result;
    }

    private async Task<ErasureResult> TicketsAsync(string shop, string customerId, ErasureResult result, CancellationToken cancellationToken)
    {
        var query = new TicketQuery
        {
            Shop = shop,
            CustomerId = customerId,
            Max = Batch,
        };
        while (true)
        {
            // What was erased names no customer any more, so the list begins anew.
            var found = await tickets.ListAsync(query, cancellationToken);
            if (found.Count == 0)
            {
                return result;
            }

            var rest = await store.EraseAsync(
                new ErasureBatch
                {
                    Shop = shop,
                    At = result.At,
                    Tickets = [.. found.Select(ticket => PersonalData.Erase(ticket, result.At))],
                },
                cancellationToken
            );
            result = result with { Tickets = result.Tickets + found.Count - rest.Tickets.Count };
            if (rest.Tickets.Count == found.Count)
            {
                return result with { UnderWay = result.UnderWay + rest.Tickets.Count };
            }
        }
    }

    private async Task<(int Erased, int UnderWay)> EraseAsync(OrderKey key, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var query = new DeliveryQuery { Order = key, Max = Batch };
        var (erased, underWay) = (0, 0);
        IReadOnlyList<MessageDelivery> page;
        do
        {
            page = await outbox.ListAsync(query, cancellationToken);
            var rest = await store.EraseAsync(Emptied(key.Shop, page, at) with { Orders = [key] }, cancellationToken);
            erased += page.Count(delivery => !delivery.Message.IsErased) - rest.Messages.Count;
            underWay += rest.Messages.Count;
            query = query with { After = page.Count > 0 ? page[^1].Message.Id : null };
        } while (page.Count == Batch);

        return (erased, underWay);
    }

    // Whoever decides about the order at this moment wins; then it is found once more.
    private async Task<bool> EraseAsync(WatchedOrder order, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = new Decision
        {
            Key = order.Key,
            At = now,
            Verdict = DecisionVerdict.Suppress,
            Occasion = "erasure",
            Reason = "The customer's data was erased.",
        };
        return (await orders.SaveAsync([new OrderChange { Order = PersonalData.Erase(order, now), Decisions = [decision] }], cancellationToken)).Count == 0;
    }

    // What went to the address for an order that names another one today.
    private async Task<ErasureResult> MessagesAsync(string shop, ContactPoint point, ErasureResult result, CancellationToken cancellationToken)
    {
        var query = new DeliveryQuery
        {
            Shop = shop,
            To = point,
            Max = Batch,
        };
        IReadOnlyList<MessageDelivery> page;
        do
        {
            page = await outbox.ListAsync(query, cancellationToken);
            var rest = await store.EraseAsync(Emptied(shop, page, result.At), cancellationToken);
            result = result with { Deliveries = result.Deliveries + page.Count - rest.Messages.Count, UnderWay = result.UnderWay + rest.Messages.Count };
            // What was erased has no recipient any more, so the list begins anew after what is left.
            query = query with
            {
                After = rest.Messages.Count > 0 ? rest.Messages[^1] : null,
            };
        } while (page.Count == Batch);

        return result;
    }

    private async Task<ErasureResult> ContactAsync(string shop, ContactPoint point, ErasureResult result, CancellationToken cancellationToken)
    {
        var (_, isChanged) = await book.ChangeAsync(
            shop,
            point,
            known =>
                known.ErasedAt is not null && known.Point is null
                    ? null
                    : new ContactChange
                    {
                        Contact = PersonalData.Erase(known, result.At),
                        Consents = [Refusal(result.At)],
                        DropsEvidence = true,
                    },
            cancellationToken
        );
        return isChanged ? result with { Contacts = result.Contacts + 1 } : result;
    }

    private static ErasureBatch Emptied(string shop, IReadOnlyList<MessageDelivery> deliveries, DateTimeOffset at) =>
        new()
        {
            Shop = shop,
            At = at,
            Messages = [.. deliveries.Select(delivery => delivery.Message).Where(message => !message.IsErased).Select(PersonalData.Erase)],
        };

    private static ConsentRecord Refusal(DateTimeOffset at) =>
        new()
        {
            Purpose = MessageClass.Marketing,
            Granted = false,
            At = at,
            Source = ConsentSource.Erasure,
        };

    private static List<ContactPoint> Check(string shop, IReadOnlyList<ContactPoint> points)
    {
        if (points.Count == 0)
        {
            throw new ArgumentException("Name at least one contact point of the person.", nameof(points));
        }

        foreach (var point in points)
        {
            ContactDesk.Check(shop, point);
        }

        return [.. points.Select(point => point.Canonical()).Distinct()];
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "A person of shop {Shop} was erased by {Operator}: {Orders} orders, {Tickets} tickets, {Deliveries} messages, {Events} events, {Contacts} contacts; {UnderWay} under way."
    )]
    private partial void LogErased(string shop, string @operator, int orders, int tickets, int deliveries, int events, int contacts, int underWay);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shop {Shop} was forgotten by {Operator}: {Rows} rows; {UnderWay} under way.")]
    private partial void LogForgotten(string shop, string @operator, long rows, int underWay);
}
