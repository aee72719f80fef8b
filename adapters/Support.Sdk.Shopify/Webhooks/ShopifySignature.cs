using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Support.Sdk.Shopify.Webhooks;

/// <summary>Proves which shop a body comes from: the signature is the HMAC-SHA256 of the raw body under the app's client secret, in Base64.</summary>
/// <remarks>
/// See https://shopify.dev/docs/apps/build/webhooks/subscribe/https. While a client secret is changed, Shopify signs with either for up to an hour.
/// </remarks>
internal sealed class ShopifySignature
{
    // 32 bytes in Base64, padded.
    private const int Length = 44;

    private readonly FrozenDictionary<string, SignedShop> _shops;
    private readonly ShopifySecret[] _nobody;

    public ShopifySignature(ShopifyOptions options)
    {
        // Every shop, known or not, costs as many hashes: the time does not tell which domains exist here.
        var rounds = options.Shops.Values.Max(shop => shop.ClientSecrets.Count);
        _shops = options
            .Shops.Select(shop => new SignedShop(
                shop.Key,
                shop.Value.Domain.ToLowerInvariant(),
                Padded(shop.Value.ClientSecrets.Select(Encoding.UTF8.GetBytes), rounds)
            ))
            .ToFrozenDictionary(shop => shop.Domain, StringComparer.OrdinalIgnoreCase);
        _nobody = Padded([], rounds);
    }

    /// <summary>The shop of this domain, when one of its secrets signed the body; else null.</summary>
    public SignedShop? Prove(string? domain, string signature, ReadOnlySpan<byte> body)
    {
        var shop = domain is null ? null : _shops.GetValueOrDefault(domain);
        return IsSigned(signature, body, shop?.Secrets ?? _nobody) ? shop : null;
    }

    // The texts are compared, not what they decode to: there is one way to write a signature, and blanks or another alphabet are not it.
    // Every secret is compared, so that the time tells nothing about which one fits, or how far.
    private static bool IsSigned(string signature, ReadOnlySpan<byte> body, ShopifySecret[] secrets)
    {
        if (signature.Length != Length)
        {
            return false;
        }

        Span<byte> given = stackalloc byte[Length];
        Span<byte> expected = stackalloc byte[Length];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        // What is not ASCII becomes a question mark, which is not Base64.
        Encoding.ASCII.GetBytes(signature, given);
        var isSigned = false;
        foreach (var secret in secrets)
        {
            secret.Sign(body, hash);
            Base64.EncodeToUtf8(hash, expected, out _, out _);
            isSigned |= CryptographicOperations.FixedTimeEquals(expected, given);
        }

        return isSigned;
    }

    private static ShopifySecret[] Padded(IEnumerable<byte[]> keys, int rounds)
    {
        ShopifySecret[] known = [.. keys.Select(key => new ShopifySecret(key))];
        return
        [
            .. known,
            .. Enumerable.Range(0, rounds - known.Length).Select(_ => new ShopifySecret(RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes))),
        ];
    }
}

/// <summary>A shop, and the secrets that sign for it.</summary>
internal sealed record SignedShop(string Id, string Domain, ShopifySecret[] Secrets);
