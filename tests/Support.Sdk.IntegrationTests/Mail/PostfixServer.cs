using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace Support.Sdk.IntegrationTests.Mail;

/// <summary>A Postfix of its own on a loopback port: STARTTLS with a certificate of its own, and mailboxes in a temporary folder.</summary>
/// <remarks>Needs Debian's package and root, directly or through sudo without a password. It touches nothing outside its folder.</remarks>
public sealed class PostfixServer : IAsyncLifetime
{
    // Whose files the mails are; Postfix delivers as anyone but root and itself.
    private const string Nobody = "65534";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("support-postfix-").FullName;
    private Process? _master;

    /// <summary>Why it does not run, or null when it does.</summary>
    public string? Missing { get; private set; }

    public int Port { get; } = Loopback.FreePort();

    /// <summary>The certificate that a client has to trust, as a file.</summary>
    public string CertificateFile => In("certificate.pem");

    public async ValueTask InitializeAsync()
    {
        Missing =
            !File.Exists("/usr/sbin/postfix") ? "Postfix is not installed: apt-get install postfix."
            : !Environment.IsPrivilegedProcess && !await CanSudoAsync() ? "Postfix needs root, or sudo without a password."
            : null;
        if (Missing is not null)
        {
            return;
        }

        await WriteConfigurationAsync();
        _master = Start("postfix", "-c", _folder, "start-fg");
        await UntilItListensAsync();
    }

    /// <summary>Waits for the mail that arrives in a mailbox.</summary>
    public async Task<byte[]> ArrivedAsync(string mailbox, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var listed = await RunAsync("find", In("mail"), "-path", $"*/{mailbox}/new/*", "-type", "f");
            if (listed.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var path, ..])
            {
                return Convert.FromBase64String(await RunAsync("base64", "-w0", path));
            }

            if (watch.Elapsed > Patience)
            {
                throw new TimeoutException($"No mail arrived for {mailbox}. {await LogAsync()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_master is not null)
        {
            await RunAsync("postfix", "-c", _folder, "stop");
            await _master.WaitForExitAsync();
            _master.Dispose();
        }

        // Postfix and nobody own a part of it.
        await RunAsync("rm", "-rf", _folder);
    }

    private static async Task<bool> CanSudoAsync()
    {
        if (!File.Exists("/usr/bin/sudo"))
        {
            return false;
        }

        using var sudo = Process.Start("sudo", ["-n", "true"]);
        await sudo.WaitForExitAsync();
        return sudo.ExitCode == 0;
    }

    private static Process Start(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.IsPrivilegedProcess ? command : "sudo")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!Environment.IsPrivilegedProcess)
        {
            start.ArgumentList.Add("-n");
            start.ArgumentList.Add(command);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Where programs of the system are; a user's own path may lack it.
        start.Environment["PATH"] = $"/usr/sbin:/sbin:{start.Environment["PATH"]}";
        return Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start.");
    }

    private static async Task<string> RunAsync(string command, params string[] arguments)
    {
        using var process = Start(command, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await errors;
        await process.WaitForExitAsync();
        return output;
    }

    private string In(string name) => Path.Combine(_folder, name);

    private async Task WriteConfigurationAsync()
    {
        // Postfix works under a user of its own.
        await RunAsync("chmod", "755", _folder);
        await WriteCertificateAsync();
        await RunAsync("install", "-d", "-o", Nobody, "-g", Nobody, In("mail"));
        await RunAsync("install", "-d", "-o", "postfix", In("data"));
        await RunAsync("install", "-d", In("queue"));
        await File.WriteAllTextAsync(In("main.cf"), MainSettings);
        await File.WriteAllTextAsync(In("master.cf"), Services);
    }

    private async Task WriteCertificateAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await File.WriteAllTextAsync(CertificateFile, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(In("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private async Task UntilItListensAsync()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (watch.Elapsed < Patience && _master is { HasExited: false })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
            catch (SocketException exception)
            {
                throw new InvalidOperationException($"Postfix did not start. {await LogAsync()}", exception);
            }
        }
    }

    private async Task<string> LogAsync() => await RunAsync("cat", In("mail.log"));

    // No DNS, no system log, nothing that leaves the machine. inline: is a table in the file itself.
    private string MainSettings =>
        $$"""
            compatibility_level = 3.6
            queue_directory = {{_folder}}/queue
            data_directory = {{_folder}}/data
            maillog_file = {{_folder}}/mail.log
            maillog_file_prefixes = {{_folder}}
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = mail.example
            mydestination =
            mynetworks = 127.0.0.0/8
            smtpd_peername_lookup = no
            smtputf8_enable = yes
            message_size_limit = 20480000
            alias_maps =
            alias_database =
            smtpd_relay_restrictions = reject_unauth_destination
            smtpd_recipient_restrictions =
              check_recipient_access inline:{ {later@example.com = 450 4.7.1 Greylisted} }
            virtual_mailbox_domains = example.com
            virtual_mailbox_base = {{_folder}}/mail
            virtual_mailbox_maps = inline:{ {ada@example.com = ada/} {zoë@example.com = zoe/} {later@example.com = later/} }
            virtual_uid_maps = static:{{Nobody}}
            virtual_gid_maps = static:{{Nobody}}
            smtpd_tls_security_level = encrypt
            smtpd_tls_cert_file = {{CertificateFile}}
            smtpd_tls_key_file = {{_folder}}/key.pem
            smtpd_tls_received_header = yes
            smtpd_tls_session_cache_database =

            """;

    private string Services =>
        $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            cleanup   unix n - n - 0 cleanup
            qmgr      unix n - n 300 1 qmgr
            tlsmgr    unix - - n 1000? 1 tlsmgr
            rewrite   unix - - n - - trivial-rewrite
            bounce    unix - - n - 0 bounce
            defer     unix - - n - 0 bounce
            trace     unix - - n - 0 bounce
            proxymap  unix - - n - - proxymap
            anvil     unix - - n - 1 anvil
            error     unix - - n - - error
            retry     unix - - n - - error
            virtual   unix - n n - - virtual
            postlog   unix-dgram n - n - 1 postlogd

            """;
}
