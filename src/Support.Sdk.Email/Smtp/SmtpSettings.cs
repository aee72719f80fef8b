using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Security;

namespace Support.Sdk.Email.Smtp;

/// <summary>What a connection needs to know, read from the options once.</summary>
internal sealed record SmtpSettings
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required SecureSocketOptions Security { get; init; }

    public required X509Certificate2Collection Authorities { get; init; }

    public required string? LocalDomain { get; init; }

    public required string? UserName { get; init; }

    public required string? Password { get; init; }

    public static SmtpSettings Of(EmailOptions options) =>
        new()
        {
            Host = options.Host,
            Port =
                options.Port
                ?? options.Security switch
                {
                    EmailSecurity.Tls => 465,
                    EmailSecurity.None => 25,
                    _ => 587,
                },
            Security = options.Security switch
            {
                EmailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                EmailSecurity.None => SecureSocketOptions.None,
                _ => SecureSocketOptions.StartTls,
            },
            Authorities = ReadAuthorities(options.CertificateAuthorityFile),
            LocalDomain = Given(options.LocalDomain),
            UserName = Given(options.UserName),
            Password = options.Password,
        };

    /// <summary>Whether a host is this machine, by its name alone.</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="CryptographicException">It holds no certificate.</exception>
    public static X509Certificate2Collection ReadAuthorities(string? file)
    {
        var authorities = new X509Certificate2Collection();
        if (Given(file) is { } path)
        {
            authorities.ImportFromPemFile(path);
            if (authorities.Count == 0)
            {
                throw new CryptographicException("The file holds no certificate.");
            }
        }

        return authorities;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
