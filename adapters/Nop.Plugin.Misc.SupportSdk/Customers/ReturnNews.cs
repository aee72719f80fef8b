using Microsoft.Extensions.Logging;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Tasks;
using Nop.Services.Events;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>Hears of return requests. Each piece of news is one short save; what it does to a ticket is done by the schedule task.</summary>
internal sealed class ReturnNews(SupportHost host, Returns returns, EngineJournal journal)
    : IConsumer<EntityInsertedEvent<ReturnRequest>>,
        IConsumer<EntityUpdatedEvent<ReturnRequest>>
{
    // The shop numbers a request right after it has inserted it; one that never gets a number is found by the next turn.
    public Task HandleEventAsync(EntityInsertedEvent<ReturnRequest> eventMessage) =>
        string.IsNullOrEmpty(eventMessage.Entity.CustomNumber) ? Task.CompletedTask : HearAsync(eventMessage.Entity);

    public Task HandleEventAsync(EntityUpdatedEvent<ReturnRequest> eventMessage) => HearAsync(eventMessage.Entity);

    private async Task HearAsync(ReturnRequest request)
    {
        try
        {
            if (await host.FindAsync() is { } engine)
            {
                await returns.AcceptAsync(engine, request, CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            journal.Add(LogLevel.Warning, "A return request was not heard; the next turn finds it.", exception);
        }
    }
}

/// <summary>Brings the tickets of the last days' return requests up to date.</summary>
internal sealed class ReturnTurn(Returns returns, IRepository<ReturnRequest> requests, ReturnMemory memory, TimeProvider time) : ITurn
{
    private const int Most = 500;
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    public async Task RunAsync(SupportEngine engine, CancellationToken cancellationToken)
    {
        var since = (time.GetUtcNow() - Window).UtcDateTime;
        var recent = await requests
            .Table.Where(request => request.UpdatedOnUtc >= since || request.CreatedOnUtc >= since)
            .OrderByDescending(request => request.Id)
            .Take(Most)
            .ToListAsync();
        foreach (var request in recent.Where(request => !memory.IsDone(engine, request)))
        {
            await returns.FollowAsync(engine, request, cancellationToken);
        }
    }
}

/// <summary>Which return requests were followed as they stand, so that a turn does not read the same tickets every minute.</summary>
/// <remarks>A request is looked at twice: what the first look hands over, the second finds as a ticket.</remarks>
internal sealed class ReturnMemory
{
    private const int Looks = 3;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, (string Print, int Looks)> _seen = [];
    private SupportEngine? _engine;

    public bool IsDone(SupportEngine engine, ReturnRequest request)
    {
        var print = FormattableString.Invariant($"{request.ReturnRequestStatusId}/{request.UpdatedOnUtc.Ticks}");
        lock (_lock)
        {
            if (!ReferenceEquals(_engine, engine))
            {
                _seen.Clear();
                _engine = engine;
            }

            var looks = _seen.TryGetValue(request.Id, out var seen) && string.Equals(seen.Print, print, StringComparison.Ordinal) ? seen.Looks : 0;
            _seen[request.Id] = (print, looks + 1);
            return looks >= Looks;
        }
    }
}
