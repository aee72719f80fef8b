using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using static Support.Sdk.Testing.Storefronts.StorefrontProbe;

namespace Support.Sdk.Testing.Storefronts;

/// <summary>What was told is written once. An adapter that writes nothing has nothing to prove.</summary>
internal static class WriteBackRules
{
    public static IReadOnlyList<StorefrontRule> All { get; } =
    [
        new("What was told is written", WrittenAsync),
        new("What was written is not written again", OnceAsync),
        new("What is told later is written too", LaterAsync),
        new("A storefront that is away is an exception for the one who writes", AwayAsync),
    ];

    private static Task WrittenAsync(StorefrontProbe probe) =>
        WithAsync(
            probe,
            async (writeBack, order) =>
            {
                var before = await CountAsync(probe);
                await WriteAsync(probe, writeBack, order);
                Require(await CountAsync(probe) > before, "Nothing was written about a delay that the customer was told.");
            }
        );

    private static Task OnceAsync(StorefrontProbe probe) =>
        WithAsync(
            probe,
            async (writeBack, order) =>
            {
                await WriteAsync(probe, writeBack, order);
                var before = await CountAsync(probe);
                await WriteAsync(probe, writeBack, order);
                Require(await CountAsync(probe) == before, "The same was written twice. Read what is there, and write what is missing.");
            }
        );

    private static Task LaterAsync(StorefrontProbe probe) =>
        WithAsync(
            probe,
            async (writeBack, order) =>
            {
                await WriteAsync(probe, writeBack, order);
                var before = await CountAsync(probe);
                await WriteAsync(probe, writeBack, order with { Notices = [.. order.Notices, Notice("second", order.Notices[0].DecidedAt.AddDays(2))] });
                Require(await CountAsync(probe) > before, "A second notice was not written.");
            }
        );

    private static Task AwayAsync(StorefrontProbe probe) =>
        WithAsync(
            probe,
            async (writeBack, order) =>
            {
                if (probe.Target.TakeAwayAsync is not { } takeAway)
                {
                    return;
                }

                await takeAway(true);
                try
                {
                    await WriteAsync(probe, writeBack, order);
                    throw new ConformanceException("WriteAsync returned although the storefront cannot be reached. Throw: the engine tries again.");
                }
                catch (Exception exception) when (exception is not ConformanceException)
                {
                    // As it should be.
                }
                finally
                {
                    await takeAway(false);
                }
            }
        );

    private static async Task WithAsync(StorefrontProbe probe, Func<IOrderWriteBack, WatchedOrder, Task> check)
    {
        if (probe.Target.WriteBack is not { } writeBack)
        {
            return;
        }

        Require(writeBack.Serves(probe.Target.Shop), $"WriteBack.Serves(\"{probe.Target.Shop}\") is false.");
        var key = await probe.PlaceAsync();
        var snapshot = await probe.ReadAsync(key);
        await check(
            writeBack,
            new WatchedOrder
            {
                Key = key,
                Snapshot = snapshot,
                FirstSeenAt = snapshot.PlacedAt,
                Notices = [Notice("first", snapshot.PlacedAt.AddDays(3))],
            }
        );
    }

    private static Task WriteAsync(StorefrontProbe probe, IOrderWriteBack writeBack, WatchedOrder order) =>
        writeBack.WriteAsync(order, new DelayAssessment { Verdict = DelayVerdict.Late }, probe.CancellationToken);

    private static Notice Notice(string id, DateTimeOffset at) =>
        new()
        {
            DeliveryId = $"delivery-{id}",
            Occasion = NoticeKinds.OrderDelayed,
            Kind = NoticeKinds.OrderDelayed,
            DecidedAt = at,
            NewDate = PromiseDate.On(DateOnly.FromDateTime(at.UtcDateTime).AddDays(5)),
            State = DeliveryState.Accepted,
        };

    private static Task<int> CountAsync(StorefrontProbe probe) =>
        probe.Target.CountWritesAsync?.Invoke()
        ?? throw new ConformanceException("StorefrontUnderTest.CountWritesAsync is not set. Without it nobody can tell whether anything was written twice.");
}
