using System.Globalization;
using System.Text.Json;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Stores;
using Support.Sdk;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using static Nop.Plugin.Misc.SupportSdk.Setup.ShopValues;

namespace Nop.Plugin.Misc.SupportSdk.Setup;

/// <summary>Makes of a store and its settings the shop that the engine knows.</summary>
internal static class StoreShops
{
    /// <summary>The longest warning.</summary>
    public const int MostWarnHours = 365 * 24;

    private const string Prefix = "store-";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The engine's name of a store.</summary>
    public static string IdOf(int storeId) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{storeId}");

    /// <summary>The store of a shop, or null when it is none of ours.</summary>
    public static int? StoreIdOf(string shop) =>
        shop.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(shop.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    /// <summary>The shop of a store.</summary>
    /// <exception cref="FormatException">A setting means nothing; the message names it and says what to write.</exception>
    public static Shop Of(Store store, SupportSettings settings, EmailAccount? account, Language? language, TimeZoneInfo defaultZone) =>
        new()
        {
            Id = IdOf(store.Id),
            Mode = settings.Mode switch
            {
                SupportMode.Live => ShopMode.Live,
                SupportMode.DryRun => ShopMode.Shadow,
                SupportMode.Off => ShopMode.Off,
                _ => throw new FormatException("Mode: unknown value. Choose Off, Dry run or Live."),
            },
            TimeZone = Text(settings.TimeZone) ?? ZoneOf(defaultZone),
            Country = Text(settings.Country)?.ToUpperInvariant(),
            PublicAddress = Pages(store),
            Culture = Text(language?.LanguageCulture) ?? "en",
            Hours = Text(settings.OpeningHours) is { } hours ? OpeningHours.Read(hours) : null,
            Brand = Brand(store, settings, account),
            Tells = Text(settings.Tells) is { } kinds ? kinds.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : null,
            PromisePolicies = [.. Promises(settings.Promises).Select(Policy)],
            AtRiskBefore = settings.WarnHours is >= 0 and <= MostWarnHours
                ? TimeSpan.FromHours(settings.WarnHours)
                : throw new FormatException($"WarnHours: write hours from 0 to {MostWarnHours}, or save the promises again."),
            RecordsDeliveries = settings.RecordsDeliveries switch
            {
                Observed.Yes => true,
                Observed.No => false,
                _ => null,
            },
            RecordsScans = settings.RecordsScans,
            Staff = Text(settings.StaffEmail) is { } staff ? new ContactPoint("email", staff) : null,
            HoldFirst = settings.HoldFirst,
            Tickets = new Support.Sdk.Tickets.TicketRules { Policies = [Customers.Returns.Policy, .. SlaPolicy.Default] },
        };

    /// <summary>The promises of a setting.</summary>
    /// <exception cref="FormatException">It is no list of promises.</exception>
    public static IReadOnlyList<PromiseRule> Promises(string? json)
    {
        if (Text(json) is not { } text)
        {
            return [];
        }

        try
        {
            return [.. (JsonSerializer.Deserialize<List<PromiseRule?>>(text, Json) ?? []).OfType<PromiseRule>()];
        }
        catch (JsonException fault)
        {
            throw new FormatException("Promises: this is no list of promises. Open the promises in the admin and save them again.", fault);
        }
    }

    /// <summary>The setting of promises.</summary>
    public static string Write(IReadOnlyList<PromiseRule> promises) => promises.Count == 0 ? "" : JsonSerializer.Serialize(promises, Json);

    private static Brand Brand(Store store, SupportSettings settings, EmailAccount? account)
    {
        var brand = new Brand
        {
            Name = Text(store.Name),
            Signature = Text(settings.Signature),
            EmailFrom = Text(account?.Email),
            Contact = Text(settings.Contact),
            Logo = Text(settings.Logo),
            OrdersLink = OrdersLink(store),
        };
        return Text(settings.Color) is { } color ? brand with { Color = color } : brand;
    }

    private static Uri? OrdersLink(Store store) =>
        Uri.TryCreate(store.Url, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? new Uri(url, "order/history") : null;

    // Links must not be readable on their way; a store without https has none of its own.
    private static Uri? Pages(Store store) =>
        Uri.TryCreate(store.Url, UriKind.Absolute, out var url) && (url.Scheme is "https" || (url.Scheme is "http" && url.IsLoopback))
            ? new Uri(url, "support")
            : null;

    private static PromisePolicy Policy(PromiseRule rule) =>
        new()
        {
            ShippingMethod = Text(rule.Method),
            DestinationCountry = Text(rule.Country)?.ToUpperInvariant(),
            ShipWithinDays = rule.Ship,
            DeliverWithinDays = rule.Deliver,
        };

    private static string ZoneOf(TimeZoneInfo zone) =>
        zone.HasIanaId ? zone.Id
        : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var name) ? name
        : "UTC";
}
