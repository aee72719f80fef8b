using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Sdk.Deliveries;
using Support.Sdk.Email.Dkim;
using CertificateException = System.Security.Authentication.AuthenticationException;

namespace Support.Sdk.Email.Smtp;

/// <summary>Hands each message to the shop's mail server, once.</summary>
/// <remarks>
/// A mail server takes no idempotency key, so a mail whose answer got lost stays in doubt. Up to the mail's last byte everything that
/// goes wrong leaves it with us; from there on only the server's answer tells.
/// </remarks>
internal sealed partial class SmtpChannel : IChannel, IAsyncDisposable, IDisposable
{
    private readonly EmailOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SmtpChannel> _logger;
    private readonly SmtpConnections _connections;
    private readonly DkimSigner _dkim;
    private readonly DomainPace _pace;

    public SmtpChannel(IOptions<EmailOptions> options, TimeProvider time, ILogger<SmtpChannel> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _dkim = new DkimSigner([.. _options.Dkim.Select(DkimKey.Read)]);
        _connections = new SmtpConnections(_options, time);
        _pace = new DomainPace(_options);
        Traits = new ChannelTraits
        {
            Parallelism = _options.Connections,
            MaxPerSecond = _options.MaxPerSecond,
            // Whoever waits for this channel lets it tell by itself in which half of its time it is.
            Timeout = (_options.Timeout * 2) + TimeSpan.FromSeconds(10),
        };
    }

    public string Name => "email";

    public ChannelTraits Traits { get; }

    public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var mail = Mail.Create(message, out var refusal);
        if (mail is null)
        {
            return DeliveryResult.Rejected(refusal);
        }

        var wait = _pace.Wait(message.Id, MailAddress.AsciiDomain(mail.To), _time.GetUtcNow());
        if (wait > TimeSpan.Zero)
        {
            return DeliveryResult.Later("The recipient's domain has had its mails of this minute.", wait);
        }

        _dkim.Sign(mail);
        using var attempt = new SmtpAttempt(_options.Timeout, _time, cancellationToken);
        mail.Body.BeforeLastByte = attempt.HandOver;
        try
        {
            var end = await TransferAsync(mail, attempt);
            if (end.ConcernsSettings)
            {
                LogSettings(message.Id, end.Result.Reason);
            }

            return end.Result;
        }
        catch (OperationCanceledException) when (attempt.IsHandedOver)
        {
            return DeliveryResult.InDoubt($"The mail server did not answer within {_options.Timeout} after the mail was handed over.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DeliveryResult.Retry($"The mail server did not take the mail within {_options.Timeout}.");
        }
    }

    public ValueTask DisposeAsync()
    {
        _dkim.Dispose();
        return _connections.DisposeAsync();
    }

    public void Dispose()
    {
        _dkim.Dispose();
        _connections.Dispose();
    }

    private async Task<SmtpEnd> TransferAsync(Mail mail, SmtpAttempt attempt)
    {
        await using var place = await _connections.TakeAsync(attempt.Token);
        while (true)
        {
            try
            {
                return await OverAsync(await place.ConnectAsync(mail.NeedsUtf8, attempt.Token), mail, attempt.Token);
            }
            catch (Exception exception) when (place.IsKept && !attempt.IsHandedOver && HasLeft(exception))
            {
                // A server leaves a kept connection when it likes. It has nothing of the mail yet, so the mail has not failed.
                place.Clear();
            }
            catch (Exception exception) when (IsAnswerable(exception))
            {
                // MailKit shows a handshake that was cancelled as one that failed.
                ThrowIfCancelled(exception, attempt.Token);
                return place.IsConnected ? SmtpEnd.WhileSending(exception, attempt.IsHandedOver) : SmtpEnd.WhileConnecting(exception);
            }
        }
    }

    private static async Task<SmtpEnd> OverAsync(SmtpConnection connection, Mail mail, CancellationToken cancellationToken)
    {
        if (mail.NeedsUtf8 && !connection.TakesUtf8)
        {
            return SmtpEnd.WithoutUtf8(isSender: MailAddress.NeedsUtf8(mail.From));
        }

        var answer = await connection.SendAsync(mail, cancellationToken);
        return new SmtpEnd(DeliveryResult.Accepted(QueueId().Match(answer) is { Success: true } match ? match.Groups["id"].Value : null));
    }

    private static bool HasLeft(Exception exception) =>
        exception
            is IOException
                or SocketException
                or ServiceNotConnectedException
                or SmtpProtocolException
                or SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable };

    private static bool IsAnswerable(Exception exception) =>
        exception
            is IOException
                or SocketException
                or CommandException
                or ProtocolException
                or AuthenticationException
                or SslHandshakeException
                or CertificateException
                or NotSupportedException
                or ServiceNotConnectedException
                or ServiceNotAuthenticatedException;

    private static void ThrowIfCancelled(Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not CommandException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // What Postfix and Exim answer; with it a mail is found in their logs. The rest of an answer may quote an address.
    [GeneratedRegex(@"(?:queued as |\bid=)(?<id>[A-Za-z0-9-]{5,40})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex QueueId();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Delivery} waits, and every other mail with it, until somebody acts: {Reason}")]
    private partial void LogSettings(string delivery, string? reason);
}
