using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Support.Sdk.Email.Dkim;
using Support.Sdk.Email.Smtp;

namespace Support.Sdk.Email;

/// <summary>What the settings must fulfil; every fault is named at the start, and none of them quotes a secret.</summary>
internal sealed class EmailValidator : IValidateOptions<EmailOptions>
{
    private const int MaxPort = 65_535;

    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        var faults = ServerFaults(options).Concat(PaceFaults(options)).Concat(DkimFaults(options)).Select(fault => $"Support:Email:{fault}").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> ServerFaults(EmailOptions options)
    {
        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
        {
            yield return "Host is missing, or no host name. Name the mail server that takes the shop's mail, for example smtp.example.com.";
        }

        if (options.Port is < 1 or > MaxPort)
        {
            yield return $"Port is {options.Port}. Give a number from 1 to {MaxPort}, or leave it out.";
        }

        if (!Enum.IsDefined(options.Security))
        {
            yield return "Security is not one of StartTls, Tls and None.";
        }

        if (options is { Security: EmailSecurity.None, AllowUnencrypted: false } && !SmtpSettings.IsLoopback(options.Host))
        {
            yield return $"Security is None, and '{options.Host}' is not this machine: everyone on the way could read the mails. Use StartTls or Tls, or set AllowUnencrypted.";
        }

        if (string.IsNullOrWhiteSpace(options.UserName) != string.IsNullOrEmpty(options.Password))
        {
            yield return "UserName and Password go together. Set both, or neither when the server asks for none.";
        }

        if (options.LocalDomain is { Length: > 0 } localDomain && Uri.CheckHostName(localDomain) == UriHostNameType.Unknown)
        {
            yield return "LocalDomain is no host name. Give the name that this machine's address resolves to, or leave it out.";
        }

        if (AuthorityFault(options.CertificateAuthorityFile) is { } fault)
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> PaceFaults(EmailOptions options)
    {
        if (options.Connections is < 1 or > 100)
        {
            yield return $"Connections is {options.Connections}. Give a number from 1 to 100.";
        }

        if (options.MailsPerConnection is < 1 or > 10_000)
        {
            yield return $"MailsPerConnection is {options.MailsPerConnection}. Give a number from 1 to 10,000.";
        }

        if (options.KeepIdle < TimeSpan.Zero || options.KeepIdle > TimeSpan.FromMinutes(5))
        {
            yield return $"KeepIdle is {options.KeepIdle}. Give a time from 0 to 5 minutes; servers close idle connections themselves after that.";
        }

        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(10))
        {
            yield return $"Timeout is {options.Timeout}. Give a time from 1 second to 10 minutes.";
        }

        if (options.MaxPerSecond is < 1 || options.MaxPerDomainAndMinute is < 1 || options.DomainsPerMinute.Values.Any(pace => pace < 1))
        {
            yield return "MaxPerSecond, MaxPerDomainAndMinute and DomainsPerMinute must be at least 1. Leave them out for no limit.";
        }
    }

    private static IEnumerable<string> DkimFaults(EmailOptions options)
    {
        for (var index = 0; index < options.Dkim.Count; index++)
        {
            if (DkimFault(options.Dkim[index]) is { } fault)
            {
                yield return $"Dkim:{index}:{fault}";
            }
        }
    }

    private static string? DkimFault(DkimOptions options)
    {
        try
        {
            DkimKey.Read(options).Dispose();
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static string? AuthorityFault(string? file)
    {
        try
        {
            foreach (var certificate in SmtpSettings.ReadAuthorities(file))
            {
                certificate.Dispose();
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return $"CertificateAuthorityFile '{file}' cannot be read as certificates in PEM ({exception.GetType().Name}).";
        }
    }
}
