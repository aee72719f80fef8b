using System.Text.Json;
using System.Text.Json.Serialization;

namespace DelayReplay.Figures;

/// <summary>What the replay came to. <see cref="FigureWords"/> says what each figure means.</summary>
internal sealed record ReplayFigures
{
    public required long Orders { get; init; }

    public required long LateOrders { get; init; }

    public required long DelayNotices { get; init; }

    public required long ToldBeforePromise { get; init; }

    public required long ToldAfterPromise { get; init; }

    public required long FalseAlarms { get; init; }

    public required double Precision { get; init; }

    public required double Recall { get; init; }

    public required double MedianLeadDays { get; init; }

    public required long RevisedDatesKept { get; init; }

    public required long ShippingNotices { get; init; }

    public required long DeliveredNotices { get; init; }

    public required long Duplicates { get; init; }

    public required long Held { get; init; }

    public required long Suppressed { get; init; }

    public required long Superseded { get; init; }

    public required long Failed { get; init; }

    public required long NotDeliveredTold { get; init; }

    public required double WallSeconds { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, FiguresJson.Default.ReplayFigures) + "\n";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(ReplayFigures))]
internal sealed partial class FiguresJson : JsonSerializerContext;

/// <summary>Each figure with its meaning in a line, for the closing table and the report.</summary>
internal static class FigureWords
{
    public static IEnumerable<(string Name, string Value, string Meaning)> Of(ReplayFigures figures)
    {
        yield return (
            "orders",
            Count(figures.Orders),
            "Rows of the file. Every figure below counts only orders that were delivered in the end, unless it says otherwise."
        );
        yield return ("late_orders", Count(figures.LateOrders), "Delivered at or after the end of the promised day.");
        yield return ("delay_notices", Count(figures.DelayNotices), "Mails of a delay that went out, the first and the further ones.");
        yield return ("told_before_promise", Count(figures.ToldBeforePromise), "Orders whose first delay mail was decided before the promised day had ended.");
        yield return ("told_after_promise", Count(figures.ToldAfterPromise), "Orders whose first delay mail came only afterwards.");
        yield return ("false_alarms", Count(figures.FalseAlarms), "Orders told before the end of the promise that then arrived in time.");
        yield return ("precision", Share(figures.Precision), "Of the orders told before the end of the promise, those that became late. 1 when none was told.");
        yield return ("recall", Share(figures.Recall), "Of the late orders, those told before the end of the promise. 1 when none was late.");
        yield return (
            "median_lead_days",
            Days(figures.MedianLeadDays),
            "Median time from the first mail to the end of the promise, over late orders told before it."
        );
        yield return ("revised_dates_kept", Count(figures.RevisedDatesKept), "Orders that arrived by the last new date they were told.");
        yield return ("shipping_notices", Count(figures.ShippingNotices), "Mails that a parcel was shipped.");
        yield return ("delivered_notices", Count(figures.DeliveredNotices), "Mails that a parcel had arrived.");
        yield return ("duplicates", Count(figures.Duplicates), "Mails beyond the first about the same order and occasion.");
        yield return ("held", Count(figures.Held), "Messages kept for a person to release.");
        yield return ("suppressed", Count(figures.Suppressed), "Messages written and deliberately not sent.");
        yield return ("superseded", Count(figures.Superseded), "Messages that facts overtook before they were sent.");
        yield return ("failed", Count(figures.Failed), "Messages that could not be sent: failed, rejected or bounced.");
        yield return ("not_delivered_told", Count(figures.NotDeliveredTold), "Orders that were not delivered in the end, and were told of a delay.");
        yield return (
            "wall_seconds",
            figures.WallSeconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture),
            "How long it took, runs before a resume included."
        );
    }

    private static string Count(long value) => value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);

    private static string Days(double value) => value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
