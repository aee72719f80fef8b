namespace Support.Sdk.Email;

/// <summary>The settings of the mail server that takes the shop's mail, bound from <c>Support:Email</c>.</summary>
/// <remarks>OAuth 2.0 sign-in is not supported; servers that ask for it issue app passwords or take a relay's address.</remarks>
public sealed class EmailOptions
{
    /// <summary>The mail server's name, for example <c>smtp.example.com</c>. Required.</summary>
    public string Host { get; set; } = "";

    /// <summary>The port; 1 to 65,535. Default: 587 for <see cref="EmailSecurity.StartTls"/>, 465 for <see cref="EmailSecurity.Tls"/>, 25 for <see cref="EmailSecurity.None"/>.</summary>
    public int? Port { get; set; }

    /// <summary>How the connection is protected. Default: <see cref="EmailSecurity.StartTls"/>.</summary>
    public EmailSecurity Security { get; set; } = EmailSecurity.StartTls;

    /// <summary>Whether <see cref="EmailSecurity.None"/> may leave this machine: everyone on the way then reads mails and password. Default: false.</summary>
    public bool AllowUnencrypted { get; set; }

    /// <summary>A file of certificates (PEM) of authorities that are trusted besides the system's, for a mail server of one's own; or null.</summary>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>The user name, or null when the server asks for none.</summary>
    public string? UserName { get; set; }

    /// <summary>The password. Keep it in user secrets or the environment (<c>Support__Email__Password</c>), never in a file of the project.</summary>
    public string? Password { get; set; }

    /// <summary>The name by which this machine presents itself (EHLO), or null for its own. Some servers want the one that its address resolves to.</summary>
    public string? LocalDomain { get; set; }

    /// <summary>How many connections are kept open at most, each with one mail at a time; 1 to 100. Default: 4.</summary>
    public int Connections { get; set; } = 4;

    /// <summary>After how many mails a connection is closed, because servers count; 1 to 10,000. Default: 100.</summary>
    public int MailsPerConnection { get; set; } = 100;

    /// <summary>How long a connection without work is kept; 0 to 5 minutes. Default: 30 seconds.</summary>
    public TimeSpan KeepIdle { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many mails a second the server takes, or null for no limit.</summary>
    public int? MaxPerSecond { get; set; }

    /// <summary>
    /// About how many mails a minute one recipient domain gets, or null for no limit, the default: a relay paces itself. Set it when
    /// this server delivers to the recipients' servers directly and they slow it down. What is above the pace comes later.
    /// </summary>
    public int? MaxPerDomainAndMinute { get; set; }

    /// <summary>The pace of single domains, instead of <see cref="MaxPerDomainAndMinute"/>: mails a minute by domain.</summary>
    public IDictionary<string, int> DomainsPerMinute { get; } = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// How long connecting and handing over one mail may take, and once it is handed over, how long the server may take for its answer;
    /// 1 second to 10 minutes. Default: 1 minute. Without an answer the mail is in doubt, so let a server that scans mails have its time.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The keys that sign mails, by sender domain. A mail is signed by every key whose domain is that of its sender, or one above it;
    /// without a key the relay may sign.
    /// </summary>
    public IList<DkimOptions> Dkim { get; } = [];
}

/// <summary>How a connection to a mail server is protected.</summary>
public enum EmailSecurity
{
    /// <summary>Begins in the clear and is encrypted before anything else is said; a server that does not offer it is refused.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Tls,

    /// <summary>Not encrypted: only for a server on this machine, unless <see cref="EmailOptions.AllowUnencrypted"/> is set.</summary>
    None,
}

/// <summary>A key that signs mails (DKIM, RFC 6376; Ed25519, RFC 8463).</summary>
/// <remarks>
/// The public key stands in DNS at <c>selector._domainkey.domain</c>. An RSA key has at least 1,024 bits (RFC 8301, section 3.2); take 2,048.
/// Not every receiver knows Ed25519: give the domain an RSA key as well.
/// </remarks>
public sealed class DkimOptions
{
    /// <summary>The domain that signs, for example <c>shop.example</c>.</summary>
    public string Domain { get; set; } = "";

    /// <summary>The name of the key below <c>_domainkey</c>, for example <c>support1</c>.</summary>
    public string Selector { get; set; } = "";

    /// <summary>The private key as PEM, RSA or Ed25519, not encrypted; or null when it stands in a file.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>A file with the private key as PEM, or null when the key is given directly.</summary>
    public string? PrivateKeyFile { get; set; }
}
