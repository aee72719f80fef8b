using System.Collections.Concurrent;
using Support.Sdk.Deliveries;
using Xunit;

namespace Support.Sdk.Tests.Deliveries;

/// <summary>A provider that answers when the test says so.</summary>
internal sealed class GatedChannel(string name, bool idempotent, int parallelism) : IChannel, IDisposable
{
    private readonly SemaphoreSlim _begun = new(0);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _now;

    public string Name => name;

    public ChannelTraits Traits { get; } =
        new()
        {
            Idempotent = idempotent,
            Parallelism = parallelism,
            Timeout = TimeSpan.FromMinutes(5),
        };

    public Func<string, bool> IsOpenFor { get; init; } = _ => false;

    public bool MindsStopping { get; init; } = true;

    public ConcurrentQueue<string> Sent { get; } = new();

    public int MostAtOnce { get; private set; }

    public void Dispose() => _begun.Dispose();

    public void Open() => _open.TrySetResult();

    public async Task BegunAsync(int count)
    {
        for (; count > 0; count--)
        {
            await _begun.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
    {
        lock (Sent)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_now);
        }

        _begun.Release();
        if (!IsOpenFor(message.Id))
        {
            await _open.Task.WaitAsync(MindsStopping ? cancellationToken : CancellationToken.None);
        }

        Sent.Enqueue(message.Id);
        lock (Sent)
        {
            _now--;
        }

        return DeliveryResult.Accepted();
    }
}
