using System.Globalization;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>Our sentences in English, which is nobody's country: day before month, and a clock of 24 hours.</summary>
internal sealed class EnglishWords : INoticeWords
{
    private const int LongestInHours = 48;

    private EnglishWords() { }

    public static EnglishWords Instance { get; } = new();

    public string TheCarrier => "The carrier";

    public string Preferences => "Choose what we send you";

    public string NoReason => "We do not know the reason yet.";

    public string CannotBeTracked => "This parcel cannot be tracked.";

    public string Day(DateOnly day) => day.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);

    public string Days(int days) => days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");

    public string Hours(TimeSpan time) =>
        (int)time.TotalHours switch
        {
            < 1 => "less than an hour",
            1 => "1 hour",
            < LongestInHours => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} hours"),
            _ => Days((int)time.TotalDays),
        };

    public string Greeting(BrandVoice voice, string name)
    {
        var hello = voice switch
        {
            BrandVoice.Warm => "Hi",
            BrandVoice.Formal => name.Length == 0 ? "Dear customer" : "Dear",
            _ => "Hello",
        };
        return name.Length == 0 ? $"{hello}," : $"{hello} {name},";
    }

    public string Apology(BrandVoice voice) =>
        voice switch
        {
            BrandVoice.Warm => "We are truly sorry about this.",
            BrandVoice.Formal => "Please accept our apologies.",
            _ => "We are sorry.",
        };

    public string Closing(BrandVoice voice) =>
        voice switch
        {
            BrandVoice.Warm => "Warm regards,",
            BrandVoice.Formal => "Yours sincerely,",
            _ => "",
        };

    public string Headline(DelayStory story, string number) =>
        story switch
        {
            { IsBetter: true } => $"Your order {number} is coming sooner",
            { IsFurther: true, HasNewDate: true } => $"A new date for your order {number}",
            { IsFurther: true, Certainty: DelayStory.Is } => $"Your order {number} is still late",
            { Certainty: DelayStory.Is } => $"Your order {number} is late",
            _ => $"Your order {number} {story.Certainty} be late",
        };

    public string Statement(DelayStory story, string number)
    {
        var later = story.LateBy.Length == 0 ? "later" : $"{story.LateBy} later";
        var happens = story.NewDateShips ? "be shipped" : "arrive";
        var before = story.WasToldDate ? "than we last told you" : "than promised";
        var than = story.HasPromise ? $"{later} {before}" : "late";
        var late = story.IsFurther ? "still late" : "late";
        return story switch
        {
            { IsBetter: true } => $"Good news: your order {number} is now expected to {happens} sooner {before}.",
            { Certainty: not DelayStory.Is } => $"Your order {number} {story.Certainty} {happens} {than}.",
            { HasNewDate: true } => $"Your order {number} is {late}. It will {happens} {than}.",
            { ShipMissed: true, LateBy.Length: > 0 } => $"Your order {number} is {late}. It should have been shipped {story.LateBy} ago.",
            { LateBy.Length: 0 } => $"Your order {number} is {late}.",
            { WasToldDate: true } => $"Your order {number} is now {story.LateBy} later than we last told you.",
            _ => $"Your order {number} is {story.LateBy} late.",
        };
    }

    public string Care(DelayStory story, BrandVoice voice) =>
        story switch
        {
            { IsBetter: true } => "",
            { Certainty: DelayStory.May, IsFurther: false } => "We would rather tell you now than leave you waiting.",
            _ => Apology(voice),
        };

    public string Promise(string shipDate, string arrivalDate, bool isLastTold) =>
        (shipDate, arrivalDate, isLastTold) switch
        {
            ("", "", _) => "",
            (_, "", true) => $"We last told you that it would be shipped by {shipDate}.",
            ("", _, true) => $"We last told you to expect it by {arrivalDate}.",
            (_, "", _) => $"It was promised to be shipped by {shipDate}.",
            ("", _, _) => $"It was promised to arrive by {arrivalDate}.",
            _ => $"It was promised to be shipped by {shipDate}, and to arrive by {arrivalDate}.",
        };

    public string Cause(DelaySignalKind kind, string cause, string who, string expected) =>
        kind switch
        {
            DelaySignalKind.CarrierDelay when cause.Length > 0 => Says(who, cause),
            DelaySignalKind.CarrierDelay when expected.Length > 0 => $"{who} now expects to bring it on {expected}, and gives no reason.",
            DelaySignalKind.CarrierDelay => $"{who} reports a delay, and gives no reason.",
            _ => cause.Length == 0 ? Fact(kind, who) : $"{Fact(kind, who)} {Says(who, cause)}",
        };

    public string NewDate(DelayStory story, string date) =>
        story switch
        {
            { HasNewDate: true, NewDateShips: true } => $"We now expect to ship it by {date}.",
            { HasNewDate: true } => $"We now expect it to reach you by {date}.",
            { Certainty: DelayStory.May } => "It may still be on time. We do not have another date to give you yet.",
            _ => "We cannot give you a new date yet.",
        };

    public string NextWord(string date) => date.Length == 0 ? "" : $"Unless it arrives first, you will hear from us again by {date}.";

    public IReadOnlyList<string> Options(OptionFacts facts) =>
        facts switch
        {
            { Kind: NoticeKinds.AttemptFailed, CanBeFollowed: true } =>
            [
                "Look at the parcel's page: it often lets you choose another day or place.",
                "If that does not help, tell us, and we will take it up with the carrier.",
            ],
            { Kind: NoticeKinds.AttemptFailed } => ["Tell us when and where it suits you, and we will take it up with the carrier."],
            { Kind: NoticeKinds.AvailableForPickup } =>
            [
                "Bring the number of the parcel and a proof of who you are.",
                "If you cannot fetch it yourself, tell us, and we will see what can be done.",
            ],
            { Kind: NoticeKinds.OrderReturning } =>
            [
                "If you still want it, tell us, with the address that is right, and we will sort out a new delivery with you.",
                "If you would rather cancel, tell us as well.",
            ],
            { Kind: NoticeKinds.OrderException } =>
            [
                "You do not need to do anything: we are asking the carrier what has happened.",
                "If you would rather cancel, or the address has changed, tell us.",
            ],
            { IsBetter: true } => ["There is nothing you need to do."],
            { IsShipped: true } =>
            [
                "You can wait. There is nothing you need to do.",
                "If you would rather cancel, or the address has changed, tell us and we will see what can be done on the way.",
            ],
            { HasOrderPage: true } => ["You can wait. There is nothing you need to do.", "You can cancel the order or change its address on your order page."],
            _ => ["You can wait. There is nothing you need to do.", "If you would rather cancel, or the address has changed, tell us."],
        };

    public string Report(string kind, string who, string quote) =>
        kind switch
        {
            _ when quote.Length > 0 => Says(who, quote),
            NoticeKinds.AvailableForPickup => $"{who} has not told us which place it is.",
            NoticeKinds.OrderException => $"{who} has not said what it is. {NoReason}",
            _ => $"{who} gives no reason.",
        };

    public string Plan(string shipDate, string arrivalDate) =>
        (shipDate, arrivalDate) switch
        {
            ("", "") => "",
            (_, "") => $"We will ship it by {shipDate}.",
            ("", _) => $"You will have it by {arrivalDate}.",
            _ => $"We will ship it by {shipDate}, and you will have it by {arrivalDate}.",
        };

    public string Next(bool tellsShipped) =>
        tellsShipped ? "Next, we pack it. You will hear from us when it is on its way." : "Next, we pack it and hand it to the carrier.";

    public string OrderState(PastOrderState state) =>
        state switch
        {
            PastOrderState.Shipped => "on its way",
            PastOrderState.Delivered => "delivered",
            PastOrderState.Cancelled => "cancelled",
            PastOrderState.Completed => "completed",
            _ => "being prepared",
        };

    public string Alert(DelaySignalKind kind, string since, string parcel, string quote)
    {
        var what = kind switch
        {
            DelaySignalKind.NoNews => "No news of it for 30 days",
            DelaySignalKind.LabelWithoutScan => "A label was made, and no scan has followed",
            DelaySignalKind.Stalled => "Under way, and no scan has followed the last one",
            DelaySignalKind.AvailableForPickup => "Waits at a pickup point",
            DelaySignalKind.OnHold => "On hold, or waiting for stock",
            DelaySignalKind.AtRisk => "The promise ends soon",
            DelaySignalKind.HandlingTimeExceeded => "Handling time is over, and it was not shipped",
            DelaySignalKind.ShipByMissed => "The date to ship by has passed",
            DelaySignalKind.AttemptFailed => "The carrier could not hand it over",
            DelaySignalKind.CarrierDelay => "The carrier reports a delay",
            DelaySignalKind.Exception => "The carrier reports a problem",
            DelaySignalKind.Returning => "On its way back",
            _ => "The promised date has passed",
        };
        var which = parcel.Length == 0 ? "" : $" (parcel {parcel})";
        return quote.Length == 0 ? $"{what}{which}, since {since}." : $"{what}{which}, since {since}: “{quote}”";
    }

    private static string Says(string who, string quote) => $"{who} says: “{quote}”";

    private static string Fact(DelaySignalKind kind, string who) =>
        kind switch
        {
            DelaySignalKind.ShipByMissed => "It has not been shipped yet.",
            DelaySignalKind.PromiseMissed => "It has not arrived yet.",
            DelaySignalKind.HandlingTimeExceeded => "It is taking us longer than usual to pack it.",
            DelaySignalKind.OnHold => "We cannot send it yet.",
            DelaySignalKind.AttemptFailed => $"{who} could not hand it over.",
            DelaySignalKind.Exception => $"{who} reports a problem with it.",
            DelaySignalKind.Returning => $"{who} reports that it is on its way back to us.",
            DelaySignalKind.Stalled => $"{who} has reported nothing new about it for several days.",
            DelaySignalKind.LabelWithoutScan => $"{who} has not confirmed yet that it has the parcel.",
            DelaySignalKind.AvailableForPickup => "It is waiting for you where parcels are picked up.",
            DelaySignalKind.NoNews => "There has been no news of it for 30 days.",
            _ => "The promised day is close, and it has not arrived yet.",
        };
}
