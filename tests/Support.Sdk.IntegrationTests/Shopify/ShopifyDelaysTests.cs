using System.Diagnostics;
using System.Globalization;
using MimeKit;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>The sample as a merchant starts it: its own process, set by environment variables alone, with the machine's clock.</summary>
public sealed class ShopifyDelaysTests(ShopifyPeer shop) : IClassFixture<ShopifyPeer>, IDisposable
{
    private const string Secret = "hush-hush-hush";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("shopify-delays-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_sample_takes_an_order_that_nobody_ships_to_a_mail_a_tag_and_a_note()
    {
        await shop.BeginAsync();
        await shop.CommandAsync("settings", new { domain = ShopifySigner.Domain });
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Loopback.FreePort()}");
        using var sample = Start(address);
        try
        {
            await UntilAsync(sample, async () => (await shop.CommandAsync("subscriptions"))["subscriptions"]!.AsArray().Count >= 10);
            await shop.CommandAsync("autoDeliver", new { url = $"{address}/webhooks/shopify", secret = Secret });

            await PlaceAsync(TimeProvider.System.GetUtcNow());

            await UntilAsync(sample, async () => (await TagsAsync()).Count > 0);
            var mail = await MimeMessage.LoadAsync(Mails().Single(), TestContext.Current.CancellationToken);
            Assert.Equal("ada@example.com", Assert.Single(mail.To.Mailboxes).Address);
            Assert.Contains("#1001", mail.Subject + mail.TextBody, StringComparison.Ordinal);
        }
        finally
        {
            sample.Kill(entireProcessTree: true);
            await sample.WaitForExitAsync(CancellationToken.None);
        }
    }

    private Process Start(string address)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(Peers.Root, "samples", "ShopifyDelays", "bin", configuration, "net10.0", "ShopifyDelays.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", address])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["Support__Shops__main__Brand__Name"] = "Tiny Teapots";
        start.Environment["Support__Shops__main__Brand__EmailFrom"] = "hello@teapots.example";
        start.Environment["Support__Shopify__WebhookAddress"] = "https://shop.example/webhooks/shopify";
        start.Environment["Support__Shopify__Shops__main__Domain"] = ShopifySigner.Domain;
        start.Environment["Support__Shopify__Shops__main__ClientSecrets__0"] = Secret;
        start.Environment["Support__Shopify__Shops__main__AccessToken"] = "shpat_1";
        start.Environment["Support__Shopify__Shops__main__ApiBaseAddress"] = shop.Address.AbsoluteUri;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }

    private async Task PlaceAsync(DateTimeOffset now) =>
        await shop.CommandAsync(
            "putOrder",
            new
            {
                order = new
                {
                    id = "gid://shopify/Order/1001",
                    name = "#1001",
                    createdAt = now,
                    processedAt = now,
                    email = "ada@example.com",
                    requiresShipping = true,
                    displayFulfillmentStatus = "UNFULFILLED",
                    shippingAddress = new { countryCodeV2 = "SE" },
                    lineItems = (object[])
                        [
                            new
                            {
                                id = "gid://shopify/LineItem/1",
                                name = "Teapot, blue",
                                quantity = 1,
                                currentQuantity = 1,
                                unfulfilledQuantity = 1,
                                requiresShipping = true,
                            },
                        ],
                    fulfillmentOrders = (object[])
                        [
                            new
                            {
                                id = "gid://shopify/FulfillmentOrder/1",
                                status = "OPEN",
                                fulfillBy = now.AddSeconds(15),
                            },
                        ],
                },
            }
        );

    private async Task<IReadOnlyList<string?>> TagsAsync() =>
        [.. (await shop.CommandAsync("getOrder", new { id = "gid://shopify/Order/1001" }))["order"]!["tags"]?.AsArray().Select(tag => (string?)tag) ?? []];

    private IEnumerable<string> Mails() =>
        Directory.Exists(Path.Combine(_folder, "mails")) ? Directory.EnumerateFiles(Path.Combine(_folder, "mails"), "*.eml", SearchOption.AllDirectories) : [];

    private static async Task UntilAsync(Process sample, Func<Task<bool>> isMet)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await isMet())
        {
            Assert.False(sample.HasExited, "The sample ended.");
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, "It did not happen in time.");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
