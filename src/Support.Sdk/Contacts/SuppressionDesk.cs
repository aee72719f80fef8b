using Microsoft.Extensions.Logging;
using Support.Sdk.Sweep;

namespace Support.Sdk.Contacts;

internal sealed partial class SuppressionDesk(
    SupportStart start,
    ContactBook book,
    IContactStore store,
    WaitingMessages waiting,
    ContactOrders orders,
    TimeProvider time,
    WakeUp wake,
    ILogger<SuppressionDesk> logger
) : ISuppressionDesk
{
    private const int Batch = 200;

    public async Task<int> SuppressAsync(string shop, IReadOnlyList<ContactPoint> points, string by, string why, CancellationToken cancellationToken = default)
    {
        Check(by, why);
        foreach (var point in points)
        {
            ContactDesk.Check(shop, point);
        }

        var act = new ContactAct
        {
            At = time.GetUtcNow(),
            By = by,
            Why = why,
        };
        var closed = 0;
        foreach (var batch in points.Select(point => point.Canonical()).Distinct().Chunk(Batch))
        {
            closed += await SuppressAsync(shop, batch, act, cancellationToken);
            foreach (var point in batch)
            {
                await waiting.SupersedeAsync(shop, point, _ => true, "The customer's address is on the shop's suppression list.", cancellationToken);
            }
        }

        LogSuppressed(closed, shop, by);
        wake.Set();
        return closed;
    }

    public async Task<bool> RestoreAsync(string shop, ContactPoint point, string by, string why, CancellationToken cancellationToken = default)
    {
        Check(by, why);
        ContactDesk.Check(shop, point);
        var act = new ContactAct
        {
            At = time.GetUtcNow(),
            By = by,
            Why = why,
        };
        var (contact, isChanged) = await book.ChangeAsync(shop, point, known => Restored(known, act), cancellationToken);
        if (isChanged)
        {
            LogRestored(contact.Key, shop, by);
            await orders.FallDueAsync(shop, point, cancellationToken);
            wake.Set();
        }

        return isChanged;
    }

    public async Task<IReadOnlyList<Contact>> ListAsync(string shop, int max = 100, string? after = null, CancellationToken cancellationToken = default)
    {
        await start.EnsureAsync(cancellationToken);
        return await store.SuppressedAsync(shop, max, after, cancellationToken);
    }

    private async Task<int> SuppressAsync(string shop, ContactPoint[] points, ContactAct act, CancellationToken cancellationToken)
    {
        var keys = (await start.EnsureAsync(cancellationToken)).Contacts;
        var byKey = points.ToDictionary(point => keys.Of(shop, point), StringComparer.Ordinal);
        var found = (await store.FindAsync(shop, [.. byKey.Keys], cancellationToken)).ToDictionary(contact => contact.Key, StringComparer.Ordinal);
        var changes = byKey
            .Select(pair => Suppressed(found.GetValueOrDefault(pair.Key) ?? New(shop, pair.Key, pair.Value), act))
            .OfType<ContactChange>()
            .ToList();
        var lost = await store.SaveAsync(changes, cancellationToken);
        var closed = changes.Count - lost.Count;
        foreach (var key in lost)
        {
            var (_, isChanged) = await book.ChangeAsync(shop, byKey[key], known => Suppressed(known, act), cancellationToken);
            closed += isChanged ? 1 : 0;
        }

        return closed;
    }

    // An erased contact stays a hash: the list needs no address to be kept.
    private static ContactChange? Suppressed(Contact known, ContactAct act) =>
        known.Suppressed is null ? new ContactChange { Contact = known with { Suppressed = act } } : null;

    private static Contact New(string shop, string key, ContactPoint point) =>
        new()
        {
            Shop = shop,
            Key = key,
            Point = point,
        };

    private static ContactChange? Restored(Contact known, ContactAct act) =>
        known is { Suppressed: null, Health: ContactHealth.Fine, SoftBounces: 0 }
            ? null
            : new ContactChange
            {
                Contact = known with { Suppressed = null, Restored = act, Health = ContactHealth.Fine, HealthSince = null, SoftBounces = 0 },
            };

    private static void Check(string by, string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} contacts of shop {Shop} were suppressed by {Operator}.")]
    private partial void LogSuppressed(int count, string shop, string @operator);

    [LoggerMessage(Level = LogLevel.Information, Message = "Contact {Contact} of shop {Shop} was restored by {Operator}.")]
    private partial void LogRestored(string contact, string shop, string @operator);
}
