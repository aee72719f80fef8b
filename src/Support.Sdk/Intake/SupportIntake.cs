using Microsoft.Extensions.Logging;
using Support.Sdk.Diagnostics;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;

namespace Support.Sdk.Intake;

internal sealed partial class SupportIntake(
    SupportStart start,
    IntakeGroups groups,
    IShopDirectory shops,
    TimeProvider time,
    WakeUp wake,
    SupportTelemetry telemetry,
    ILogger<SupportIntake> logger
) : ISupportIntake
{
    public async Task<int> AcceptAsync(IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken = default)
    {
        var entries = await CheckAsync(events, cancellationToken);
        if (entries.Count == 0)
        {
            return 0;
        }

        var added = await groups.AppendAsync(entries, cancellationToken);
        telemetry.Accepted(entries, added);
        wake.Set();
        return added;
    }

    public async Task<IReadOnlyList<InboxEntry>> CheckAsync(IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        await start.EnsureAsync(cancellationToken);
        var now = time.GetUtcNow();
        var entries = new List<InboxEntry>(events.Count);
        foreach (var supportEvent in events)
        {
            entries.Add(await KnownShopAsync(EventRules.ToEntry(supportEvent, now), cancellationToken));
        }

        return entries;
    }

    // An event of an unknown shop is kept: the shop may only not be set up yet.
    private async ValueTask<InboxEntry> KnownShopAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        if (await shops.FindAsync(entry.Shop, cancellationToken) is not null)
        {
            return entry;
        }

        LogUnknownShop(entry.Shop, entry.Source);
        return entry with { State = InboxState.Parked, Reason = InboxRetry.UnknownShop };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event of the unknown shop {Shop} from {Source} is parked.")]
    private partial void LogUnknownShop(string shop, string source);
}
