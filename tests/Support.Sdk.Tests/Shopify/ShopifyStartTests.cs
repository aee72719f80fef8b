using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Support.Sdk.Deliveries;
using Support.Sdk.Shopify;
using Support.Sdk.Testing;
using Support.Sdk.Webhooks;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

public sealed class ShopifyStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("support-shopify-").FullName;

    private static Dictionary<string, string?> Settings =>
        new(StringComparer.Ordinal)
        {
            ["Support:Shopify:WebhookAddress"] = "https://shop.example/webhooks/shopify",
            ["Support:Shopify:Shops:main:Domain"] = ShopifyPost.Domain,
            ["Support:Shopify:Shops:main:ClientSecrets:0"] = ShopifyPost.Secret,
            ["Support:Shopify:Shops:main:AccessToken"] = "shpat_token",
        };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Settings_alone_are_enough()
    {
        using var host = Build(support => support.AddShopify(), Settings);
        await host.StartAsync();
        var receiver = host.Services.GetRequiredService<IWebhookReceiver>();

        Assert.Equal(4 * 1024 * 1024, receiver.Find("shopify")?.MaxBody);
        Assert.Equal(200, (await receiver.ReceiveAsync("shopify", new ShopifyPost().Request())).Status);
    }

    [Fact]
    public async Task Calling_it_twice_adds_one_webhook_and_both_configurations()
    {
        using var host = Build(
            support =>
                support
                    .AddShopify(options => options.Shops["main"].ClientSecrets.Add(ShopifyPost.OldSecret))
                    .AddShopify(options => options.Shops["main"].ApiVersion = "unstable"),
            Settings
        );
        await host.StartAsync();

        var shop = host.Services.GetRequiredService<IOptions<ShopifyOptions>>().Value.Shops["main"];
        Assert.Equal(("unstable", 2), (shop.ApiVersion, shop.ClientSecrets.Count));
        Assert.Single(host.Services.GetServices<IWebhook>());
    }

    [Fact]
    public async Task A_shop_with_a_refresh_token_and_a_local_address_starts()
    {
        var settings = Settings;
        settings.Remove("Support:Shopify:Shops:main:AccessToken");
        settings.Remove("Support:Shopify:WebhookAddress");
        settings["Support:Shopify:Shops:main:RefreshToken"] = "shprt_token";
        settings["Support:Shopify:Shops:main:ClientId"] = "id";
        settings["Support:Shopify:Shops:main:ApiBaseAddress"] = "http://127.0.0.1:4000";
        using var host = Build(support => support.AddShopify(), settings);

        await host.StartAsync();
    }

    [Theory]
    [InlineData("Shops:main:Domain", "")]
    [InlineData("Shops:main:Domain", "teapots")]
    [InlineData("Shops:main:Domain", "https://teapots.myshopify.com")]
    [InlineData("Shops:main:Domain", "teapots.myshopify.com/admin")]
    [InlineData("Shops:main:Domain", "www.teapots.myshopify.com")]
    [InlineData("Shops:main:Domain", "shop.example")]
    [InlineData("Shops:main:Domain", ".myshopify.com")]
    [InlineData("Shops:main:Domain", "-teapots.myshopify.com")]
    [InlineData("Shops:main:Domain", "teapots.myshopify.com.")]
    [InlineData("Shops:main:ApiVersion", "")]
    [InlineData("Shops:main:ApiVersion", "2026-13")]
    [InlineData("Shops:main:ApiVersion", "2026-00")]
    [InlineData("Shops:main:ApiVersion", "2026-1")]
    [InlineData("Shops:main:ApiVersion", "26-10-01")]
    [InlineData("Shops:main:ApiVersion", "latest")]
    [InlineData("Shops:main:ClientSecrets:0", "")]
    [InlineData("Shops:main:ClientSecrets:0", " shpss_hunter2")]
    [InlineData("Shops:main:ClientSecrets:1", "   ")]
    [InlineData("Shops:main:AccessToken", " ")]
    [InlineData("Shops:main:RefreshToken", "hunter2")]
    [InlineData("Shops:main:ApiBaseAddress", "http://teapots.myshopify.com")]
    [InlineData("Shops:main:ApiBaseAddress", "ftp://localhost")]
    [InlineData("Shops:main:ApiBaseAddress", "/admin")]
    [InlineData("WebhookAddress", "http://shop.example/webhooks/shopify")]
    [InlineData("WebhookAddress", "/webhooks/shopify")]
    public Task A_setting_that_cannot_work_is_named(string setting, string value) =>
        FailsAsync(
            $"Support:Shopify:{(setting.EndsWith("RefreshToken", StringComparison.Ordinal) ? "Shops:main:AccessToken and RefreshToken" : setting)} ",
            Settings,
            (setting, value)
        );

    [Fact]
    public Task A_shop_without_a_secret_is_named() =>
        FailsAsync("Support:Shopify:Shops:main:ClientSecrets has 0 entries", Without("Shops:main:ClientSecrets:0"));

    [Fact]
    public Task A_shop_with_more_secrets_than_a_rotation_needs_is_named() =>
        FailsAsync(
            "Support:Shopify:Shops:main:ClientSecrets has 11 entries",
            Settings,
            [.. Enumerable.Range(0, 11).Select(index => ($"Shops:main:ClientSecrets:{index}", "hunter2"))]
        );

    [Fact]
    public Task A_shop_without_a_token_is_named() =>
        FailsAsync("Support:Shopify:Shops:main:AccessToken and RefreshToken are both missing", Without("Shops:main:AccessToken"));

    [Fact]
    public Task A_refresh_token_without_the_client_id_is_named() =>
        FailsAsync("Support:Shopify:Shops:main:ClientId is missing", Without("Shops:main:AccessToken"), ("Shops:main:RefreshToken", "hunter2"));

    [Fact]
    public Task Without_any_shop_the_missing_setting_is_named() => FailsAsync("Support:Shopify:Shops is empty", []);

    [Fact]
    public Task Two_shops_with_one_domain_are_named() =>
        FailsAsync(
            "Support:Shopify:Shops has 'main' and 'second' with one Domain",
            Settings,
            ("Shops:second:Domain", "TEAPOTS.myshopify.com"),
            ("Shops:second:ClientSecrets:0", "hunter2"),
            ("Shops:second:AccessToken", "hunter2")
        );

    [Fact]
    public Task A_shop_whose_id_is_too_long_is_named() =>
        FailsAsync("Support:Shopify:Shops has an id of 101 characters", Settings, ($"Shops:{new string('x', 101)}:Domain", "kettles.myshopify.com"));

    private static Dictionary<string, string?> Without(string setting)
    {
        var settings = Settings;
        settings.Remove($"Support:Shopify:{setting}");
        return settings;
    }

    private async Task FailsAsync(string expected, Dictionary<string, string?> settings, params (string Setting, string Value)[] changes)
    {
        foreach (var (setting, value) in changes)
        {
            settings[$"Support:Shopify:{setting}"] = value;
        }

        using var host = Build(support => support.AddShopify(), settings);

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(exception.Failures, failure => failure.StartsWith(expected, StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ShopifyPost.Secret, exception.Message, StringComparison.Ordinal);
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
