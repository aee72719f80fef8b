using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Sweep;

namespace Support.Sdk.Intake;

/// <summary>Lets calls that arrive while the store is busy share its next commit. A call alone goes straight through.</summary>
/// <remarks>What waits is bounded, by entries and by size: who finds no room within two seconds is sent away.</remarks>
internal sealed class IntakeGroups(IServiceProvider services, TimeProvider time)
{
    private const int MaxGroupEntries = 500;
    private const long MaxGroupLength = 8 * 1024 * 1024;
    private const int MaxWaitingEntries = 5000;
    private const long MaxWaitingLength = 32 * 1024 * 1024;

    // Senders of webhooks give up after a few seconds themselves; Shopify after five.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Queue<Call> _waiting = new();
    private readonly WakeUp _room = new(time);
    private int _entries;
    private long _length;
    private bool _isWriting;

    /// <summary>Appends entries, and returns when they are durable.</summary>
    /// <returns>How many were new.</returns>
    /// <exception cref="IntakeBusyException">There was no room for them.</exception>
    public async Task<int> AppendAsync(IReadOnlyList<InboxEntry> entries, CancellationToken cancellationToken)
    {
        var call = new Call(entries);
        if (!await _room.TryAsync(() => TryEnter(call), Patience, cancellationToken))
        {
            throw new IntakeBusyException();
        }

        await using var withdrawal = cancellationToken.UnsafeRegister(static (state, token) => ((Call)state!).Withdraw(token), call);
        return await call.Added;
    }

    private bool TryEnter(Call call)
    {
        lock (_gate)
        {
            // One call may be larger than all the room there is; it then waits alone.
            if (_entries > 0 && (_entries + call.Entries.Count > MaxWaitingEntries || _length + call.Length > MaxWaitingLength))
            {
                return false;
            }

            _entries += call.Entries.Count;
            _length += call.Length;
            _waiting.Enqueue(call);
            if (!_isWriting)
            {
                _isWriting = true;
                // The commit is shared: it must not join the transaction or the trace of whoever happened to come first.
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(WriteAsync);
                }
            }

            return true;
        }
    }

    private async Task WriteAsync()
    {
        while (Next() is { Count: > 0 } group)
        {
            await WriteAsync(group);
            lock (_gate)
            {
                _entries -= group.Sum(call => call.Entries.Count);
                _length -= group.Sum(call => call.Length);
            }

            _room.Set();
        }
    }

    private List<Call> Next()
    {
        lock (_gate)
        {
            var group = new List<Call>();
            var (entries, length) = (0, 0L);
            while (
                _waiting.TryPeek(out var call)
                && (group.Count == 0 || (entries + call.Entries.Count <= MaxGroupEntries && length + call.Length <= MaxGroupLength))
            )
            {
                group.Add(_waiting.Dequeue());
                entries += call.Entries.Count;
                length += call.Length;
            }

            _isWriting = group.Count > 0;
            return group;
        }
    }

    private async Task WriteAsync(List<Call> group)
    {
        var calls = group.FindAll(call => call.Begin());
        try
        {
            await AppendAsync(calls);
        }
        catch (Exception exception) when (calls.Count == 1)
        {
            calls[0].Fail(exception);
        }
        catch (Exception)
        {
            // One call's fault is no other's: each by itself.
            foreach (var call in calls)
            {
                await WriteAsync([call.Again()]);
            }
        }
    }

    private async Task AppendAsync(List<Call> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        // Asked for after the start has made sure that there is one.
        var store = services.GetRequiredService<IInboxStore>();
        var added = await store.AppendAsync([.. calls.SelectMany(call => call.Entries)], CancellationToken.None);
        var (first, index) = (0, 0);
        foreach (var call in calls)
        {
            var end = first + call.Entries.Count;
            var before = index;
            while (index < added.Count && added[index] < end)
            {
                index++;
            }

            call.Succeed(index - before);
            first = end;
        }
    }

    private sealed class Call(IReadOnlyList<InboxEntry> entries)
    {
        private readonly TaskCompletionSource<int> _added = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _isTaken;

        public IReadOnlyList<InboxEntry> Entries { get; } = entries;

        public long Length { get; } = entries.Sum(entry => (long)entry.Body.Length);

        public Task<int> Added => _added.Task;

        /// <summary>Takes the call for writing; false when it was withdrawn before.</summary>
        public bool Begin() => Interlocked.Exchange(ref _isTaken, 1) == 0;

        public Call Again()
        {
            _isTaken = 0;
            return this;
        }

        // Once writing has begun the events may be kept all the same; handing them over again is harmless.
        public void Withdraw(CancellationToken cancellationToken)
        {
            Interlocked.Exchange(ref _isTaken, 1);
            _added.TrySetCanceled(cancellationToken);
        }

        public void Succeed(int count) => _added.TrySetResult(count);

        public void Fail(Exception exception) => _added.TrySetException(exception);
    }
}
