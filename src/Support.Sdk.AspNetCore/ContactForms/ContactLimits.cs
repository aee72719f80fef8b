using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Support.Sdk.AspNetCore.ContactForms;

/// <summary>Counts what is written, by address and by shop.</summary>
internal sealed class ContactLimits(ContactFormOptions options) : IDisposable
{
    private const int Ipv6NetworkBytes = 8;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _addressPause = options.AddressWindow / options.MessagesPerAddress;
    private readonly TimeSpan _shopPause = Minute / options.MessagesPerShopAndMinute;
    private readonly PartitionedRateLimiter<string> _addresses = Limiter(options.MessagesPerAddress, options.AddressWindow);
    private readonly PartitionedRateLimiter<string> _shops = Limiter(options.MessagesPerShopAndMinute, Minute);

    private long _robots;
    private int _isProxySuspected;

    /// <summary>Takes room for one message.</summary>
    /// <returns>How long to wait for it, or null when there was room.</returns>
    public TimeSpan? Take(string shop, IPAddress? address)
    {
        // The shop's room is looked at first and taken last: whoever is sent away for it, or for his own, takes nothing of the other.
        using var room = _shops.AttemptAcquire(shop, permitCount: 0);
        if (!room.IsAcquired)
        {
            return _shopPause;
        }

        using var own = _addresses.AttemptAcquire(Network(address));
        if (!own.IsAcquired)
        {
            return _addressPause;
        }

        using var all = _shops.AttemptAcquire(shop);
        return all.IsAcquired ? null : _shopPause;
    }

    /// <summary>The part of an address that one sender has to himself: providers hand out IPv6 networks, not addresses (RFC 6177).</summary>
    public static string Network(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return address?.MapToIPv4().ToString() ?? "";
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Ipv6NetworkBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    /// <summary>True the first time that too many came from the machine itself: a flood of warnings would hide the others.</summary>
    public bool SuspectsProxy(IPAddress? address) => (address is null || IPAddress.IsLoopback(address)) && Interlocked.Exchange(ref _isProxySuspected, 1) == 0;

    /// <summary>Counts a robot, and tells how many it were.</summary>
    public long CountRobot() => Interlocked.Increment(ref _robots);

    public void Dispose()
    {
        _addresses.Dispose();
        _shops.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(int count, TimeSpan window) =>
        PartitionedRateLimiter.Create<string, string>(
            key =>
                RateLimitPartition.GetTokenBucketLimiter(
                    key,
                    _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = count,
                        TokensPerPeriod = 1,
                        ReplenishmentPeriod = window / count,
                        QueueLimit = 0,
                    }
                ),
            StringComparer.Ordinal
        );
}
