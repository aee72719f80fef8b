using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;
using Support.Sdk.Email.Smtp;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Email.Smtp;

public sealed class DomainPaceTests
{
    private static readonly DateTimeOffset Now = Given.Monday;

    [Fact]
    public void Without_a_pace_nothing_waits() => Assert.All(Waits(new DomainPace(new EmailOptions()), 100), wait => Assert.Equal(0, wait));

    [Fact]
    public void A_domain_gets_so_many_a_minute()
    {
        var pace = new DomainPace(new EmailOptions { MaxPerDomainAndMinute = 6 });

        Assert.Equal([0, 10, 20, 30], Waits(pace, 4));
        Assert.Equal(TimeSpan.Zero, pace.Wait("other", "other.example", Now));
    }

    [Fact]
    public void A_domain_can_have_a_pace_of_its_own_and_its_case_does_not_matter()
    {
        var options = new EmailOptions { MaxPerDomainAndMinute = 6 };
        options.DomainsPerMinute["Example.com"] = 60;
        var pace = new DomainPace(options);

        Assert.Equal([0, 1, 2], Waits(pace, 3));
    }

    [Fact]
    public void A_mail_that_comes_back_at_its_moment_passes_and_before_it_waits_on()
    {
        var pace = new DomainPace(new EmailOptions { MaxPerDomainAndMinute = 6 });
        Waits(pace, 3);

        Assert.Equal(5, pace.Wait("m1", "example.com", Now.AddSeconds(5)).TotalSeconds);
        Assert.Equal(0, pace.Wait("m1", "example.com", Now.AddSeconds(10)).TotalSeconds);
        Assert.Equal(0, pace.Wait("m2", "example.com", Now.AddSeconds(25)).TotalSeconds);
        Assert.Equal(5, pace.Wait("m3", "example.com", Now.AddSeconds(25)).TotalSeconds);
    }

    [Fact]
    public async Task What_is_above_the_pace_comes_later_without_a_connection()
    {
        await using var server = new FakeSmtpServer();
        await using var channel = SmtpChannels.To(server, options => options.MaxPerDomainAndMinute = 1, new FakeTimeProvider(Now));

        var first = await channel.SendAsync(Messages.Plain("m1"));
        var second = await channel.SendAsync(Messages.Plain("m2"));

        Assert.Equal((DeliveryOutcome.Accepted, DeliveryOutcome.Retry), (first.Outcome, second.Outcome));
        Assert.Equal((true, TimeSpan.FromMinutes(1)), (second.ConcernsOnlyMessage, second.RetryAfter));
        Assert.Single(server.Mails);
    }

    private static double[] Waits(DomainPace pace, int mails) =>
        [.. Enumerable.Range(0, mails).Select(mail => pace.Wait($"m{mail}", "example.com", Now).TotalSeconds)];
}
