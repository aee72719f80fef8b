using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Support.Sdk.Email.Smtp;

/// <summary>Judges a mail server's certificate, and remembers why it was refused.</summary>
internal sealed class CertificateCheck(X509Certificate2Collection authorities)
{
    /// <summary>Why the certificate was refused, or null.</summary>
    public string? Refusal { get; private set; }

    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsIssuedByOwnAuthority(certificate, chain))
        {
            return true;
        }

        Refusal = errors switch
        {
            SslPolicyErrors.None => null,
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => "The mail server shows no certificate.",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) =>
                "The mail server's certificate is for another name. Set Support:Email:Host to the name in the certificate.",
            _ => "The mail server's certificate is not trusted ("
                + Status(chain)
                + "). Name its authority in Support:Email:CertificateAuthorityFile, or renew it.",
        };
        return errors == SslPolicyErrors.None;
    }

    private bool IsIssuedByOwnAuthority(X509Certificate? certificate, X509Chain? chain)
    {
        if (authorities.Count == 0 || certificate is not X509Certificate2 server)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        foreach (var element in chain?.ChainElements.Skip(1) ?? [])
        {
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return own.Build(server);
    }

    private static string Status(X509Chain? chain) =>
        chain?.ChainStatus is { Length: > 0 } status ? string.Join(", ", status.Select(one => one.Status)) : "unknown";
}
