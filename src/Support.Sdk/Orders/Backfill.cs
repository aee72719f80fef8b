using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Support.Sdk.Intake;
using Support.Sdk.Storefronts;

namespace Support.Sdk.Orders;

/// <summary>Lists what changed at the order sources, for what no webhook said: shop by shop, one process at a time, with an overlap.</summary>
internal sealed partial class Backfill(
    IEnumerable<IOrderSource> sources,
    IStateStore states,
    ISupportIntake intake,
    TimeProvider time,
    ILogger<Backfill> logger
)
{
    /// <summary>How often a shop is listed, and how long a process may be silent before another one takes over.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    // Three that fail cost no turn.
    private static readonly TimeSpan Sign = Interval / 4;

    // A source stamps a change a little before it lists it, and a bulk reading takes its time.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);
    private const string Name = "orders/changed";
    private const int Batch = 100;
    private const int MostRemembered = 10_000;

    private readonly IReadOnlyList<IOrderSource> _sources = [.. sources];
    private readonly ConcurrentDictionary<string, Dictionary<OrderKey, string>> _handed = new(StringComparer.Ordinal);

    /// <summary>The shops that can be listed, as they are now, each with its source.</summary>
    public IReadOnlyDictionary<string, IOrderSource> Shops =>
        _sources
            .SelectMany(source => source.ListedShops, (source, shop) => (source, shop))
            .DistinctBy(one => one.shop, StringComparer.Ordinal)
            .ToDictionary(one => one.shop, one => one.source, StringComparer.Ordinal);

    /// <summary>Lists the shops whose turn has come.</summary>
    /// <returns>How many orders were handed over.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(Shops.Select(shop => RunAsync(shop.Key, shop.Value, cancellationToken)))).Sum();

    /// <summary>Lists one shop, if its turn has come. Only the end of the application is an error.</summary>
    /// <returns>How many orders were handed over.</returns>
    public async Task<int> RunAsync(string shop, IOrderSource source, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await TakeTurnAsync(shop, cancellationToken);
            return turn is null ? 0 : await KeepingAsync(source, turn, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A shop that is away keeps the others from nothing; what it changed meanwhile is listed when it is back.
            LogUnlisted(exception, shop, Interval);
            return 0;
        }
    }

    private async Task<int> KeepingAsync(IOrderSource source, BackfillTurn turn, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, turn.Lost);
        var keeping = KeepAsync(turn, stop.Token);
        try
        {
            return await ListAsync(source, turn, stop.Token);
        }
        catch (OperationCanceledException) when (turn.IsLost)
        {
            return 0;
        }
        finally
        {
            await stop.CancelAsync();
            await keeping;
        }
    }

    // A source may work for an hour before its first order comes.
    private async Task KeepAsync(BackfillTurn turn, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Sign, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await turn.KeepAsync(time.GetUtcNow() + Interval, stop);
            }
            catch (Exception exception)
            {
                if (!stop.IsCancellationRequested)
                {
                    LogUnkept(exception, turn.Shop);
                }
            }
        }
    }

    private async Task<int> ListAsync(IOrderSource source, BackfillTurn turn, CancellationToken cancellationToken)
    {
        var begun = time.GetUtcNow();
        var since = turn.Place.Since;
        var last = since;
        var before = _handed.GetValueOrDefault(turn.Shop) ?? [];
        var seen = new Dictionary<OrderKey, string>();
        var batch = new List<SupportEvent>(Batch);
        var total = 0;
        var isStamped = true;
        try
        {
            await foreach (var snapshot in source.ChangedSinceAsync(turn.Shop, since - Overlap, cancellationToken).WithCancellation(cancellationToken))
            {
                // The reading is as old as its beginning.
                var order = snapshot with
                {
                    ReadAt = begun,
                    EventId = null,
                    Source = "backfill",
                };
                last = Moments.Later(last, snapshot.UpdatedAt);
                isStamped &= snapshot.UpdatedAt is not null;
                if (since is not null && seen.Count < MostRemembered)
                {
                    var print = Print(snapshot);
                    seen[order.Key] = print;
                    if (string.Equals(before.GetValueOrDefault(order.Key), print, StringComparison.Ordinal))
                    {
                        continue;
                    }
                }

                batch.Add(order);
                if (batch.Count == Batch)
                {
                    await HandOverAsync(batch, cancellationToken);
                    total += batch.Count;
                    batch.Clear();
                    // The first time comes in no order; cut off, it begins anew.
                    if (!await turn.MoveAsync(since is null ? null : last, time.GetUtcNow() + Interval, cancellationToken))
                    {
                        return total;
                    }
                }
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What was read is no worse for what could not be.
            await HandOverAsync(batch, cancellationToken);
            throw;
        }

        await HandOverAsync(batch, cancellationToken);
        _handed[turn.Shop] = seen;
        // What changed while the first reading went on may have been read before it changed.
        var next = since is null ? (last ?? begun) - (time.GetUtcNow() - begun) : (isStamped ? last : begun);
        await turn.MoveAsync(next, begun + Interval, cancellationToken);
        LogListed(turn.Shop, total + batch.Count);
        return total + batch.Count;
    }

    private async Task HandOverAsync(List<SupportEvent> orders, CancellationToken cancellationToken)
    {
        while (orders.Count > 0)
        {
            try
            {
                await intake.AcceptAsync(orders, cancellationToken);
                return;
            }
            catch (IntakeBusyException busy)
            {
                await Task.Delay(busy.RetryAfter, time, cancellationToken);
            }
        }
    }

    private async Task<BackfillTurn?> TakeTurnAsync(string shop, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var entry = await states.FindAsync(shop, Name, cancellationToken) ?? new StateEntry { Shop = shop, Name = Name };
        var place = entry.Value is null ? new BackfillPlace() : JsonSerializer.Deserialize(entry.Value, BackfillJson.Default.BackfillPlace)!;
        if (place.NextAt > now)
        {
            return null;
        }

        var turn = new BackfillTurn(states, entry, place);
        if (await turn.MoveAsync(place.Since, now + Interval, cancellationToken))
        {
            return turn;
        }

        turn.Dispose();
        return null;
    }

    // The same facts as the last time need not come in again; others do, even under the same stamp.
    private static string Print(OrderSnapshot snapshot) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(SupportJson.Write(snapshot with { ReadAt = null }))));

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} orders of shop {Shop} were listed as changed.")]
    private partial void LogListed(string shop, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The orders of shop {Shop} could not be listed; the next time is in {Pause}.")]
    private partial void LogUnlisted(Exception exception, string shop, TimeSpan pause);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "That the orders of shop {Shop} are still being listed could not be saved; another process may begin as well."
    )]
    private partial void LogUnkept(Exception exception, string shop);
}
