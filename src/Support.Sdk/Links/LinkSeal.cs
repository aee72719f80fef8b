using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Support.Sdk.Links;

/// <summary>Seals links: AES-GCM under a nonce derived from the content, so that the same link is the same text.</summary>
internal sealed class LinkSeal
{
    private const int MaxToken = 2048;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const byte Version = 1;
    private readonly byte[] _sealing;
    private readonly byte[] _naming;
    private readonly Uri? _address;

    public LinkSeal(byte[] installationKey, Uri? address)
    {
        _sealing = HKDF.DeriveKey(HashAlgorithmName.SHA256, installationKey, 32, info: "support-links/seal"u8.ToArray());
        _naming = HKDF.DeriveKey(HashAlgorithmName.SHA256, installationKey, 32, info: "support-links/nonce"u8.ToArray());
        _address = address;
    }

    /// <summary>The link, or null when there is no public address.</summary>
    /// <param name="link">What it is made from.</param>
    /// <param name="own">The public address of its shop, or null for the installation's.</param>
    public Uri? Create(SignedLink link, Uri? own) =>
        (own ?? _address) is { } address ? new Uri($"{address.AbsoluteUri.TrimEnd('/')}/{Segment(link.Purpose)}/{Seal(link)}", UriKind.Absolute) : null;

    public string Seal(SignedLink link)
    {
        var plain = Write(link);
        var token = new byte[NonceSize + plain.Length + TagSize];
        // One nonce for one content: a repetition gives the same bytes and tells nobody anything new (RFC 5297 has the idea).
        HMACSHA256.HashData(_naming, plain).AsSpan(0, NonceSize).CopyTo(token);
        using var cipher = new AesGcm(_sealing, TagSize);
        cipher.Encrypt(token.AsSpan(0, NonceSize), plain, token.AsSpan(NonceSize, plain.Length), token.AsSpan(NonceSize + plain.Length));
        return Base64Url.EncodeToString(token);
    }

    public SignedLink? Open(string token, LinkPurpose purpose, DateTimeOffset now)
    {
        if (token.Length > MaxToken || !Base64Url.IsValid(token))
        {
            return null;
        }

        var sealedBytes = Base64Url.DecodeFromChars(token);
        if (sealedBytes.Length <= NonceSize + TagSize)
        {
            return null;
        }

        var plain = new byte[sealedBytes.Length - NonceSize - TagSize];
        try
        {
            using var cipher = new AesGcm(_sealing, TagSize);
            cipher.Decrypt(sealedBytes.AsSpan(0, NonceSize), sealedBytes.AsSpan(NonceSize, plain.Length), sealedBytes.AsSpan(NonceSize + plain.Length), plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Read(plain) is { } link && link.Purpose == purpose && link.ExpiresAt > now ? link : null;
    }

    private static string Segment(LinkPurpose purpose) =>
        purpose switch
        {
            LinkPurpose.OrderStatus => "orders",
            LinkPurpose.Ticket => "tickets",
            _ => "preferences",
        };

    private static byte[] Write(SignedLink link)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Version);
        writer.Write((byte)link.Purpose);
        writer.Write(link.ExpiresAt.ToUnixTimeSeconds());
        writer.Write(link.Shop);
        writer.Write(link.Contact.Channel);
        writer.Write(link.Contact.Value);
        writer.Write(link.OrderId is not null);
        writer.Write(link.OrderId ?? "");
        writer.Write(link.Ticket ?? 0);
        writer.Flush();
        return stream.ToArray();
    }

    // Only what this class wrote itself comes here; another version is the one thing that can differ.
    private static SignedLink? Read(byte[] plain)
    {
        using var reader = new BinaryReader(new MemoryStream(plain), Encoding.UTF8);
        if (reader.ReadByte() != Version)
        {
            return null;
        }

        var purpose = (LinkPurpose)reader.ReadByte();
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(reader.ReadInt64());
        var shop = reader.ReadString();
        var contact = new ContactPoint(reader.ReadString(), reader.ReadString());
        var hasOrder = reader.ReadBoolean();
        var order = reader.ReadString();
        var ticket = reader.ReadInt64();
        return new SignedLink
        {
            Purpose = purpose,
            Shop = shop,
            Contact = contact,
            OrderId = hasOrder ? order : null,
            Ticket = ticket > 0 ? ticket : null,
            ExpiresAt = expiresAt,
        };
    }
}
