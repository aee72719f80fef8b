using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Support.Sdk.Links;

/// <summary>Seals into a form when it was shown, what for, and a random id, so that whoever sends it back can change none of them.</summary>
/// <remarks>It is signed and not encrypted: whoever has the form may know what is in it.</remarks>
internal sealed class FormSeal(byte[] installationKey)
{
    private const int IdSize = 16;
    private const int TimeSize = sizeof(long);
    private const int MarkSize = 16;
    private const int Size = IdSize + TimeSize + MarkSize;
    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, installationKey, 32, info: "support-forms"u8.ToArray());

    /// <summary>A new stamp.</summary>
    public static FormStamp Stamp(DateTimeOffset shownAt) => new(RandomNumberGenerator.GetBytes(IdSize), shownAt);

    /// <summary>The text that goes into the form.</summary>
    /// <param name="stamp">The stamp.</param>
    /// <param name="scope">What the form is for: in another form it means nothing.</param>
    public string Seal(FormStamp stamp, string scope)
    {
        var token = new byte[Size];
        stamp.Id.CopyTo(token, 0);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(IdSize), stamp.ShownAt.ToUnixTimeMilliseconds());
        Mark(token.AsSpan(0, IdSize + TimeSize), scope).CopyTo(token.AsSpan(IdSize + TimeSize));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The stamp, or null when it was forged, damaged or made for another form.</summary>
    public FormStamp? Open(string? token, string scope)
    {
        if (token is null || token.Length > Size * 2 || !Base64Url.IsValid(token))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length != Size || !CryptographicOperations.FixedTimeEquals(bytes.AsSpan(IdSize + TimeSize), Mark(bytes.AsSpan(0, IdSize + TimeSize), scope)))
        {
            return null;
        }

        // Only what this class wrote itself comes here.
        return new FormStamp(bytes[..IdSize], DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(IdSize))));
    }

    private byte[] Mark(ReadOnlySpan<byte> stamp, string scope)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(stamp);
        hash.AppendData(Encoding.UTF8.GetBytes(scope));
        return hash.GetHashAndReset()[..MarkSize];
    }
}

/// <summary>When a form was shown.</summary>
/// <param name="Id">Random: this showing and no other.</param>
/// <param name="ShownAt">When; kept in whole milliseconds.</param>
internal sealed record FormStamp(byte[] Id, DateTimeOffset ShownAt);
