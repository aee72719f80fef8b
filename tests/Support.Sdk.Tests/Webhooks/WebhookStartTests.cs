using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Support.Sdk.Deliveries;
using Support.Sdk.Testing;
using Support.Sdk.Webhooks;
using Xunit;

namespace Support.Sdk.Tests.Webhooks;

public sealed class WebhookStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("support-webhooks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Settings_alone_add_a_webhook()
    {
        using var host = Build(_ => { }, new() { ["Support:Webhooks:demo:Secrets:0"] = Signed.Secret, ["Support:Webhooks:demo:MaxBody"] = "1000" });
        await host.StartAsync();

        var receiver = host.Services.GetRequiredService<IWebhookReceiver>();

        Assert.Equal(1000, receiver.Find("demo")?.MaxBody);
        Assert.Null(receiver.Find("other"));
    }

    [Fact]
    public async Task Code_adds_to_the_settings()
    {
        using var host = Build(support => support.AddSignedWebhook("demo", Signed.OtherSecret), new() { ["Support:Webhooks:demo:Secrets:0"] = Signed.Secret });
        await host.StartAsync();
        var request = Signed.Request("{}"u8.ToArray(), Signed.OtherSecret, TimeProvider.System.GetUtcNow());

        Assert.Equal(400, (await host.Services.GetRequiredService<IWebhookReceiver>().ReceiveAsync("demo", request)).Status);
    }

    [Fact]
    public Task A_webhook_without_a_secret_is_named() => FailsAsync("Support:Webhooks:demo:Secrets has 0 entries", support => support.AddSignedWebhook("demo"));

    [Fact]
    public Task A_short_secret_is_named_and_not_shown() =>
        FailsAsync("Support:Webhooks:demo:Secrets:0 is too short", support => support.AddSignedWebhook("demo", "hunter2"));

    [Fact]
    public Task A_name_that_is_no_address_is_refused() => FailsAsync("named 'My shop'", support => support.AddSignedWebhook("My shop", Signed.Secret));

    [Fact]
    public Task A_window_of_days_is_refused() =>
        FailsAsync(
            "ReplayWindow is 2.00:00:00",
            support => support.AddSignedWebhook("demo", Signed.Secret).AddSignedWebhook("demo", options => options.ReplayWindow = TimeSpan.FromDays(2))
        );

    [Fact]
    public Task Of_several_shops_the_webhook_must_name_its_own() =>
        FailsAsync(
            "Support:Webhooks:demo:Shops is empty",
            support => support.AddSignedWebhook("demo", Signed.Secret).AddShop(Given.Shop with { Id = "second" })
        );

    [Fact]
    public Task Two_webhooks_of_one_name_are_refused() =>
        FailsAsync(
            "Two webhooks are named 'demo'",
            support =>
            {
                support.Services.AddSingleton<IWebhook>(Signed.Webhook());
                return support.AddSignedWebhook("demo", Signed.Secret);
            }
        );

    private async Task FailsAsync(string expected, Func<ISupportBuilder, ISupportBuilder> add)
    {
        using var host = Build(support => add(support), []);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    private IHost Build(Action<ISupportBuilder> add, Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton<IChannel>(new RecordingChannel());
        add(builder.Services.AddSupport().AddSqlite(options => options.Path = Path.Combine(_folder, "support.db")).AddShop(Given.Shop));
        return builder.Build();
    }
}
