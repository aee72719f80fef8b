using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Sdk.Shops;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Warns at the start of shops that tell what Shopify mails already.</summary>
internal sealed partial class DoubleMailWarning(IShopDirectory shops, IOptions<ShopifyOptions> options, ILogger<DoubleMailWarning> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var id in options.Value.Shops.Keys)
        {
            // Who has chosen nothing tells of trouble alone.
            var tells = (await shops.FindAsync(id, cancellationToken))?.Tells ?? [];
            var twice = ShopifyMails.All.Where(mail => tells.Contains(mail.Kind, StringComparer.Ordinal)).ToList();
            if (twice.Count > 0)
            {
                LogTwice(
                    id,
                    string.Join(", ", twice.Select(mail => mail.Kind).Distinct(StringComparer.Ordinal)),
                    string.Join(", ", twice.Select(mail => mail.Name))
                );
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Shop {Shop} tells {Kinds}, and Shopify mails the same. Switch off in Shopify (Settings, Notifications): {Mails}. Or leave the kinds out of Tells."
    )]
    private partial void LogTwice(string shop, string kinds, string mails);
}
