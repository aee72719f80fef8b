using System.Net;
using System.Net.Sockets;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using CertificateException = System.Security.Authentication.AuthenticationException;

namespace Support.Sdk.Email.Smtp;

/// <summary>One authenticated connection to the mail server; one mail at a time.</summary>
internal sealed class SmtpConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly WireStream _stream;
    private readonly MailTransport _transport = new() { CheckCertificateRevocation = false };

    private SmtpConnection(Socket socket)
    {
        _socket = socket;
        _stream = new WireStream(socket);
    }

    /// <summary>How many mails went over it.</summary>
    public int Mails { get; private set; }

    /// <summary>When it last had work.</summary>
    public DateTimeOffset UsedAt { get; set; }

    /// <summary>Whether the server takes addresses in UTF-8 (SMTPUTF8, RFC 6531).</summary>
    public bool TakesUtf8 { get; private set; }

    /// <summary>Whether this connection can still carry such an address; see <see cref="SendAsync"/>.</summary>
    public bool SpeaksUtf8 => _transport.Capabilities.HasFlag(SmtpCapabilities.UTF8);

    /// <summary>Whether it can take a mail: a server that left has closed its side, one about to leave has said so unasked.</summary>
    public bool IsUsable => _transport.IsConnected && !_socket.Poll(0, SelectMode.SelectRead);

    public static async Task<SmtpConnection> OpenAsync(SmtpSettings settings, CancellationToken cancellationToken)
    {
        // Nagle's algorithm and delayed acknowledgements would cost some 40 ms a mail.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(settings.Host, settings.Port, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var connection = new SmtpConnection(socket);
        try
        {
            await connection.GreetAsync(settings, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Hands one mail over.</summary>
    /// <returns>The server's answer.</returns>
    /// <remarks>
    /// Where it can, MailKit writes every domain in UTF-8, and the server may then find that the next one cannot. So a connection gives
    /// UTF-8 up with the first mail that does not need it.
    /// </remarks>
    public async Task<string> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        _stream.Renew();
        Mails++;
        if (!mail.NeedsUtf8)
        {
            _transport.Capabilities &= ~SmtpCapabilities.UTF8;
        }

        return await _transport.SendAsync(Mail.Format(mail.NeedsUtf8), mail.Mime, mail.From, [mail.To], cancellationToken);
    }

    /// <summary>Takes leave, so that the server need not wait for more.</summary>
    public async Task QuitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_transport.IsConnected)
            {
                await _transport.DisconnectAsync(quit: true, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or MailKit.ProtocolException)
        {
            // It has left already.
        }
    }

    public void Dispose()
    {
        _transport.Dispose();
        _stream.Dispose();
    }

    private async Task GreetAsync(SmtpSettings settings, CancellationToken cancellationToken)
    {
        var certificate = new CertificateCheck(settings.Authorities);
        _transport.ServerCertificateValidationCallback = certificate.Accepts;
        if (settings.LocalDomain is { } localDomain)
        {
            _transport.LocalDomain = localDomain;
        }

        try
        {
            await _transport.ConnectAsync(_stream, settings.Host, settings.Port, settings.Security, cancellationToken);
        }
        catch (SslHandshakeException exception) when (certificate.Refusal is { } refusal)
        {
            throw new CertificateException(refusal, exception);
        }
        catch (NotSupportedException exception)
        {
            throw new NotSupportedException(
                "The mail server does not offer STARTTLS, and nothing is sent in the clear. Check Support:Email:Security and Port.",
                exception
            );
        }

        TakesUtf8 = SpeaksUtf8 && _transport.Capabilities.HasFlag(SmtpCapabilities.EightBitMime);
        if (settings.UserName is { } userName)
        {
            await SignInAsync(userName, settings.Password, cancellationToken);
        }
    }

    private async Task SignInAsync(string userName, string? password, CancellationToken cancellationToken)
    {
        try
        {
            await _transport.AuthenticateAsync(Encoding.UTF8, new NetworkCredential(userName, password), cancellationToken);
        }
        catch (NotSupportedException exception)
        {
            throw new NotSupportedException(
                "The mail server offers no sign-in with a password. Leave Support:Email:UserName out, or check Security and Port.",
                exception
            );
        }
    }
}
