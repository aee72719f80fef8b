using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Support.Sdk.Deliveries;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore;

public sealed class SupportHealthTests
{
    private static Task<SupportApplication> StartAsync(Action<IServiceCollection>? with = null) =>
        SupportApplication.StartAsync(
            _ => { },
            with: services =>
            {
                services.AddHealthChecks().AddSupportHealthChecks();
                with?.Invoke(services);
            }
        );

    private static async Task<HealthReportEntry> CheckAsync(SupportApplication application, string name) =>
        (await application.Get<HealthCheckService>().CheckHealthAsync()).Entries[name];

    [Fact]
    public async Task A_sound_installation_is_healthy()
    {
        await using var application = await StartAsync();
        await application.AcceptAsync(Given.Snapshot());
        await application.AtAsync(Given.Monday);

        var report = await application.Get<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(["support-channels", "support-due", "support-store"], report.Entries.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(5, HealthStatus.Healthy)]
    [InlineData(6, HealthStatus.Degraded)]
    [InlineData(30, HealthStatus.Degraded)]
    [InlineData(31, HealthStatus.Unhealthy)]
    public async Task Work_that_stays_due_is_noticed_as_it_ages(int minutes, HealthStatus expected)
    {
        await using var application = await StartAsync();
        await application.AcceptAsync(Given.Snapshot());
        application.Time.Advance(TimeSpan.FromMinutes(minutes));

        var entry = await CheckAsync(application, "support-due");

        Assert.Equal((expected, minutes * 60L), (entry.Status, entry.Data["oldest_due_seconds"]));
    }

    [Fact]
    public async Task Events_that_wait_for_a_person_are_noticed()
    {
        await using var application = await StartAsync();
        await application.AcceptAsync(Given.Snapshot() with { Key = new("unknown", "1") });

        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(application, "support-due")).Status);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_unhealthy()
    {
        await using var application = await StartAsync(services => services.AddSingleton<ISupportRunner>(new BrokenRunner()));

        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(application, "support-store")).Status);
    }

    [Fact]
    public async Task A_channel_on_which_nothing_goes_through_is_noticed_until_something_does()
    {
        await using var application = await StartAsync();
        application.Channel.Answer(_ => DeliveryResult.Retry("The provider is away."));
        await application.AcceptAsync(Given.Snapshot("1"), Given.Snapshot("2"), Given.Snapshot("3"));
        await application.AtAsync(Given.PromiseEnds.AddHours(-48));

        var troubled = await CheckAsync(application, "support-channels");
        application.Channel.Answer(_ => DeliveryResult.Accepted());
        await application.AtAsync(Given.PromiseEnds.AddHours(-47));

        Assert.Equal((HealthStatus.Degraded, "Nothing went through in the last hour on: email."), (troubled.Status, troubled.Description));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(application, "support-channels")).Status);
    }

    private sealed class BrokenRunner : ISupportRunner
    {
        public Task<int> SweepAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException("Away.");

        public Task<int> BackfillAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException("Away.");

        public Task<int> DeliverAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException("Away.");

        public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException("Away.");
    }
}
