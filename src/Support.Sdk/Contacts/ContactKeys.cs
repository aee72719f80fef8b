using System.Security.Cryptography;
using System.Text;

namespace Support.Sdk.Contacts;

/// <summary>Names contacts by a keyed hash: only who has both the installation's key and an address can tell whether it is known.</summary>
internal sealed class ContactKeys(byte[] installationKey)
{
    private const int Length = 16;
    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, installationKey, 32, info: "support-contacts"u8.ToArray());

    public string Of(string shop, ContactPoint point)
    {
        var (channel, value) = point.Canonical();
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        // Each part carries its length, so that no two contact points run together into one text.
        writer.Write(shop);
        writer.Write(channel);
        writer.Write(value);
        writer.Flush();
        return Convert.ToHexStringLower(HMACSHA256.HashData(_key, stream.ToArray()).AsSpan(0, Length));
    }
}
