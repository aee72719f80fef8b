using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Deliveries;
using Support.Sdk.Email.Smtp;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Email.Smtp;

public sealed class SmtpConnectionsTests
{
    private readonly FakeTimeProvider _time = new(Given.Monday);

    [Fact]
    public async Task Mails_one_after_the_other_share_a_connection()
    {
        await using var server = new FakeSmtpServer();
        await using var channel = SmtpChannels.To(server);

        await AcceptedAsync(channel, 10);

        Assert.Equal((1, 10, 1), (server.Connections, server.Mails.Count, server.Count("EHLO")));
    }

    [Fact]
    public async Task Mails_at_once_share_as_many_connections_as_are_set()
    {
        await using var server = new FakeSmtpServer();
        await using var channel = SmtpChannels.To(server, options => options.Connections = 3);

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(index => Task.Run(() => channel.SendAsync(Messages.Plain($"m{index}")))));

        Assert.All(results, result => Assert.Equal(DeliveryOutcome.Accepted, result.Outcome));
        Assert.InRange(server.Connections, 1, 3);
        Assert.Equal(60, server.MailIds.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(3, channel.Traits.Parallelism);
    }

    [Fact]
    public async Task A_connection_is_closed_politely_after_its_mails()
    {
        await using var server = new FakeSmtpServer();
        await using var channel = SmtpChannels.To(server, options => options.MailsPerConnection = 2);

        await AcceptedAsync(channel, 4);

        Assert.Equal((2, 2), (server.Connections, server.Farewells));
    }

    [Fact]
    public async Task A_connection_without_work_is_closed_politely_when_its_time_is_over()
    {
        await using var server = new FakeSmtpServer();
        await using var channel = SmtpChannels.To(server, options => options.KeepIdle = TimeSpan.FromSeconds(20), _time);
        await AcceptedAsync(channel, 1);

        _time.Advance(TimeSpan.FromSeconds(20));
        await UntilAsync(() => server.Farewells == 1);
        await AcceptedAsync(channel, 1);

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Without_a_time_no_connection_is_kept()
    {
        await using var server = new FakeSmtpServer();
        await using var channel = SmtpChannels.To(server, options => options.KeepIdle = TimeSpan.Zero);

        await AcceptedAsync(channel, 2);

        Assert.Equal((2, 2), (server.Connections, server.Farewells));
    }

    [Fact]
    public async Task At_the_end_connections_are_closed_politely()
    {
        await using var server = new FakeSmtpServer();
        await using (var channel = SmtpChannels.To(server))
        {
            await AcceptedAsync(channel, 1);
        }

        await UntilAsync(() => server.Farewells == 1);
    }

    [Theory]
    [InlineData("MAIL FROM", FakeSmtpServer.Drop)]
    [InlineData("MAIL FROM", "421 4.4.2 timeout exceeded")]
    [InlineData("RCPT TO", FakeSmtpServer.Drop)]
    [InlineData("DATA", FakeSmtpServer.Drop)]
    public async Task A_kept_connection_that_the_server_leaves_fails_no_mail(string command, string answer)
    {
        var isTired = false;
        await using var server = new FakeSmtpServer();
        server.Answer = line =>
        {
            if (isTired && line.StartsWith(command, StringComparison.Ordinal))
            {
                isTired = false;
                return answer;
            }

            return null;
        };
        await using var channel = SmtpChannels.To(server);
        await AcceptedAsync(channel, 1);

        isTired = true;
        await AcceptedAsync(channel, 1);

        Assert.Equal((2, 2), (server.Connections, server.Mails.Count));
    }

    [Fact]
    public async Task A_new_connection_that_the_server_leaves_is_not_tried_twice()
    {
        await using var server = new FakeSmtpServer { Answer = line => line.StartsWith("MAIL FROM", StringComparison.Ordinal) ? FakeSmtpServer.Drop : null };
        await using var channel = SmtpChannels.To(server);

        Assert.Equal(DeliveryOutcome.Retry, (await channel.SendAsync(Messages.Plain())).Outcome);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_kept_connection_that_is_left_after_the_mail_was_handed_over_leaves_it_in_doubt()
    {
        var isTired = false;
        await using var server = new FakeSmtpServer();
        server.Answer = line => isTired && string.Equals(line, FakeSmtpServer.End, StringComparison.Ordinal) ? FakeSmtpServer.Drop : null;
        await using var channel = SmtpChannels.To(server);
        await AcceptedAsync(channel, 1);

        isTired = true;

        Assert.Equal(DeliveryOutcome.InDoubt, (await channel.SendAsync(Messages.Plain())).Outcome);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_server_that_restarted_takes_the_next_mail()
    {
        var first = new FakeSmtpServer();
        var port = first.Port;
        await using var channel = SmtpChannels.To(first);
        await AcceptedAsync(channel, 1);

        await first.DisposeAsync();
        await using var second = new FakeSmtpServer(port);
        await AcceptedAsync(channel, 1);

        Assert.Single(second.Mails);
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again()
    {
        var server = new FakeSmtpServer();
        await server.DisposeAsync();
        await using var channel = SmtpChannels.To(server);

        var result = await channel.SendAsync(Messages.Plain());

        Assert.Equal(DeliveryOutcome.Retry, result.Outcome);
        Assert.Contains("ConnectionRefused", result.Reason, StringComparison.Ordinal);
    }

    private static async Task AcceptedAsync(SmtpChannel channel, int mails)
    {
        for (var mail = 0; mail < mails; mail++)
        {
            var result = await channel.SendAsync(Messages.Plain(), TestContext.Current.CancellationToken);
            Assert.True(result.Outcome == DeliveryOutcome.Accepted, result.Reason);
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
