using Microsoft.Extensions.Logging;
using Support.Sdk.Deliveries;
using Support.Sdk.Email.Smtp;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Email.Smtp;

/// <summary>What a mail server says, and what becomes of the message.</summary>
public sealed class SmtpAnswerTests
{
    [Fact]
    public async Task What_the_server_takes_is_accepted_with_its_queue_id()
    {
        var result = await SendAsync(_ => null);

        Assert.Equal(DeliveryOutcome.Accepted, result.Outcome);
        Assert.Equal("4XyZ12345", result.ProviderId);
    }

    [Theory]
    [InlineData("250 OK id=1tAbCd-000000001Xy-2cDe", "1tAbCd-000000001Xy-2cDe")]
    [InlineData("250 Thank you, ada@example.com, for your mail", null)]
    public async Task Only_a_queue_id_is_taken_from_the_servers_words(string answer, string? id)
    {
        var result = await SendAsync(FakeSmtpServer.End, answer);

        Assert.Equal(DeliveryOutcome.Accepted, result.Outcome);
        Assert.Equal(id, result.ProviderId);
    }

    [Theory]
    [InlineData("RCPT TO", "550 5.1.1 <ada@example.com>: Recipient address rejected: User unknown", "no such mailbox")]
    [InlineData("RCPT TO", "550 No such user here", "gives no other reason")]
    [InlineData("RCPT TO", "556 5.1.10 nullMX", "takes no mail")]
    [InlineData("RCPT TO", "501 5.1.3 Bad recipient address syntax", "not valid")]
    [InlineData("RCPT TO", "552 5.2.2 Mailbox full", "mailbox is full")]
    [InlineData("RCPT TO", "550 5.2.1 The account ada@example.com is inactive", "switched off")]
    [InlineData("MAIL FROM", "552 5.3.4 Message size exceeds fixed limit", "too large")]
    [InlineData(FakeSmtpServer.End, "552 5.3.4 Message too big", "too large")]
    [InlineData(FakeSmtpServer.End, "550 5.7.1 Message looks like spam", "a rule of the receiver")]
    [InlineData(FakeSmtpServer.End, "554 Transaction failed", "gives no other reason")]
    public async Task A_permanent_refusal_of_the_recipient_or_the_mail_rejects_it(string command, string answer, string reason)
    {
        var result = await SendAsync(command, answer);

        Assert.Equal(DeliveryOutcome.Rejected, result.Outcome);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL FROM", "530 5.7.0 Authentication required", "Support:Email:UserName")]
    [InlineData("MAIL FROM", "530 5.7.0 Must issue a STARTTLS command first", "Support:Email:UserName")]
    [InlineData("MAIL FROM", "553 5.7.1 <hello@shop.example>: Sender address rejected: not owned by user", "Brand.EmailFrom")]
    [InlineData("MAIL FROM", "550 5.7.60 Client does not have permissions to send as this sender", "Brand.EmailFrom")]
    [InlineData("MAIL FROM", "554 5.7.1 Service unavailable; Client host blocked", "Brand.EmailFrom")]
    [InlineData("RCPT TO", "554 5.7.1 <ada@example.com>: Relay access denied", "passes nothing on")]
    [InlineData("RCPT TO", "530 5.7.0 Authentication required", "Support:Email:UserName")]
    [InlineData("RCPT TO", "503 5.5.1 Error: need MAIL command", "set-up")]
    [InlineData(FakeSmtpServer.End, "550 5.7.26 Unauthenticated mail is not accepted due to the domain's DMARC policy", "DKIM")]
    [InlineData(FakeSmtpServer.End, "554 5.3.5 Local configuration error", "set-up")]
    public async Task A_permanent_refusal_of_our_settings_rejects_no_mail(string command, string answer, string reason)
    {
        var result = await SendAsync(command, answer);

        Assert.Equal(DeliveryOutcome.Retry, result.Outcome);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("example", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RCPT TO", "450 4.7.1 <ada@example.com>: Recipient address rejected: Greylisted", 5)]
    [InlineData("RCPT TO", "451 Try again later", 5)]
    [InlineData("RCPT TO", "452 4.2.2 Mailbox full", 60)]
    [InlineData(FakeSmtpServer.End, "451 4.7.1 Greylisted", 5)]
    public async Task A_recipient_that_is_put_off_comes_later_and_says_nothing_about_the_channel(string command, string answer, int minutes)
    {
        var result = await SendAsync(command, answer);

        Assert.Equal(DeliveryOutcome.Retry, result.Outcome);
        Assert.True(result.ConcernsOnlyMessage);
        Assert.Equal(TimeSpan.FromMinutes(minutes), result.RetryAfter);
    }

    [Theory]
    [InlineData(FakeSmtpServer.Greeting, "421 4.3.2 Too many connections")]
    [InlineData(FakeSmtpServer.Greeting, "554 5.7.1 You are blocked")]
    [InlineData("MAIL FROM", "451 4.7.1 Rate limit")]
    [InlineData("MAIL FROM", "421 4.3.0 Shutting down")]
    [InlineData("RCPT TO", "452 4.3.1 Insufficient system storage")]
    [InlineData("DATA", "451 4.3.0 Queue file write error")]
    [InlineData("DATA", "250 what?")]
    [InlineData(FakeSmtpServer.End, "421 4.3.0 Shutting down")]
    [InlineData(FakeSmtpServer.End, "452 4.3.1 Insufficient system storage")]
    public async Task A_server_in_trouble_is_tried_again(string command, string answer)
    {
        var result = await SendAsync(command, answer);

        Assert.Equal(DeliveryOutcome.Retry, result.Outcome);
        Assert.False(result.ConcernsOnlyMessage);
    }

    [Theory]
    [InlineData(FakeSmtpServer.Greeting, FakeSmtpServer.Drop)]
    [InlineData("EHLO", FakeSmtpServer.Drop)]
    [InlineData("MAIL FROM", FakeSmtpServer.Drop)]
    [InlineData("RCPT TO", FakeSmtpServer.Drop)]
    [InlineData("DATA", FakeSmtpServer.Drop)]
    [InlineData(FakeSmtpServer.Greeting, "Hello there!")]
    [InlineData(FakeSmtpServer.Greeting, "HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("MAIL FROM", "\0\0\0\0")]
    [InlineData("RCPT TO", "25")]
    [InlineData("DATA", "xyz go on")]
    [InlineData("DATA", "354-go\r\n250 on")]
    public async Task A_server_that_leaves_or_talks_nonsense_before_it_has_the_mail_is_tried_again(string command, string answer)
    {
        var result = await SendAsync(command, answer);

        Assert.Equal(DeliveryOutcome.Retry, result.Outcome);
    }

    [Theory]
    [InlineData(FakeSmtpServer.Drop)]
    [InlineData("nonsense")]
    [InlineData("250-first\r\n550 second")]
    [InlineData("354 again?")]
    public async Task A_server_that_leaves_or_talks_nonsense_after_it_has_the_mail_leaves_it_in_doubt(string answer)
    {
        foreach (var extension in new[] { "PIPELINING", "CHUNKING", "SIZE 20000000" })
        {
            var result = await SendAsync(FakeSmtpServer.End, answer, extension);

            Assert.Equal(DeliveryOutcome.InDoubt, result.Outcome);
        }
    }

    [Theory]
    [InlineData("EHLO")]
    [InlineData("MAIL FROM")]
    public async Task A_server_that_talks_without_end_is_cut_off(string command)
    {
        var result = await SendAsync(command, string.Concat(Enumerable.Repeat("250-and another thing\r\n", 20_000)));

        Assert.Equal(DeliveryOutcome.Retry, result.Outcome);
        Assert.Contains("IOException", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_that_is_refused_does_not_spoil_the_connection()
    {
        await using var server = new FakeSmtpServer { Answer = line => line.StartsWith("RCPT TO:<eve", StringComparison.Ordinal) ? "550 5.1.1 unknown" : null };
        await using var channel = SmtpChannels.To(server);

        var refused = await channel.SendAsync(Messages.Plain() with { To = new ContactPoint("email", "eve@example.com") });
        var taken = await channel.SendAsync(Messages.Plain());

        Assert.Equal(DeliveryOutcome.Rejected, refused.Outcome);
        Assert.Equal(DeliveryOutcome.Accepted, taken.Outcome);
        Assert.Equal((1, 1), (server.Connections, server.Count("RSET")));
        Assert.Single(server.Mails);
    }

    [Theory]
    [InlineData("MAIL FROM", "553 5.7.1 <hello@shop.example>: not owned", 1)]
    [InlineData("RCPT TO", "550 5.1.1 <ada@example.com>: unknown", 0)]
    public async Task Only_what_somebody_must_change_is_a_warning_and_it_names_nobody(string command, string answer, int warnings)
    {
        var logger = new Lines();
        await using var server = new FakeSmtpServer { Answer = line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null };
        await using var channel = SmtpChannels.To(server, logger: logger);

        await channel.SendAsync(Messages.Plain(), TestContext.Current.CancellationToken);

        Assert.Equal(warnings, logger.All.Count);
        Assert.All(logger.All, line => Assert.StartsWith("Warning Delivery 0123456789abcdef", line, StringComparison.Ordinal));
        Assert.All(logger.All, line => Assert.DoesNotContain("example", line, StringComparison.Ordinal));
    }

    private static Task<DeliveryResult> SendAsync(string command, string answer, string extension = "PIPELINING") =>
        SendAsync(line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null, extension);

    private static async Task<DeliveryResult> SendAsync(Func<string, string?> answer, string extension = "PIPELINING")
    {
        await using var server = new FakeSmtpServer { Answer = answer };
        server.Extensions.Clear();
        server.Extensions.Add(extension);
        await using var channel = SmtpChannels.To(server, options => options.Timeout = TimeSpan.FromSeconds(20));

        return await channel.SendAsync(Messages.Plain(), TestContext.Current.CancellationToken);
    }

    private sealed class Lines : ILogger<SmtpChannel>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add($"{logLevel} {formatter(state, exception)}");
    }
}
