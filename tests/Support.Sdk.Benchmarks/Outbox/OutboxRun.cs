using System.Diagnostics;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>Measures one side: from the first enqueued message until the last one has arrived.</summary>
internal sealed class OutboxRun(IOutboxSide side, Arrivals arrivals)
{
    private const int Batch = 100;
    private const int Writers = 8;
    private int _next;

    /// <summary>Messages a second, written and delivered side by side; single ones by eight writers.</summary>
    public async Task<double> FlowAsync(int messages, int perTransaction)
    {
        arrivals.Expect(messages);
        var watch = Stopwatch.StartNew();
        await EnqueueAsync(messages, perTransaction);
        await arrivals.AllAsync();
        return messages / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Messages a second, delivered after all of them were written.</summary>
    public async Task<double> DrainAsync(int messages)
    {
        if (side is not IDrainSide drain)
        {
            throw new InvalidOperationException("The delivery of this side cannot be held up.");
        }

        await drain.PauseAsync();
        arrivals.Expect(messages);
        await EnqueueAsync(messages, Batch);
        var watch = Stopwatch.StartNew();
        await drain.ResumeAsync();
        await arrivals.AllAsync();
        return messages / watch.Elapsed.TotalSeconds;
    }

    private async Task EnqueueAsync(int messages, int perTransaction)
    {
        var first = _next;
        var end = _next += messages;
        var writers = Enumerable
            .Range(0, perTransaction == 1 ? Writers : 1)
            .Select(async _ =>
            {
                while (Interlocked.Add(ref first, perTransaction) is var next && next - perTransaction < end)
                {
                    var from = next - perTransaction;
                    await side.EnqueueAsync(from, Math.Min(perTransaction, end - from));
                }
            });
        await Task.WhenAll(writers.ToList());
    }
}
