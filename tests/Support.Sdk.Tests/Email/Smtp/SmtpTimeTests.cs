using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Deliveries;
using Support.Sdk.Email.Smtp;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Email.Smtp;

/// <summary>A server that stalls, and a caller that loses patience.</summary>
public sealed class SmtpTimeTests
{
    private readonly FakeTimeProvider _time = new(Given.Monday);

    [Theory]
    [InlineData(FakeSmtpServer.Greeting)]
    [InlineData("EHLO")]
    [InlineData("MAIL FROM")]
    [InlineData("RCPT TO")]
    [InlineData("DATA")]
    public async Task A_server_that_stalls_before_it_has_the_mail_is_tried_again(string command)
    {
        var stalled = new TaskCompletionSource();
        await using var server = Stalling(command, stalled);
        await using var channel = SmtpChannels.To(server, time: _time);

        var attempt = channel.SendAsync(Messages.Plain(), TestContext.Current.CancellationToken);
        await stalled.Task;
        _time.Advance(TimeSpan.FromMinutes(1));
        var result = await attempt;

        Assert.Equal(DeliveryOutcome.Retry, result.Outcome);
        Assert.Contains("within 00:01:00", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stalls_in_the_handshake_is_tried_again()
    {
        var stalled = new TaskCompletionSource();
        await using var server = new FakeSmtpServer
        {
            Answer = line =>
            {
                if (string.Equals(line, "STARTTLS", StringComparison.Ordinal))
                {
                    stalled.SetResult();
                }

                return null;
            },
        };
        server.Extensions.Add("STARTTLS");
        await using var channel = SmtpChannels.To(server, options => options.Security = Support.Sdk.Email.EmailSecurity.StartTls, _time);

        var attempt = channel.SendAsync(Messages.Plain(), TestContext.Current.CancellationToken);
        await stalled.Task;
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(DeliveryOutcome.Retry, (await attempt).Outcome);
    }

    [Theory]
    [InlineData("PIPELINING")]
    [InlineData("CHUNKING")]
    public async Task A_server_that_stalls_after_it_has_the_mail_gets_the_whole_time_again_and_leaves_it_in_doubt(string extension)
    {
        var stalled = new TaskCompletionSource();
        await using var server = Stalling(FakeSmtpServer.End, stalled, () => _time.Advance(TimeSpan.FromSeconds(50)));
        server.Extensions.Add(extension);
        await using var channel = SmtpChannels.To(server, time: _time);

        var attempt = channel.SendAsync(Messages.Plain(), TestContext.Current.CancellationToken);
        await stalled.Task;
        Assert.False(attempt.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));
        var result = await attempt;

        Assert.Equal(DeliveryOutcome.InDoubt, result.Outcome);
        Assert.Contains("within 00:01:00", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FakeSmtpServer.Greeting)]
    [InlineData("RCPT TO")]
    [InlineData("DATA")]
    public async Task A_caller_can_cancel_until_the_mail_is_handed_over(string command)
    {
        var stalled = new TaskCompletionSource();
        await using var server = Stalling(command, stalled);
        await using var channel = SmtpChannels.To(server, time: _time);
        using var cancelled = new CancellationTokenSource();

        var attempt = channel.SendAsync(Messages.Plain(), cancelled.Token);
        await stalled.Task;
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_caller_that_cancels_too_late_hears_the_servers_answer()
    {
        using var cancelled = new CancellationTokenSource();
        await using var server = new FakeSmtpServer();
        server.Answer = line =>
        {
            if (string.Equals(line, FakeSmtpServer.End, StringComparison.Ordinal))
            {
                cancelled.Cancel();
            }

            return null;
        };
        await using var channel = SmtpChannels.To(server, time: _time);

        var result = await channel.SendAsync(Messages.Plain(), cancelled.Token);

        Assert.Equal(DeliveryOutcome.Accepted, result.Outcome);
    }

    [Fact]
    public async Task Whoever_waits_for_the_channel_waits_longer_than_the_channel()
    {
        await using var server = new FakeSmtpServer();
        await using var channel = SmtpChannels.To(server, options => options.Timeout = TimeSpan.FromSeconds(30));

        Assert.True(channel.Traits.Timeout > TimeSpan.FromSeconds(60));
    }

    private static FakeSmtpServer Stalling(string command, TaskCompletionSource stalled, Action? before = null) =>
        new()
        {
            Answer = line =>
            {
                if (!line.StartsWith(command, StringComparison.Ordinal))
                {
                    return null;
                }

                before?.Invoke();
                stalled.TrySetResult();
                return FakeSmtpServer.Stall;
            },
        };
}
