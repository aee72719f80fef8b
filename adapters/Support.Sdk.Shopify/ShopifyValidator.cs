using Microsoft.Extensions.Options;
using Support.Sdk.Shopify.Orders;

namespace Support.Sdk.Shopify;

/// <summary>What the settings must fulfil; every fault is named at the start, and none of them quotes a secret.</summary>
internal sealed class ShopifyValidator : IValidateOptions<ShopifyOptions>
{
    private const string Suffix = ".myshopify.com";
    private const string NextVersion = "unstable";
    private const int MaxLabel = 63;
    private const int MaxShopId = 100;
    private const int MaxSecrets = 10;

    public ValidateOptionsResult Validate(string? name, ShopifyOptions options)
    {
        var faults = Faults(options).Select(fault => $"Support:Shopify:{fault}").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ShopifyOptions options)
    {
        if (options.Shops.Count == 0)
        {
            yield return "Shops is empty. Name at least one shop, by its id in Support:Shops.";
        }

        if (options.WebhookAddress is { } address && !IsHttps(address))
        {
            yield return "WebhookAddress is not an absolute https address. Give the public one of the webhook, such as https://shop.example/webhooks/shopify: Shopify signs nothing that it posts elsewhere.";
        }

        foreach (var fault in options.Shops.SelectMany(shop => ShopFaults(shop.Key, shop.Value)))
        {
            yield return fault;
        }

        foreach (var twice in options.Shops.GroupBy(shop => shop.Value.Domain, StringComparer.OrdinalIgnoreCase).Where(IsShared))
        {
            yield return $"Shops has {string.Join(" and ", twice.Select(shop => $"'{shop.Key}'"))} with one Domain. Keep one of them: a webhook names its shop by the domain.";
        }
    }

    private static bool IsShared(IGrouping<string, KeyValuePair<string, ShopifyShop>> shops) => IsShopDomain(shops.Key) && shops.Skip(1).Any();

    private static IEnumerable<string> ShopFaults(string id, ShopifyShop shop)
    {
        if (id.Length is 0 or > MaxShopId || id.Any(char.IsControl))
        {
            yield return $"Shops has an id of {id.Length} characters. Use that of Support:Shops: 1 to {MaxShopId} characters, no control characters.";
            yield break;
        }

        foreach (var fault in AddressFaults(shop).Concat(PromiseFaults(shop)).Concat(SecretFaults(shop)).Concat(TokenFaults(shop)))
        {
            yield return $"Shops:{id}:{fault}";
        }
    }

    private static IEnumerable<string> AddressFaults(ShopifyShop shop)
    {
        if (!IsShopDomain(shop.Domain))
        {
            yield return $"Domain is missing, or not of the form teapots{Suffix}. Give the domain that Shopify gave the shop, without https:// and path: its webhooks name no other.";
        }

        if (!IsVersion(shop.ApiVersion))
        {
            yield return $"ApiVersion is neither a year and month, such as {ShopifyShop.DefaultApiVersion}, nor {NextVersion}. Leave it out for {ShopifyShop.DefaultApiVersion}.";
        }

        if (
            shop.ApiBaseAddress is { } address
            && !IsHttps(address)
            && !(address is { IsAbsoluteUri: true, IsLoopback: true } && string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal))
        )
        {
            yield return "ApiBaseAddress is no https address. Use https, or http on this machine only: the token goes there. Leave it out for Shopify itself.";
        }
    }

    private static IEnumerable<string> PromiseFaults(ShopifyShop shop)
    {
        if (!PromiseMetafield.IsName(shop.PromiseMetafield))
        {
            yield return "PromiseMetafield is not of the form namespace.key. Give it as Shopify shows it, such as custom.delivery_promise, or leave it out.";
        }
    }

    private static IEnumerable<string> SecretFaults(ShopifyShop shop)
    {
        if (shop.ClientSecrets.Count is 0 or > MaxSecrets)
        {
            yield return $"ClientSecrets has {shop.ClientSecrets.Count} entries. Give 1 to {MaxSecrets}, the newest first: the client secret (API secret key) of the app.";
        }

        for (var index = 0; index < shop.ClientSecrets.Count; index++)
        {
            if (string.IsNullOrWhiteSpace(shop.ClientSecrets[index]) || shop.ClientSecrets[index].Any(char.IsWhiteSpace))
            {
                yield return $"ClientSecrets:{index} is empty, or has blanks in it. Copy it from the app's settings as it stands there.";
            }
        }
    }

    private static IEnumerable<string> TokenFaults(ShopifyShop shop)
    {
        var (hasAccess, hasRefresh) = (!string.IsNullOrWhiteSpace(shop.AccessToken), !string.IsNullOrWhiteSpace(shop.RefreshToken));
        if (hasAccess == hasRefresh)
        {
            yield return hasAccess
                ? "AccessToken and RefreshToken are both set. Keep AccessToken for a custom app, whose token does not expire, and RefreshToken for any other."
                : "AccessToken and RefreshToken are both missing. Set AccessToken for a custom app, whose token does not expire, or RefreshToken for any other.";
        }

        if (hasRefresh && string.IsNullOrWhiteSpace(shop.ClientId))
        {
            yield return "ClientId is missing. Set the client id (API key) of the app: RefreshToken is good only together with it.";
        }
    }

    private static bool IsHttps(Uri address) => address.IsAbsoluteUri && string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);

    private static bool IsShopDomain(string? domain) =>
        domain is not null
        && domain.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
        && domain.Length - Suffix.Length is > 0 and <= MaxLabel
        && domain[..^Suffix.Length].All(one => char.IsAsciiLetterOrDigit(one) || one == '-')
        && domain[0] != '-';

    private static bool IsVersion(string? version) =>
        string.Equals(version, NextVersion, StringComparison.Ordinal)
        || (
            version is { Length: 7 }
            && version[4] == '-'
            && version.Remove(4, 1).All(char.IsAsciiDigit)
            && version[5..] is not "00"
            && string.CompareOrdinal(version[5..], "12") <= 0
        );
}
