using Support.Sdk.Deliveries;

namespace Support.Sdk.Orders;

/// <summary>Which storefront keeps what was told about an order, and whether it has everything.</summary>
internal sealed class WriteBackPlan(IEnumerable<IOrderWriteBack> storefronts)
{
    private readonly IReadOnlyList<IOrderWriteBack> _storefronts = [.. storefronts];

    public IOrderWriteBack? Of(string shop) => _storefronts.FirstOrDefault(storefront => storefront.Serves(shop));

    /// <summary>The order with the time of the next writing, and with none when there is nothing to write.</summary>
    public WatchedOrder Plan(WatchedOrder order, DelayAssessment assessment, DateTimeOffset now)
    {
        var isMissing = Mark(order, assessment) is { } mark && !string.Equals(mark, order.WrittenBack, StringComparison.Ordinal);
        if (!isMissing || Of(order.Key.Shop) is null)
        {
            return order.WriteBackAt is null ? order : Nothing(order, order.WrittenBack);
        }

        return RefreshClock.Set(order with { WriteBackAt = order.WriteBackAt ?? now, WriteBackWantedSince = order.WriteBackWantedSince ?? now });
    }

    /// <summary>The order with nothing to write.</summary>
    public static WatchedOrder Nothing(WatchedOrder order, string? written) =>
        RefreshClock.Set(order with { WriteBackAt = null, WriteBackWantedSince = null, WrittenBack = written });

    /// <summary>A fingerprint of what the storefront shall have, or null while the customer was told nothing.</summary>
    public static string? Mark(WatchedOrder order, DelayAssessment assessment)
    {
        var told = order
            .Notices.Where(notice => notice.State is DeliveryState.Accepted or DeliveryState.Delivered && !StaffAlerts.Is(notice.Kind))
            .Select(notice => notice.DeliveryId)
            .ToList();
        return told.Count == 0 ? null : FormattableString.Invariant($"{told.Count} {told[^1]} {assessment.Verdict}");
    }
}
