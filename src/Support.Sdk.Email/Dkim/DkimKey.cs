using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace Support.Sdk.Email.Dkim;

/// <summary>A private key and where its public half is found.</summary>
internal abstract class DkimKey : IDisposable
{
    private static readonly IdnMapping Idn = new();

    /// <summary>The domain in its ASCII form.</summary>
    public required string Domain { get; init; }

    public required string Selector { get; init; }

    /// <summary>The name of the algorithm, as the signature states it.</summary>
    public abstract string Algorithm { get; }

    /// <summary>Reads a key.</summary>
    /// <exception cref="FormatException">Something is missing or wrong; the message names the setting, and nothing of the key.</exception>
    public static DkimKey Read(DkimOptions options)
    {
        var domain = ReadDomain(options.Domain);
        if (options.Selector.Length == 0 || !options.Selector.Split('.').All(IsLabel))
        {
            throw new FormatException("Selector must be the key's name in DNS, of letters, digits, '-' and '.', for example support1.");
        }

        return ReadKey(ReadPem(options), domain, options.Selector);
    }

    /// <summary>Signs the text that RFC 6376, section 3.7, builds from a mail's headers.</summary>
    public abstract byte[] Sign(byte[] text);

    public abstract void Dispose();

    private static string ReadDomain(string domain)
    {
        try
        {
            var ascii = Idn.GetAscii(domain).ToLowerInvariant();
            if (ascii.Contains('.', StringComparison.Ordinal) && ascii.Split('.').All(IsLabel))
            {
                return ascii;
            }
        }
        catch (ArgumentException)
        {
            // Falls through to what to do.
        }

        throw new FormatException("Domain must be the domain that signs, for example shop.example.");
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    private static string ReadPem(DkimOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.PrivateKey) == string.IsNullOrWhiteSpace(options.PrivateKeyFile))
        {
            throw new FormatException("Set either PrivateKey (PEM) or PrivateKeyFile, the file that holds it.");
        }

        if (options.PrivateKey is { Length: > 0 } pem)
        {
            return pem;
        }

        try
        {
            return File.ReadAllText(options.PrivateKeyFile ?? "");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"PrivateKeyFile '{options.PrivateKeyFile}' cannot be read ({exception.GetType().Name}).", exception);
        }
    }

    private static DkimKey ReadKey(string pem, string domain, string selector)
    {
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            throw new FormatException("PrivateKey is not PEM. It begins with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----.");
        }

        var label = pem[fields.Label];
        if (label.StartsWith("ENCRYPTED", StringComparison.Ordinal) || pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            throw new FormatException("PrivateKey is encrypted. Decrypt it, for example with openssl pkey, and keep it where secrets are kept.");
        }

        try
        {
            if (string.Equals(label, "PRIVATE KEY", StringComparison.Ordinal) && ReadEd25519(Convert.FromBase64String(pem[fields.Base64Data])) is { } ed25519)
            {
                return new Ed25519Key(ed25519) { Domain = domain, Selector = selector };
            }

            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return rsa.KeySize >= RsaKey.MinBits
                ? new RsaKey(rsa.ExportParameters(includePrivateParameters: true)) { Domain = domain, Selector = selector }
                : throw new FormatException($"PrivateKey has {rsa.KeySize} bits. Receivers ignore RSA keys below {RsaKey.MinBits}; make one of 2048.");
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or GeneralSecurityException or IOException)
        {
            throw new FormatException("PrivateKey is not a private RSA or Ed25519 key.", exception);
        }
    }

    // .NET has no Ed25519; MimeKit brings a library that has.
    private static Ed25519PrivateKeyParameters? ReadEd25519(byte[] pkcs8)
    {
        // The key's algorithm, 1.3.101.112, as DER writes it (RFC 8410, section 3).
        ReadOnlySpan<byte> algorithm = [0x06, 0x03, 0x2b, 0x65, 0x70];
        return pkcs8.AsSpan().IndexOf(algorithm) is >= 0 and < 16 ? PrivateKeyFactory.CreateKey(pkcs8) as Ed25519PrivateKeyParameters : null;
    }

    private sealed class RsaKey(RSAParameters parameters) : DkimKey
    {
        // RFC 8301, section 3.2.
        public const int MinBits = 1024;

        // One RSA object signs one text at a time.
        private readonly ConcurrentBag<RSA> _idle = [];

        public override string Algorithm => "rsa-sha256";

        public override byte[] Sign(byte[] text)
        {
            var rsa = _idle.TryTake(out var idle) ? idle : RSA.Create(parameters);
            var signature = rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            _idle.Add(rsa);
            return signature;
        }

        public override void Dispose()
        {
            while (_idle.TryTake(out var rsa))
            {
                rsa.Dispose();
            }
        }
    }

    private sealed class Ed25519Key(Ed25519PrivateKeyParameters key) : DkimKey
    {
        public override string Algorithm => "ed25519-sha256";

        // RFC 8463, section 3: what is signed is the hash.
        public override byte[] Sign(byte[] text)
        {
            var hash = SHA256.HashData(text);
            var signer = new Ed25519Signer();
            signer.Init(forSigning: true, key);
            signer.BlockUpdate(hash, 0, hash.Length);
            return signer.GenerateSignature();
        }

        public override void Dispose() { }
    }
}
