namespace Support.Sdk.Shopify.Admin;

/// <summary>What is known of a shop's points: what may be sent now, and how long the next document has to wait.</summary>
/// <remarks>
/// The shop takes what a document could cost before it runs it, and gives back what it did not take. So what is sent is reserved here at
/// its full cost. Each answer says how many points there are, and those that others took are missing from it. What is reserved for
/// documents on the way may or may not be counted in it yet: the truth lies between the two, and the own count is kept between them too.
/// Not safe for several threads.
/// </remarks>
internal sealed class RateBudget
{
    // The cost of the dearest document there can be. One that was never sent goes alone, and its answer tells.
    private const double UnknownCost = 1000;
    private const double Slack = 1e-6;

    // What was heard longer ago says little about what others left.
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, double> _costs = new(StringComparer.Ordinal);
    private double _maximum = 1000;
    private double _restoreRate = 50;
    private double _available = 1000;
    private double _reserved;
    private int _underway;
    private double _marginSeconds = 1;
    private int _throttles;
    private TimeSpan _at;
    private TimeSpan _heardAt = TimeSpan.FromDays(-1);
    private TimeSpan _closedUntil;

    // One second's points lie between our clock and the shop's. More are left where others were quicker; the bucket only must not overflow
    // meanwhile, so what is left in it costs no throughput.
    private double Margin => Math.Min(_restoreRate * _marginSeconds, _maximum / 2);

    /// <summary>How long a document has to wait: zero when it may go, null when it has to wait for an answer.</summary>
    public TimeSpan? Wait(string document, TimeSpan now)
    {
        Restore(now);
        if (now < _closedUntil)
        {
            return _closedUntil - now;
        }

        if (_underway > 0 && (now - _heardAt > FreshFor || !_costs.ContainsKey(document)))
        {
            return null;
        }

        var missing = Math.Min(Cost(document) + Margin, _maximum) - _available;
        return missing <= Slack ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(missing / _restoreRate * 1000));
    }

    /// <summary>Takes the points of a document that is sent now.</summary>
    /// <returns>How many; they are given back with <see cref="Settle"/>, <see cref="Throttled"/> or <see cref="Lost"/>.</returns>
    public double Reserve(string document, TimeSpan now)
    {
        Restore(now);
        var cost = Cost(document);
        _available -= cost;
        _reserved += cost;
        _underway++;
        return cost;
    }

    /// <summary>A document was run.</summary>
    public void Settle(string document, double reserved, RateCost? cost, TimeSpan now)
    {
        GiveBack(reserved, now);
        _throttles = 0;
        _heardAt = now;
        _marginSeconds = Math.Max(1, _marginSeconds * 0.999);
        if (cost is null)
        {
            _costs.TryAdd(document, 0);
            _available = Math.Min(_available + reserved, _maximum);
            return;
        }

        Learn(document, cost.Requested);
        Believe(cost, _available + reserved - cost.Actual);
    }

    /// <summary>A document was not run, for want of points: nothing goes for a while.</summary>
    public void Throttled(string document, double reserved, RateCost? cost, TimeSpan? retryAfter, TimeSpan now)
    {
        GiveBack(reserved, now);
        _available = Math.Min(_available + reserved, _maximum);
        var pause = LeastPause * Math.Pow(2, Math.Min(_throttles++, 10));
        _marginSeconds *= 3;
        if (cost is not null)
        {
            _heardAt = now;
            Learn(document, cost.Requested);
            Believe(cost, cost.Available);
        }

        pause = retryAfter is { } asked && asked > pause ? asked : pause;
        var until = now + (pause < MostPause ? pause : MostPause);
        _closedUntil = until > _closedUntil ? until : _closedUntil;
        _marginSeconds = Math.Min(_marginSeconds, _maximum / 2 / _restoreRate);
    }

    /// <summary>There was no answer. When nobody knows whether the document was run, its points are gone.</summary>
    public void Lost(double reserved, bool isSpent, TimeSpan now)
    {
        GiveBack(reserved, now);
        if (!isSpent)
        {
            _available = Math.Min(_available + reserved, _maximum);
        }
    }

    private double Cost(string document) => Math.Min(_costs.GetValueOrDefault(document, Math.Min(UnknownCost, _maximum / 2)), _maximum);

    private void GiveBack(double reserved, TimeSpan now)
    {
        Restore(now);
        _reserved -= reserved;
        _underway--;
    }

    // The same document costs more for a larger page: up at once, and down slowly.
    private void Learn(string document, double requested)
    {
        if (requested > 0)
        {
            var known = _costs.GetValueOrDefault(document, requested);
            _costs[document] = Math.Max(requested, known - ((known - requested) / 8));
        }
    }

    private void Believe(RateCost cost, double own)
    {
        _maximum = cost.Maximum;
        _restoreRate = cost.RestoreRate;
        _available = Math.Min(Math.Max(own, cost.Available - _reserved), cost.Available);
    }

    private void Restore(TimeSpan now)
    {
        if (now > _at)
        {
            _available = Math.Min(_available + ((now - _at).TotalSeconds * _restoreRate), _maximum);
            _at = now;
        }
    }
}
