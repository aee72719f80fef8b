namespace Support.Sdk.Shopify.Admin;

/// <summary>Lets documents through to a shop, in the order in which they came, as its points allow.</summary>
/// <remarks>Other processes may use the same points; nothing is agreed with them, the answers tell.</remarks>
internal sealed class RateGate(TimeProvider time) : IDisposable
{
    private const int MaxWaiting = 10_000;

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private readonly RateBudget _budget = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private ITimer? _timer;

    /// <summary>Waits for the points of a document.</summary>
    /// <param name="document">Its name; what it costs is remembered under it.</param>
    /// <param name="isAgain">It was throttled: it goes before those that came after it.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Gives the place in the queue up.</param>
    /// <returns>What has to be handed to <see cref="Leave"/>, or null when there were not enough points in time, or too many wait.</returns>
    public async Task<RatePass?> EnterAsync(string document, bool isAgain, TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(document);
        var place = new LinkedListNode<Waiter>(waiter);
        lock (_lock)
        {
            if (_waiting.Count == 0 && _budget.Wait(document, Now) == TimeSpan.Zero)
            {
                return new RatePass(document, _budget.Reserve(document, Now));
            }

            if (_waiting.Count >= MaxWaiting)
            {
                return null;
            }

            if (isAgain)
            {
                _waiting.AddFirst(place);
            }
            else
            {
                _waiting.AddLast(place);
            }
        }

        using var tired = new CancellationTokenSource(patience, time);
        await using var left = cancellationToken.Register(() => Abandon(place, null));
        await using var late = tired.Token.Register(() => Abandon(place, null));
        Admit();
        var pass = await waiter.Admitted.Task;
        if (pass is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return pass;
    }

    /// <summary>Tells what became of a document that was let through; called once for each.</summary>
    /// <param name="pass">What <see cref="EnterAsync"/> gave.</param>
    /// <param name="reply">The answer, or null when there was none.</param>
    public void Leave(RatePass pass, AdminReply? reply)
    {
        lock (_lock)
        {
            switch (reply)
            {
                case null or { Outcome: AdminOutcome.Lost, Cost: null }:
                    _budget.Lost(pass.Points, isSpent: reply is not { IsNotSent: true }, Now);
                    break;
                case { Outcome: AdminOutcome.Throttled }:
                    _budget.Throttled(pass.Document, pass.Points, reply.Cost, reply.RetryAfter, Now);
                    break;
                default:
                    _budget.Settle(pass.Document, pass.Points, reply.Cost, Now);
                    break;
            }
        }

        Admit();
    }

    public void Dispose() => _timer?.Dispose();

    private TimeSpan Now => time.GetElapsedTime(_start);

    private void Admit()
    {
        lock (_lock)
        {
            while (_waiting.First is { } place)
            {
                var document = place.Value.Document;
                if (_budget.Wait(document, Now) is not { } wait)
                {
                    return;
                }

                if (wait > TimeSpan.Zero)
                {
                    _timer ??= time.CreateTimer(static gate => ((RateGate)gate!).Admit(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                    _timer.Change(wait, Timeout.InfiniteTimeSpan);
                    return;
                }

                // Continued elsewhere, so nobody's work runs under the lock.
                _waiting.Remove(place);
                place.Value.Admitted.SetResult(new RatePass(document, _budget.Reserve(document, Now)));
            }
        }
    }

    private void Abandon(LinkedListNode<Waiter> place, RatePass? pass)
    {
        lock (_lock)
        {
            if (place.List is null)
            {
                return;
            }

            _waiting.Remove(place);
            place.Value.Admitted.SetResult(pass);
        }

        Admit();
    }

    private sealed class Waiter(string document)
    {
        public string Document { get; } = document;

        public TaskCompletionSource<RatePass?> Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>The points of a document that was let through.</summary>
/// <param name="Document">Its name.</param>
/// <param name="Points">How many.</param>
internal sealed record RatePass(string Document, double Points);
