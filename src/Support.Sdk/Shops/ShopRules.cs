using System.Globalization;
using System.Text.RegularExpressions;
using Support.Sdk.Orders;
using Support.Sdk.Sla;

namespace Support.Sdk.Shops;

/// <summary>What a shop's settings must fulfil; every fault is named at the start.</summary>
internal static partial class ShopRules
{
    public static void Check(IReadOnlyCollection<Shop> shops, bool sendsEmail)
    {
        if (shops.Count == 0)
        {
            throw new InvalidOperationException("No shop is set up. Call AddShop(new Shop { Id = … }) after AddSupport(), or set Support:Shops:ID.");
        }

        var faults = shops.SelectMany(shop => Faults(shop, sendsEmail).Select(fault => $"Support:Shops:{shop.Id}:{fault}")).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
        }
    }

    /// <summary>What is wrong with a shop, each beginning with the setting's name.</summary>
    public static IEnumerable<string> Faults(Shop shop, bool sendsEmail)
    {
        if (shop.Id.Length is 0 or > 100 || shop.Id.Any(char.IsControl))
        {
            yield return "Id must have 1 to 100 characters and no control characters.";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(shop.TimeZone, out _))
        {
            yield return $"TimeZone '{shop.TimeZone}' is not known. Use an IANA name such as Europe/Stockholm.";
        }

        if (!IsCulture(shop.Culture))
        {
            yield return $"Culture '{shop.Culture}' is not known. Use a name such as en or sv-SE.";
        }

        if (sendsEmail && shop.Mode != ShopMode.Off && string.IsNullOrWhiteSpace(shop.Brand.EmailFrom))
        {
            yield return "Brand:EmailFrom is missing. Set the address that e-mail comes from.";
        }

        if (!HexColor().IsMatch(shop.Brand.Color))
        {
            yield return $"Brand:Color '{shop.Brand.Color}' is not a colour of the form #rrggbb.";
        }

        if (shop.PublicAddress is { } address && !IsPublic(address))
        {
            yield return $"PublicAddress '{address}' is no absolute https address. Customers' links would be readable on their way.";
        }

        foreach (var kind in (shop.Tells ?? []).Where(kind => !NoticeKinds.All.Contains(kind, StringComparer.Ordinal)))
        {
            yield return $"Tells names '{kind}', which is no kind. The kinds are {string.Join(", ", NoticeKinds.All)}.";
        }

        foreach (var fault in shop.Hours is { } hours ? BusinessCalendar.Faults(hours) : [])
        {
            yield return $"Hours:{fault}";
        }

        foreach (var fault in NumberFaults(shop).Concat(SignalFaults(shop)).Concat(SlaRules.Faults(shop)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> NumberFaults(Shop shop)
    {
        if (shop.AtRiskBefore < TimeSpan.Zero || shop.AtRiskBefore > TimeSpan.FromDays(365))
        {
            yield return "AtRiskBefore must lie between 0 and 365 days.";
        }

        if (shop.NextWordAfter < TimeSpan.FromHours(1) || shop.NextWordAfter > TimeSpan.FromDays(30))
        {
            yield return "NextWordAfter must lie between 1 hour and 30 days.";
        }

        if (shop.FurtherNotices < 0 || shop.HoldFirst < 0 || shop.StormFloor < 0)
        {
            yield return "FurtherNotices, HoldFirst and StormFloor must not be negative.";
        }

        if (shop.MaxPerCustomerAndDay < 1)
        {
            yield return "MaxPerCustomerAndDay must be at least 1.";
        }

        if (shop.PromisePolicies.Any(policy => policy.ShipWithinDays is < 0 or > 365 || policy.DeliverWithinDays is < 0 or > 365))
        {
            yield return "PromisePolicies: days must lie between 0 and 365.";
        }

        if (shop.PromisePolicies.Any(policy => policy.ShipWithinDays is null && policy.DeliverWithinDays is null))
        {
            yield return "PromisePolicies: a policy promises nothing. Set ShipWithinDays or DeliverWithinDays.";
        }
    }

    private static IEnumerable<string> SignalFaults(Shop shop)
    {
        if (shop.Country is { } country && !IsCountry(country))
        {
            yield return $"Country '{country}' is no country code. Use two letters such as SE (ISO 3166-1 alpha-2).";
        }

        if (shop.Staff is { } staff && (string.IsNullOrWhiteSpace(staff.Channel) || string.IsNullOrWhiteSpace(staff.Value)))
        {
            yield return "Staff needs a Channel, such as email, and a Value, the address. Leave it out to tell nobody.";
        }

        foreach (var (rule, index) in shop.Signals.Select((rule, index) => (rule, index)))
        {
            foreach (var fault in RuleFaults(rule, shop))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"Signals:{index}:{fault}");
            }
        }
    }

    private static IEnumerable<string> RuleFaults(SignalRule rule, Shop shop)
    {
        if (rule is { AtRiskBefore: null, HandlingDays: null, LabelDays: null, StalledDays: null, NoNewsDays: null })
        {
            yield return "The rule sets nothing. Set AtRiskBefore, HandlingDays, LabelDays, StalledDays or NoNewsDays.";
        }

        if (rule.Destination is { } destination && !Thresholds.IsClass(destination) && !IsCountry(destination))
        {
            yield return $"Destination '{destination}' is neither domestic nor international nor a country code of two letters.";
        }
        else if (rule.Destination is { } destinationClass && Thresholds.IsClass(destinationClass) && shop.Country is null)
        {
            yield return $"Destination '{destinationClass}' needs the shop's Country. Set it, or name a country.";
        }

        if (rule.AtRiskBefore < TimeSpan.Zero || rule.AtRiskBefore > TimeSpan.FromDays(365) || rule.HandlingDays is < 0 or > 365)
        {
            yield return "AtRiskBefore and HandlingDays must lie between 0 and 365 days.";
        }

        if (rule.LabelDays is < 1 or > 365 || rule.StalledDays is < 1 or > 365 || rule.NoNewsDays is < 1 or > 365)
        {
            yield return "LabelDays, StalledDays and NoNewsDays must lie between 1 and 365.";
        }
    }

    /// <summary>Whether links may lie there: an https address, or this machine's own.</summary>
    internal static bool IsPublic(Uri address) =>
        address.IsAbsoluteUri && (string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) || (address.IsLoopback && !address.IsFile));

    private static bool IsCountry(string code) => code.Length == 2 && code.All(char.IsAsciiLetter);

    internal static bool IsCulture(string name)
    {
        try
        {
            return name.Length > 0 && CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex HexColor();
}
