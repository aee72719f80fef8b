using System.Globalization;
using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>The sentences that are values of the model, in English. A template in another language words them itself.</summary>
internal static class EnglishWords
{
    public const string NoReason = "We do not know the reason yet.";
    public const string CannotBeTracked = "This parcel cannot be tracked.";

    private const int LongestInHours = 48;

    /// <summary>True where these are the words of the reader; elsewhere a template has to find its own.</summary>
    public static bool AreSpokenIn(CultureInfo culture) => culture.TwoLetterISOLanguageName is "en" or "iv";

    public static string Days(int days) => days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");

    public static string Hours(TimeSpan time) =>
        (int)time.TotalHours switch
        {
            < 1 => "less than an hour",
            1 => "1 hour",
            < LongestInHours => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} hours"),
            _ => Days((int)time.TotalDays),
        };

    public static string Headline(DelayStory story, string number) =>
        string.Equals(story.Certainty, DelayStory.Is, StringComparison.Ordinal)
            ? $"Your order {number} is late"
            : $"Your order {number} {story.Certainty} be late";

    public static string Statement(DelayStory story, string number)
    {
        var later = story.LateBy.Length == 0 ? "later" : $"{story.LateBy} later";
        var happens = story.NewDateShips ? "be shipped" : "arrive";
        var than = story.HasPromise ? $"{later} than promised" : "late";
        return story switch
        {
            { Certainty: not DelayStory.Is } => $"Your order {number} {story.Certainty} {happens} {than}.",
            { HasNewDate: true } => $"Your order {number} is late. It will {happens} {than}.",
            { ShipMissed: true, LateBy.Length: > 0 } => $"Your order {number} is late. It should have been shipped {story.LateBy} ago.",
            { LateBy.Length: 0 } => $"Your order {number} is late.",
            _ => $"Your order {number} is {story.LateBy} late.",
        };
    }

    public static string Promise(string shipDate, string arrivalDate, bool isFurther) =>
        (shipDate, arrivalDate, isFurther) switch
        {
            ("", "", _) => "",
            (_, "", true) => $"We last told you that it would be shipped by {shipDate}.",
            ("", _, true) => $"We last told you to expect it by {arrivalDate}.",
            (_, "", _) => $"It was promised to be shipped by {shipDate}.",
            ("", _, _) => $"It was promised to arrive by {arrivalDate}.",
            _ => $"It was promised to be shipped by {shipDate}, and to arrive by {arrivalDate}.",
        };

    public static string Cause(DelaySignal signal, string cause, string who, string expected) =>
        signal.Kind switch
        {
            DelaySignalKind.CarrierDelay when cause.Length > 0 => $"{who} says: “{cause}”",
            DelaySignalKind.CarrierDelay when expected.Length > 0 => $"{who} now expects to bring it on {expected}, and gives no reason.",
            DelaySignalKind.CarrierDelay => $"{who} reports a delay, and gives no reason.",
            DelaySignalKind.ShipByMissed => $"It has not been shipped yet.{Quote(who, cause)}",
            DelaySignalKind.PromiseMissed => $"It has not arrived yet.{Quote(who, cause)}",
            _ => $"The promised day is close, and it has not arrived yet.{Quote(who, cause)}",
        };

    public static string NewDate(DelayStory story, string date) =>
        story switch
        {
            { HasNewDate: true, NewDateShips: true } => $"We now expect to ship it by {date}.",
            { HasNewDate: true } => $"We now expect it to reach you by {date}.",
            { Certainty: DelayStory.May } => "It may still be on time. We do not have another date to give you yet.",
            _ => "We cannot give you a new date yet.",
        };

    public static string NextWord(string date) => date.Length == 0 ? "" : $"Unless it arrives first, you will hear from us again by {date}.";

    public static IReadOnlyList<string> Options(bool isShipped, bool hasOrderPage) =>
        (isShipped, hasOrderPage) switch
        {
            (true, _) =>
            [
                "You can wait. There is nothing you need to do.",
                "If you would rather cancel, or the address has changed, tell us and we will see what can be done on the way.",
            ],
            (_, true) => ["You can wait. There is nothing you need to do.", "You can cancel the order or change its address on your order page."],
            _ => ["You can wait. There is nothing you need to do.", "If you would rather cancel, or the address has changed, tell us."],
        };

    private static string Quote(string who, string cause) => cause.Length == 0 ? "" : $" {who} says: “{cause}”";
}
