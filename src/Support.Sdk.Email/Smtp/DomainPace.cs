namespace Support.Sdk.Email.Smtp;

/// <summary>Gives every mail of a domain a moment of its own, so many a minute; a mail that comes back at its moment passes.</summary>
/// <remarks>Kept in memory: after a restart the moments are given out anew. Safe for several threads.</remarks>
internal sealed class DomainPace(EmailOptions options)
{
    // A mail that never came back, because its order was decided anew, gives its moment up.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private readonly Dictionary<string, DateTimeOffset> _next = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DateTimeOffset> _moments = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private DateTimeOffset _cleanAt;

    /// <summary>Tells how long a mail has to wait; zero when it may go now.</summary>
    public TimeSpan Wait(string id, string domain, DateTimeOffset now)
    {
        if (PerMinute(domain) is not { } perMinute)
        {
            return TimeSpan.Zero;
        }

        lock (_lock)
        {
            Forget(now);
            if (_moments.TryGetValue(id, out var moment))
            {
                if (moment > now)
                {
                    return moment - now;
                }

                _moments.Remove(id);
                return TimeSpan.Zero;
            }

            var free = _next.TryGetValue(domain, out var next) && next > now ? next : now;
            _next[domain] = free + (TimeSpan.FromMinutes(1) / perMinute);
            if (free > now)
            {
                _moments[id] = free;
            }

            return free - now;
        }
    }

    private int? PerMinute(string domain) => options.DomainsPerMinute.TryGetValue(domain, out var own) ? own : options.MaxPerDomainAndMinute;

    private void Forget(DateTimeOffset now)
    {
        if (now < _cleanAt)
        {
            return;
        }

        _cleanAt = now + Kept;
        foreach (var (id, moment) in _moments)
        {
            if (moment < now - Kept)
            {
                _moments.Remove(id);
            }
        }

        foreach (var (domain, moment) in _next)
        {
            if (moment < now)
            {
                _next.Remove(domain);
            }
        }
    }
}
