using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>When signals are raised for one order: the first rule of its shop that fits and sets a value, else the default.</summary>
internal sealed record Thresholds
{
    private const string Domestic = "domestic";
    private const string International = "international";
    private const int DefaultLabelDays = 3;
    private const int DefaultDomesticDays = 3;
    private const int DefaultInternationalDays = 5;
    private const int DefaultNoNewsDays = 30;

    public required TimeSpan AtRiskBefore { get; init; }

    public required int? HandlingDays { get; init; }

    public required int LabelDays { get; init; }

    public required int StalledDays { get; init; }

    public required TimeSpan NoNews { get; init; }

    public static Thresholds Of(OrderSnapshot order, Shop shop)
    {
        var destination = ClassOf(order, shop);
        var rules = shop.Signals.Count == 0 ? [] : shop.Signals.Where(rule => Fits(rule, order, destination)).ToList();
        var isDomestic = string.Equals(destination, Domestic, StringComparison.Ordinal);
        return new Thresholds
        {
            AtRiskBefore = First(rules, rule => rule.AtRiskBefore) ?? shop.AtRiskBefore,
            HandlingDays = First(rules, rule => rule.HandlingDays),
            LabelDays = First(rules, rule => rule.LabelDays) ?? DefaultLabelDays,
            StalledDays = First(rules, rule => rule.StalledDays) ?? (isDomestic ? DefaultDomesticDays : DefaultInternationalDays),
            NoNews = TimeSpan.FromDays(First(rules, rule => rule.NoNewsDays) ?? DefaultNoNewsDays),
        };
    }

    /// <summary>Whether a rule's destination is one of the classes that need the shop's country.</summary>
    public static bool IsClass(string destination) => Same(destination, Domestic) || Same(destination, International);

    private static string? ClassOf(OrderSnapshot order, Shop shop)
    {
        if (string.IsNullOrEmpty(shop.Country) || string.IsNullOrEmpty(order.DestinationCountry))
        {
            return null;
        }

        return Same(shop.Country, order.DestinationCountry) ? Domestic : International;
    }

    private static bool Fits(SignalRule rule, OrderSnapshot order, string? destination) =>
        (rule.ShippingMethod is null || Same(rule.ShippingMethod, order.ShippingMethod))
        && (rule.Destination is null || Same(rule.Destination, destination) || Same(rule.Destination, order.DestinationCountry));

    private static T? First<T>(List<SignalRule> rules, Func<SignalRule, T?> value)
        where T : struct
    {
        foreach (var rule in rules)
        {
            if (value(rule) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static bool Same(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
