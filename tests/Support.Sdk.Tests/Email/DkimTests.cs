using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;
using Support.Sdk.Email.Dkim;
using Support.Sdk.Tests.Testing;
using Xunit;
using DkimSigner = Support.Sdk.Email.Dkim.DkimSigner;

namespace Support.Sdk.Tests.Email;

/// <summary>MimeKit, which had no part in signing, is the judge.</summary>
public sealed class DkimTests
{
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly Ed25519PrivateKeyParameters Ed25519 = NewEd25519();

    private static DkimOptions RsaOptions =>
        new()
        {
            Domain = "shop.example",
            Selector = "support1",
            PrivateKey = Rsa.ExportPkcs8PrivateKeyPem(),
        };

    private static DkimOptions Ed25519Options =>
        new()
        {
            Domain = "shop.example",
            Selector = "ed",
            PrivateKey = PemEncoding.WriteString("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(Ed25519).GetEncoded()),
        };

    public static TheoryData<string> Hostile => ["plain", "Å ö 茶 🫖", "  two   blanks\tand tabs \t ", "x\r\n.\r\n\r\n\r\n", "\r\n \r\n", "", "line\n\n\n"];

    [Theory, MemberData(nameof(Hostile))]
    public async Task A_signed_mail_is_verified(string text)
    {
        var mail = Signed(Messages.Plain() with { Subject = text.ReplaceLineEndings(" "), ToName = text, Text = text + "x", Html = text }, RsaOptions);

        Assert.True(await VerifyAsync(mail));
    }

    [Fact]
    public async Task Both_algorithms_sign_the_same_mail()
    {
        var mail = Signed(Messages.Plain(), RsaOptions, Ed25519Options);

        var signatures = Load(mail).Headers.Where(header => header.Id == HeaderId.DkimSignature).ToList();
        Assert.Equal(["a=ed25519-sha256", "a=rsa-sha256"], signatures.Select(header => header.Value.Split(';')[1].Trim()).Order(StringComparer.Ordinal));
        Assert.True(await VerifyAsync(mail));
    }

    [Fact]
    public async Task Any_mail_is_verified()
    {
        var key = Ed25519Options;
        await Gen.Select(Gen.String, Gen.String, Gen.String, Gen.Bool)
            .SampleAsync(
                async (subject, text, html, isMarketing) =>
                    await VerifyAsync(
                        Signed(
                            Messages.Plain() with
                            {
                                Subject = subject.ReplaceLineEndings(" "),
                                FromName = subject,
                                Text = text,
                                Html = html,
                                Class = isMarketing ? MessageClass.Marketing : MessageClass.Transactional,
                                UnsubscribeLink = new Uri("https://shop.example/u?t=1"),
                            },
                            key
                        )
                    ),
                iter: 300
            );
    }

    [Fact]
    public void The_same_mail_has_the_same_signature() =>
        Assert.Equal(Signed(Messages.Plain(), RsaOptions, Ed25519Options), Signed(Messages.Plain(), RsaOptions, Ed25519Options));

    [Theory]
    [InlineData("It arrives", "It never arrives")]
    [InlineData("Subject: Your", "Subject: Our")]
    [InlineData("To: Ada", "To: Eve")]
    [InlineData("From: Tiny", "From: Big")]
    [InlineData("Auto-Submitted: auto-generated", "Auto-Submitted: no")]
    [InlineData("List-Unsubscribe: <https://shop.example", "List-Unsubscribe: <https://evil.example")]
    [InlineData("List-Unsubscribe-Post: List", "List-Unsubscribe-Post: Lost")]
    [InlineData("Date: Mon", "Date: Tue")]
    public async Task What_was_changed_on_the_way_is_found_out(string original, string changed)
    {
        var mail = Encoding.ASCII.GetString(Signed(Marketing, RsaOptions));
        Assert.Contains(original, mail, StringComparison.Ordinal);

        Assert.False(await VerifyAsync(Encoding.ASCII.GetBytes(mail.Replace(original, changed, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("Subject: Another")]
    [InlineData("From: eve@example.com")]
    [InlineData("Cc: eve@example.com")]
    [InlineData("Reply-To: eve@example.com")]
    public async Task What_was_added_on_the_way_is_found_out(string header)
    {
        var mail = Encoding.ASCII.GetString(Signed(Messages.Plain(), RsaOptions));

        var longer = mail.Replace("\r\nMIME-Version:", $"\r\n{header}\r\nMIME-Version:", StringComparison.Ordinal);

        Assert.NotEqual(mail, longer);
        Assert.False(await VerifyAsync(Encoding.ASCII.GetBytes(longer)));
    }

    [Theory]
    [InlineData("hello@shop.example", true)]
    [InlineData("hello@mail.shop.example", true)]
    [InlineData("hello@SHOP.example", true)]
    [InlineData("hello@other.example", false)]
    [InlineData("hello@workshop.example", false)]
    public void A_key_signs_for_its_domain_and_those_below_it(string from, bool isSigned) =>
        Assert.Equal(isSigned, Load(Signed(Messages.Plain() with { From = from }, RsaOptions)).Headers.Contains(HeaderId.DkimSignature));

    [Fact]
    public void A_domain_outside_ascii_is_signed_in_its_ascii_form()
    {
        var options = RsaOptions;
        options.Domain = "blåbär.example";

        var mail = Load(Signed(Messages.Plain() with { From = "hej@blåbär.example" }, options));

        Assert.Contains("d=xn--blbr-noae.example;", mail.Headers[HeaderId.DkimSignature], StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_of_a_signature_are_short() =>
        Assert.All(
            Encoding.ASCII.GetString(Signed(Marketing, RsaOptions)).Split("\r\n").TakeWhile(line => line.Length > 0),
            line => Assert.InRange(line.Length, 1, 100)
        );

    [Theory]
    [InlineData("", "s", "pem", "Domain")]
    [InlineData("localhost", "s", "pem", "Domain")]
    [InlineData("shop.example; h=x", "s", "pem", "Domain")]
    [InlineData("shop.example", "", "pem", "Selector")]
    [InlineData("shop.example", "a b", "pem", "Selector")]
    [InlineData("shop.example", "s", "", "PrivateKey")]
    [InlineData("shop.example", "s", "hush-hush, and not PEM", "not PEM")]
    [InlineData("shop.example", "s", "short", "1024")]
    [InlineData("shop.example", "s", "encrypted", "encrypted")]
    [InlineData("shop.example", "s", "public", "not a private")]
    [InlineData("shop.example", "s", "broken", "not a private")]
    public void A_key_that_cannot_sign_is_named_and_not_quoted(string domain, string selector, string key, string fault)
    {
        var options = new DkimOptions
        {
            Domain = domain,
            Selector = selector,
            PrivateKey = Pem(key),
        };

        var exception = Assert.Throws<FormatException>(() => DkimKey.Read(options));

        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("aHVz", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_can_stand_in_a_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("dkim.pem"), Rsa.ExportRSAPrivateKeyPem());
        var options = RsaOptions;
        (options.PrivateKey, options.PrivateKeyFile) = (null, folder.File("dkim.pem"));

        Assert.Equal(Signed(Messages.Plain(), RsaOptions), Signed(Messages.Plain(), options));
        options.PrivateKeyFile = folder.File("missing.pem");
        Assert.Contains("cannot be read", Assert.Throws<FormatException>(() => DkimKey.Read(options)).Message, StringComparison.Ordinal);
    }

    private static OutboundMessage Marketing =>
        Messages.Plain() with
        {
            Class = MessageClass.Marketing,
            UnsubscribeLink = new Uri("https://shop.example/unsubscribe?token=abc"),
        };

    private static string? Pem(string key)
    {
        using var small = RSA.Create(512);
        return key switch
        {
            "pem" => Rsa.ExportPkcs8PrivateKeyPem(),
            "short" => small.ExportPkcs8PrivateKeyPem(),
            "encrypted" => Rsa.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
            "public" => Rsa.ExportSubjectPublicKeyInfoPem(),
            "broken" => "-----BEGIN PRIVATE KEY-----\naHVzaC1odXNo\n-----END PRIVATE KEY-----",
            _ => key,
        };
    }

    private static byte[] Signed(OutboundMessage message, params DkimOptions[] keys)
    {
        using var signer = new DkimSigner([.. keys.Select(DkimKey.Read)]);
        using var mail = Mail.Create(message, out var refusal);
        Assert.Equal("", refusal);
        signer.Sign(mail!);
        return mail!.Write();
    }

    private static MimeMessage Load(byte[] mail) => MimeMessage.Load(new MemoryStream(mail));

    private static async Task<bool> VerifyAsync(byte[] mail)
    {
        var message = Load(mail);
        var signatures = message.Headers.Where(header => header.Id == HeaderId.DkimSignature).ToList();
        Assert.NotEmpty(signatures);
        foreach (var signature in signatures)
        {
            if (!await new DkimVerifier(new Keys()).VerifyAsync(message, signature))
            {
                return false;
            }
        }

        return true;
    }

    private static Ed25519PrivateKeyParameters NewEd25519()
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        return (Ed25519PrivateKeyParameters)generator.GenerateKeyPair().Private;
    }

    private sealed class Keys : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            Assert.Equal("shop.example", domain);
            return string.Equals(selector, "ed", StringComparison.Ordinal) ? Ed25519.GeneratePublicKey() : DotNetUtilities.GetRsaPublicKey(Rsa);
        }

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
