using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Reads the headers that make writes safe.</summary>
internal static class ApiHeaders
{
    public const string IdempotencyKey = "Idempotency-Key";
    private const int MaxKey = 200;
    private const int RandomBytes = 24;
    private const long ForeignVersion = -1;

    /// <summary>The id under which the act is done once.</summary>
    /// <remarks>
    /// Made of who asks, of the act and of the key, so that two people, or two acts of one, never meet under one key. Without a key it is
    /// random: what was written is found again by it.
    /// </remarks>
    public static ActKey Key(this ApiCall call)
    {
        var values = call.Request.Headers[IdempotencyKey];
        if (values.Count == 0)
        {
            return new ActKey(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)), IsRepeatable: false);
        }

        if (values is not [{ Length: > 0 and <= MaxKey } key] || !key.All(character => character is > ' ' and <= '~'))
        {
            call.Faults.Add(IdempotencyKey, $"Must be 1 to {MaxKey} visible ASCII characters, once.");
            return new ActKey("", IsRepeatable: false);
        }

        return new ActKey(Fingerprint(call.By ?? "", call.Operation.Id, key), IsRepeatable: true);
    }

    /// <summary>The version that was seen, as If-Match names it, or null when it names none. One that was never given here is none of any ticket.</summary>
    public static long? IfMatch(this ApiCall call)
    {
        var header = call.Request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return null;
        }

        if (!EntityTagHeaderValue.TryParseList(header, out var tags) || tags is not [var tag])
        {
            call.Faults.Add("If-Match", "Must be one entity tag, as an answer gave it, or *.");
            return null;
        }

        return tag.Equals(EntityTagHeaderValue.Any) ? null : ApiTag.Version(tag) ?? ForeignVersion;
    }

    private static string Fingerprint(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }
}

/// <summary>The id of an act.</summary>
/// <param name="Id">The id.</param>
/// <param name="IsRepeatable">True when the caller can ask for the same act again.</param>
internal sealed record ActKey(string Id, bool IsRepeatable);
