namespace Support.Sdk.Shopify.Orders;

/// <summary>Why an order is held back, in words for the customer.</summary>
/// <remarks>
/// In Swedish for customers who ordered in Swedish, in English for all others. The notes that the shop's people wrote to a hold are theirs, and
/// are never told. A suspicion of fraud is never told, nor anything beside it: the suspect learns nothing, the innocent is not accused.
/// </remarks>
internal static class HoldReasons
{
    private static readonly (string Reason, string English, string Swedish)[] Told =
    [
        ("INCORRECT_ADDRESS", "The delivery address does not seem to be right.", "Leveransadressen verkar inte stämma."),
        ("AWAITING_PAYMENT", "The payment has not reached us yet.", "Betalningen har inte kommit fram till oss ännu."),
        ("INVENTORY_OUT_OF_STOCK", "Something in the order is out of stock.", "Något i beställningen är slut i lager."),
        ("UNKNOWN_DELIVERY_DATE", "We do not know yet when it can be delivered.", "Vi vet inte ännu när den kan levereras."),
        ("AWAITING_RETURN_ITEMS", "We are waiting for the items that are being sent back.", "Vi väntar på varorna som skickas tillbaka."),
    ];

    /// <summary>Whether a hold is one that a customer waits for: the one of an offer after the purchase ends by itself within the hour.</summary>
    public static bool Counts(string? reason) => reason is not "ONLINE_STORE_POST_PURCHASE_CROSS_SELL";

    /// <summary>The reason that the customer can do something about comes first; null when none can be told.</summary>
    public static string? Words(IReadOnlyCollection<string?> reasons, string? locale)
    {
        if (reasons.Contains("HIGH_RISK_OF_FRAUD", StringComparer.Ordinal))
        {
            return null;
        }

        var known = Array.Find(Told, told => reasons.Contains(told.Reason, StringComparer.Ordinal));
        var isSwedish = locale is not null && (locale is "sv" || locale.StartsWith("sv-", StringComparison.OrdinalIgnoreCase));
        return isSwedish ? known.Swedish : known.English;
    }
}
