using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Support.Sdk.Deliveries;
using CertificateException = System.Security.Authentication.AuthenticationException;

namespace Support.Sdk.Email.Smtp;

/// <summary>How an attempt ended, and what a failure means for the message. The words of a server are never passed on: they may quote an address.</summary>
/// <param name="Result">The channel's answer.</param>
/// <param name="ConcernsSettings">True when every mail meets it until somebody changes something.</param>
internal sealed partial record SmtpEnd(DeliveryResult Result, bool ConcernsSettings = false)
{
    // Grey-listing servers (RFC 6647, section 5) want minutes; a mailbox does not become empty sooner than in an hour.
    private static readonly TimeSpan Greylisted = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MailboxFull = TimeSpan.FromHours(1);

    private enum Stage
    {
        Sender,
        Recipient,
        Content,
    }

    /// <summary>A connection that did not come about: no mail was begun, so every one of them can come again.</summary>
    public static SmtpEnd WhileConnecting(Exception exception) =>
        exception switch
        {
            SocketException { SocketErrorCode: SocketError.HostNotFound } => Settings("The mail server's name is not known. Check Support:Email:Host."),
            SocketException socket => Again($"The mail server cannot be reached ({socket.SocketErrorCode})."),
            CertificateException => Settings(exception.Message),
            SslHandshakeException => Settings("No encrypted connection to the mail server came about. Check Support:Email:Security and Port."),
            AuthenticationException { InnerException: SmtpCommandException { StatusCode: var code } } when (int)code < 500 => Again(
                $"The mail server cannot check the password now ({(int)code})."
            ),
            AuthenticationException => Settings("The mail server refused user name or password. Check Support:Email:UserName and Password."),
            NotSupportedException => Settings(exception.Message),
            SmtpCommandException { StatusCode: var code } when (int)code < 500 => Again($"The mail server has no time now ({(int)code})."),
            SmtpCommandException { StatusCode: var code } => Settings($"The mail server turned this machine away ({(int)code})."),
            SmtpProtocolException => Again("The mail server answered nonsense, or left, before it was greeted."),
            _ => Again($"The connection to the mail server broke before it was greeted ({exception.GetType().Name})."),
        };

    /// <summary>A mail that was begun and did not end well.</summary>
    public static SmtpEnd WhileSending(Exception exception, bool handedOver) =>
        exception switch
        {
            ServiceNotAuthenticatedException => Settings("The mail server asks for a user name (530). Set Support:Email:UserName and Password."),
            SmtpCommandException command => Refused(command, handedOver),
            _ when handedOver => new SmtpEnd(
                DeliveryResult.InDoubt($"The connection broke after the mail was handed over and before the answer ({exception.GetType().Name}).")
            ),
            SmtpProtocolException => Again("The mail server answered nonsense, or left, before the mail was handed over."),
            _ => Again($"The connection broke before the mail was handed over ({exception.GetType().Name})."),
        };

    /// <summary>An address outside ASCII, and a server that cannot write it (RFC 6531).</summary>
    public static SmtpEnd WithoutUtf8(bool isSender) =>
        isSender
            ? Settings("The mail server takes no sender outside ASCII (SMTPUTF8). Use another Brand.EmailFrom.")
            : new SmtpEnd(DeliveryResult.Rejected("The mail server takes no addresses outside ASCII (SMTPUTF8)."));

    private static SmtpEnd Refused(SmtpCommandException exception, bool handedOver)
    {
        var code = (int)exception.StatusCode;
        var (subject, detail) = Enhanced(exception.Message);
        var stage = exception.ErrorCode switch
        {
            SmtpErrorCode.SenderNotAccepted => Stage.Sender,
            SmtpErrorCode.RecipientNotAccepted => Stage.Recipient,
            _ => Stage.Content,
        };
        var answer = subject < 0 ? $"{code}" : $"{code} {code / 100}.{subject}.{detail}";
        return (code / 100) switch
        {
            // RFC 5321, section 4.2.1: every 2yz completes what was asked for.
            2 when handedOver => new SmtpEnd(DeliveryResult.Accepted()),
            4 => Postponed(stage, code, subject, detail, answer),
            5 when IsAboutSettings(stage, code, subject, detail) => Settings($"{Named(stage)} was refused ({answer}): {Advice(stage, subject)}"),
            5 => new SmtpEnd(DeliveryResult.Rejected($"{Named(stage)} was refused ({answer}): {Meaning(stage, subject, detail)}")),
            _ when handedOver => new SmtpEnd(DeliveryResult.InDoubt($"The mail server answered {code} after the mail was handed over.")),
            _ => Again($"The mail server answered {code} where it should not have."),
        };
    }

    // 421 and 4.3.x are the server's own troubles (RFC 3463, section 3.4); at the sender nothing of the message was known yet.
    private static SmtpEnd Postponed(Stage stage, int code, int subject, int detail, string answer)
    {
        if (stage == Stage.Sender || code == 421 || subject == 3)
        {
            return Again($"The mail server has no time now ({answer}).");
        }

        var full = (subject, detail) is (2, 2) || (code == 452 && stage == Stage.Recipient);
        return new SmtpEnd(DeliveryResult.Later($"{Named(stage)} was put off ({answer}): {Meaning(stage, subject, detail)}", full ? MailboxFull : Greylisted));
    }

    /// <summary>
    /// Whether a permanent refusal is about us and not about this mail. At the sender all of them are but those about its size. Later,
    /// 500 to 504 say that we and the server do not understand each other, 530 to 538 ask for a password, 5.3.5 is a server that is set
    /// up wrongly (RFC 3463), 5.7.20 to 5.7.29 are missing signatures and the like (RFC 7372), and any other 5.7.x at the recipient is
    /// relaying that is denied, or a machine on a block list.
    /// </summary>
    private static bool IsAboutSettings(Stage stage, int code, int subject, int detail)
    {
        var isAboutSize = code == 552 || (subject, detail) is (3, 4) or (2, 3);
        return stage == Stage.Sender && !isAboutSize
            || (code is >= 500 and <= 504 && (code, subject) is not (501, 1))
            || code is >= 530 and <= 538
            || (subject, detail) is (3, 5)
            || (subject == 7 && (stage == Stage.Recipient || detail is >= 20 and <= 29));
    }

    private static SmtpEnd Again(string reason) => new(DeliveryResult.Retry(reason));

    private static SmtpEnd Settings(string reason) => new(DeliveryResult.Retry(reason), ConcernsSettings: true);

    private static string Named(Stage stage) =>
        stage switch
        {
            Stage.Sender => "The sender",
            Stage.Recipient => "The recipient",
            _ => "The mail",
        };

    private static string Advice(Stage stage, int subject) =>
        (stage, subject) switch
        {
            (Stage.Sender, _) => "check Brand.EmailFrom of the shop, and whether the mail server lets this user send in its name.",
            (Stage.Recipient, 7) => "the mail server passes nothing on for this machine or user. Check Support:Email:UserName, and the server's relay rules.",
            (_, 7) => "it is not signed or not authorised as the receiver demands. Check SPF, DKIM (Support:Email:Dkim) and reverse DNS.",
            _ => "check the mail server's set-up.",
        };

    private static string Meaning(Stage stage, int subject, int detail) =>
        (subject, detail) switch
        {
            (1, 1 or 0 or 6) => "there is no such mailbox.",
            (1, 2 or 10) => "its domain takes no mail.",
            (1, 3) or (5, 2) => "the address is not valid there.",
            (2, 1) => "the mailbox is switched off.",
            (2, 2) => "the mailbox is full.",
            (2, 3) or (3, 4) => "the mail is too large.",
            (4, _) => "its domain's server cannot be reached.",
            (7, _) => "a rule of the receiver.",
            _ when stage == Stage.Recipient => "the receiver's server gives no other reason.",
            _ => "the mail server gives no other reason.",
        };

    private static (int Subject, int Detail) Enhanced(string answer)
    {
        var match = EnhancedCode().Match(answer);
        return match.Success
            ? (int.Parse(match.Groups["subject"].ValueSpan, provider: null), int.Parse(match.Groups["detail"].ValueSpan, provider: null))
            : (-1, -1);
    }

    // RFC 3463, section 2.
    [GeneratedRegex(@"\A\s*[245]\.(?<subject>\d{1,3})\.(?<detail>\d{1,3})(?!\d)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex EnhancedCode();
}
