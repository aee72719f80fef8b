namespace Support.Sdk.Shops;

/// <summary>When signals are raised for some of a shop's orders. What is null is left to the next rule that fits, else to the default.</summary>
/// <remarks>
/// Business days are those of <see cref="Shop.Hours"/>, at the same local time: what happened on a Friday at 16:00 is three
/// business days old on Wednesday at 16:00. A threshold is reached at its very instant.
/// </remarks>
public sealed record SignalRule
{
    /// <summary>The shipping method that it is for, compared without case, or null for every method.</summary>
    public string? ShippingMethod { get; init; }

    /// <summary>
    /// Where the order goes: <c>domestic</c>, <c>international</c>, a country (ISO 3166-1 alpha-2), or null for anywhere. The
    /// first two need <see cref="Shop.Country"/>, and fit no order whose destination is not known.
    /// </summary>
    public string? Destination { get; init; }

    /// <summary>How long before the end of a promise an order is at risk; 0 to 365 days. Default: <see cref="Shop.AtRiskBefore"/>.</summary>
    public TimeSpan? AtRiskBefore { get; init; }

    /// <summary>
    /// Business days from payment, else from the order, in which the shop ships an order without a date to ship by; 0 to 365.
    /// Default: none, it is not judged. Wonderment recommends 72 to 96 hours.
    /// </summary>
    public int? HandlingDays { get; init; }

    /// <summary>
    /// Business days after which a label without a scan is a signal; 1 to 365. Default: 3, between the 2 and 5 of Narvar's
    /// two carrier processing delays, and below the 4 of Onward.
    /// </summary>
    public int? LabelDays { get; init; }

    /// <summary>
    /// Business days after the last scan after which a parcel under way has stalled; 1 to 365. Default: 3 inside the
    /// <see cref="Shop.Country"/>, 5 to elsewhere or where it is not known, as Onward has it.
    /// </summary>
    public int? StalledDays { get; init; }

    /// <summary>
    /// Days without any news of an open order, after the last news and the end of its promise; 1 to 365. Default: 30, as
    /// AfterShip expires trackings.
    /// </summary>
    public int? NoNewsDays { get; init; }
}
