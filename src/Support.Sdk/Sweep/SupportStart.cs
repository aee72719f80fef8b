using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;
using Support.Sdk.Tickets;
using Support.Sdk.Webhooks;

namespace Support.Sdk.Sweep;

/// <summary>Checks once, before anything else happens, that nothing is missing, and opens the store.</summary>
internal sealed class SupportStart(IServiceProvider services, IOptions<SupportOptions> options) : IDisposable
{
    private const int KeyBytes = 32;
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Installation? _installation;

    public async ValueTask<Installation> EnsureAsync(CancellationToken cancellationToken)
    {
        if (_installation is { } started)
        {
            return started;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _installation ??= await StartAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<Installation> StartAsync(CancellationToken cancellationToken)
    {
        var store =
            services.GetService<ISupportStore>()
            ?? throw new InvalidOperationException("No store is registered. Call AddSqlite() or AddPostgres() after AddSupport().");
        var channels = services.GetServices<IChannel>().ToList();
        if (channels.Count == 0)
        {
            throw new InvalidOperationException("No channel is registered. Call AddEmail() or AddPickupFolder(), or register an IChannel, after AddSupport().");
        }

        var twice = channels.GroupBy(channel => channel.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidOperationException(
                $"Two channels are named '{twice.Key}'. A contact point names its channel: register one of them, or rename one."
            );
        }

        if (services.GetRequiredService<IShopDirectory>() is OptionsShopDirectory directory)
        {
            ShopRules.Check(directory.Shops, channels.Exists(channel => string.Equals(channel.Name, "email", StringComparison.Ordinal)));
        }

        if (options.Value.PublicAddress is { } address && !ShopRules.IsPublic(address))
        {
            throw new InvalidOperationException(
                $"Support:PublicAddress '{address}' is no absolute https address. Customers' links would be readable on their way."
            );
        }

        if (options.Value.TrackingInterval < TimeSpan.FromMinutes(15) || options.Value.TrackingInterval > TimeSpan.FromDays(7))
        {
            throw new InvalidOperationException("Support:TrackingInterval must lie between 15 minutes and 7 days.");
        }

        RetentionRules.Check(options.Value.Retention);
        CheckContent(services.GetRequiredService<ContentOptions>());
        services.GetRequiredService<WebhookCatalog>();
        var templates = services.GetRequiredService<TemplateCatalog>();
        BrandRules.Check((services.GetRequiredService<IShopDirectory>() as OptionsShopDirectory)?.Shops ?? [], templates, options.Value);
        await store.StartAsync(cancellationToken);
        var key = await KeyAsync(store, cancellationToken);
        return new Installation(new DeliveryIds(key), new LinkSeal(key, options.Value.PublicAddress), new ContactKeys(key), new FormSeal(key));
    }

    private static void CheckContent(ContentOptions content)
    {
        if (content.MaxBytes is < 1 or > 100 * 1024 * 1024)
        {
            throw new InvalidOperationException("Support:Content:MaxBytes must lie between 1 and 104,857,600 (100 MB).");
        }

        if (content.MaxFiles is < 0 or > 20)
        {
            throw new InvalidOperationException("Support:Content:MaxFiles must lie between 0 and 20.");
        }
    }

    private async Task<byte[]> KeyAsync(ISupportStore store, CancellationToken cancellationToken)
    {
        if (options.Value.InstallationKey is not { } text)
        {
            return await store.GetOrAddSecretAsync("installation-key", RandomNumberGenerator.GetBytes(KeyBytes), cancellationToken);
        }

        return text.Length >= KeyBytes
            ? Encoding.UTF8.GetBytes(text)
            : throw new InvalidOperationException($"Support:InstallationKey has {text.Length} characters. Give it at least {KeyBytes}, or leave it out.");
    }
}
