using Microsoft.Extensions.Options;
using Support.Sdk.Shops;

namespace Support.Sdk.Webhooks;

/// <summary>Every webhook of the installation by its name: those of adapters, and the signed ones of the settings.</summary>
internal sealed class WebhookCatalog
{
    private const int MaxName = 50;
    private const int MaxSecrets = 10;
    private const int MaxBody = 256 * 1024;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromHours(1);

    private readonly Dictionary<string, IWebhook> _webhooks = new(StringComparer.Ordinal);

    public WebhookCatalog(IEnumerable<IWebhook> webhooks, IOptions<SupportOptions> options, IShopDirectory shops)
    {
        var signed = options.Value.Webhooks.Select(pair => Signed(pair.Key, pair.Value, shops));
        foreach (var webhook in webhooks.Concat(signed))
        {
            Check(webhook.Name);
            if (!_webhooks.TryAdd(webhook.Name, webhook))
            {
                throw new InvalidOperationException($"Two webhooks are named '{webhook.Name}'. Rename one: senders post to its name.");
            }
        }
    }

    public IWebhook? Find(string name) => _webhooks.GetValueOrDefault(name);

    private static SignedWebhook Signed(string name, SignedWebhookOptions options, IShopDirectory directory)
    {
        if (options.Secrets.Count is 0 or > MaxSecrets)
        {
            throw Fault(name, "Secrets", $"has {options.Secrets.Count} entries. Give 1 to {MaxSecrets}. {WebhookSecret.Rule}");
        }

        if (options.MaxBody is < 1 or > MaxBody)
        {
            throw Fault(name, "MaxBody", $"is {options.MaxBody}. Give 1 to {MaxBody} bytes.");
        }

        if (options.ReplayWindow < TimeSpan.FromSeconds(1) || options.ReplayWindow > LongestWindow)
        {
            throw Fault(name, "ReplayWindow", $"is {options.ReplayWindow}. Give 1 second to 1 hour.");
        }

        // The secret itself is never shown.
        var keys = options.Secrets.Select(
            (secret, index) => WebhookSecret.Key(secret) ?? throw Fault(name, $"Secrets:{index}", $"is too short. {WebhookSecret.Rule}")
        );
        return new SignedWebhook(name, [.. keys], Shops(name, options, directory), options);
    }

    private static IReadOnlyList<string> Shops(string name, SignedWebhookOptions options, IShopDirectory directory)
    {
        if (options.Shops.Count > 0)
        {
            return [.. options.Shops];
        }

        return directory is OptionsShopDirectory { Shops: { Count: 1 } only }
            ? [only.First().Id]
            : throw Fault(name, "Shops", "is empty. Name the shops that the sender may write to.");
    }

    private static void Check(string name)
    {
        if (
            name.Length is 0 or > MaxName
            || !char.IsAsciiLetterLower(name[0])
            || !name.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one == '-')
        )
        {
            throw new InvalidOperationException(
                $"A webhook is named '{name}'. Senders post to its name: use 1 to {MaxName} of a-z, 0-9 and '-', beginning with a letter."
            );
        }
    }

    private static InvalidOperationException Fault(string name, string setting, string fault) => new($"Support:Webhooks:{name}:{setting} {fault}");
}
