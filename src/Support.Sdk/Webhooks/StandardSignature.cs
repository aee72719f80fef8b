using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Support.Sdk.Webhooks;

/// <summary>
/// Proves a request by the convention of Standard Webhooks (https://www.standardwebhooks.com): <c>webhook-signature</c> holds
/// <c>v1,BASE64</c> of the HMAC-SHA256 of <c>webhook-id</c>, <c>webhook-timestamp</c> and the raw body, joined by dots.
/// </summary>
internal static class StandardSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimeHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string Scheme = "v1,";
    private const int MaxId = 200;
    private const int MaxTime = 19;
    private const int MaxSignatures = 10;
    private const int MaxSignatureHeader = 1000;

    /// <summary>Why the request is not proven, or null when it is.</summary>
    public static string? Fault(WebhookRequest request, IReadOnlyList<byte[]> keys, TimeSpan window)
    {
        // A dot would leave open where the id ends and the time begins.
        if (request.Header(IdHeader) is not { Length: > 0 and <= MaxId } id || !id.All(one => one is > ' ' and < '\u007f' and not '.'))
        {
            return $"The header {IdHeader} is missing, or is not one value of 1 to {MaxId} visible ASCII characters without a dot.";
        }

        if (
            request.Header(TimeHeader) is not { Length: > 0 and <= MaxTime } time
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        )
        {
            return $"The header {TimeHeader} is missing, or is not one number of seconds since 1970 (date +%s).";
        }

        if (request.Header(SignatureHeader) is not { Length: > 0 and <= MaxSignatureHeader } signatures)
        {
            return $"The header {SignatureHeader} is missing, or is not one value of at most {MaxSignatureHeader} characters.";
        }

        // The time is not worth more than the signature under it, so its verdict comes last.
        var isProven = IsProven($"{id}.{time}.", request.Body.Span, signatures, keys);
        return !isProven ? "The signature does not belong to this id, time and body."
            : !IsRecent(seconds, request.ReceivedAt, window) ? "The signature is too old, or from the future. Compare the clocks of both sides."
            : null;
    }

    private static bool IsRecent(long seconds, DateTimeOffset now, TimeSpan window)
    {
        // Subtracted as a decimal: a number that is no time must not overflow.
        var apart = Math.Abs((decimal)now.ToUnixTimeMilliseconds() - (seconds * 1000m));
        return apart <= (decimal)window.TotalMilliseconds;
    }

    private static bool IsProven(string prefix, ReadOnlySpan<byte> body, string signatures, IReadOnlyList<byte[]> keys)
    {
        var signed = ArrayPool<byte>.Shared.Rent(prefix.Length + body.Length);
        try
        {
            var length = Encoding.ASCII.GetBytes(prefix, signed);
            body.CopyTo(signed.AsSpan(length));
            return IsProven(signed.AsSpan(0, length + body.Length), Read(signatures), keys);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(signed);
        }
    }

    // Every secret is compared with every signature, so that the time tells nothing about which one fits, or how far.
    private static bool IsProven(ReadOnlySpan<byte> signed, List<byte[]> signatures, IReadOnlyList<byte[]> keys)
    {
        var isProven = false;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var key in keys)
        {
            HMACSHA256.HashData(key, signed, expected);
            foreach (var signature in signatures)
            {
                isProven |= CryptographicOperations.FixedTimeEquals(expected, signature);
            }
        }

        return isProven;
    }

    // Other schemes may stand beside v1 and are passed over.
    private static List<byte[]> Read(string header)
    {
        var signatures = new List<byte[]>(1);
        foreach (var range in header.AsSpan().Split(' '))
        {
            var one = header.AsSpan()[range];
            var bytes = new byte[HMACSHA256.HashSizeInBytes];
            if (
                one.StartsWith(Scheme, StringComparison.Ordinal)
                && Convert.TryFromBase64Chars(one[Scheme.Length..], bytes, out var length)
                && length == bytes.Length
                && signatures.Count < MaxSignatures
            )
            {
                signatures.Add(bytes);
            }
        }

        return signatures;
    }
}
