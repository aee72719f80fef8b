using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Support.Sdk.Shopify.Webhooks;

/// <summary>One client secret, ready to sign; may be used by several threads at once.</summary>
internal sealed class ShopifySecret(byte[] key)
{
    // To look the algorithm up and to prepare the key costs as much as to hash kilobytes, and threads wait for each other meanwhile.
    // There are never more of them than threads that hash at the same moment.
    private readonly ConcurrentBag<IncrementalHash> _idle = [];

    /// <summary>Writes the HMAC-SHA256 of the body.</summary>
    public void Sign(ReadOnlySpan<byte> body, Span<byte> signature)
    {
        var hash = _idle.TryTake(out var idle) ? idle : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(body);
        hash.GetHashAndReset(signature);
        // Whatever throws leaves it behind: half a body is never part of the next one.
        _idle.Add(hash);
    }
}
