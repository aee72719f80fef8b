using System.Net;
using System.Net.Sockets;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>How many messages are taken: of one address, and of all together.</summary>
internal sealed class PostLimits(TimeProvider time)
{
    private const int OfAddress = 6;
    private const int OfAll = 300;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private DateTimeOffset _ends;
    private int _all;

    /// <summary>Takes room for one message.</summary>
    /// <returns>False when there is none before the present ten minutes are over.</returns>
    public bool Take(string? address)
    {
        var key = Network(address);
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now >= _ends)
            {
                (_ends, _all) = (now + Window, 0);
                _counts.Clear();
            }

            var own = _counts.GetValueOrDefault(key);
            if (own >= OfAddress || _all >= OfAll)
            {
                return false;
            }

            _counts[key] = own + 1;
            _all++;
            return true;
        }
    }

    // Providers hand out IPv6 networks, not addresses (RFC 6177).
    private static string Network(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed) || parsed is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return parsed?.MapToIPv4().ToString() ?? "";
        }

        var bytes = parsed.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
