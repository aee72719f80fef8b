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

    public async Task RunAsync(SupportEngine engine, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var look = memory.Begin(engine, now);
        var (since, again) = (look.Since.UtcDateTime, look.Again);
        var found = await requests
            .Table.Where(request => request.UpdatedOnUtc >= since || request.CreatedOnUtc >= since || again.Contains(request.Id))
            .OrderByDescending(request => request.Id)
            .Take(Most)
            .ToListAsync();
        foreach (var request in found.Where(request => !memory.IsDone(request)))
        {
            await returns.FollowAsync(engine, request, cancellationToken);
        }

        memory.End(look, now);
    }
}

/// <summary>What a turn reads.</summary>
/// <param name="Since">The requests that were made or changed since then.</param>
/// <param name="Again">Those that are not done with, whenever they changed.</param>
/// <param name="IsWhole">Whether that is all that can still change.</param>
internal sealed record ReturnLook(DateTimeOffset Since, IReadOnlyList<int> Again, bool IsWhole);

/// <summary>Which return requests were followed as they stand, so that a turn does not read the same ones every minute.</summary>
/// <remarks>
/// A request is looked at more than once: what the first look hands over, the second finds as a ticket. Not every change dates its request, so that all
/// of the last days are read again every hour.
/// </remarks>
internal sealed class ReturnMemory
{
    private const int Looks = 3;
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);
    private static readonly TimeSpan Whole = TimeSpan.FromHours(1);

    // The clocks of two servers differ, and a change is seen only when it is committed.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, (string Print, int Looks)> _seen = [];
    private SupportEngine? _engine;
    private DateTimeOffset _readAt;
    private DateTimeOffset _wholeAt;

    public ReturnLook Begin(SupportEngine engine, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_engine, engine))
            {
                _seen.Clear();
                (_engine, _readAt, _wholeAt) = (engine, default, default);
            }

            var isWhole = now - _wholeAt >= Whole;
            var again = _seen.Where(one => one.Value.Looks < Looks).Select(one => one.Key).ToList();
            return new ReturnLook(isWhole ? now - Window : _readAt - Overlap, again, isWhole);
        }
    }

    public bool IsDone(ReturnRequest request)
    {
        var print = FormattableString.Invariant($"{request.ReturnRequestStatusId}/{request.UpdatedOnUtc.Ticks}");
        lock (_lock)
        {
            var looks = _seen.TryGetValue(request.Id, out var seen) && string.Equals(seen.Print, print, StringComparison.Ordinal) ? seen.Looks : 0;
            _seen[request.Id] = (print, looks + 1);
            return looks >= Looks;
        }
    }

    /// <summary>All of it was followed; a turn that is cut short reads the same again.</summary>
    public void End(ReturnLook look, DateTimeOffset now)
    {
        lock (_lock)
        {
            (_readAt, _wholeAt) = (now, look.IsWhole ? now : _wholeAt);
        }
    }
}
