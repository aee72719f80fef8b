using System.Globalization;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>Our sentences in Swedish, with words for dates of their own, so that they are the same where a machine knows no Swedish.</summary>
internal sealed class SwedishWords : INoticeWords
{
    private const int LongestInHours = 48;

    private static readonly string[] Weekdays = ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"];

    private static readonly string[] Months =
    [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ];

    private SwedishWords() { }

    public static SwedishWords Instance { get; } = new();

    public string TheCarrier => "Transportföretaget";

    public string Preferences => "Välj vad vi skickar till dig";

    public string NoReason => "Vi vet inte orsaken ännu.";

    public string CannotBeTracked => "Det här paketet går inte att spåra.";

    public string Day(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{Weekdays[(int)day.DayOfWeek]} {day.Day} {Months[day.Month - 1]} {day.Year}");

    public string Days(int days) => days == 1 ? "1 dag" : string.Create(CultureInfo.InvariantCulture, $"{days} dagar");

    public string Hours(TimeSpan time) =>
        (int)time.TotalHours switch
        {
            < 1 => "mindre än en timme",
            1 => "1 timme",
            < LongestInHours => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} timmar"),
            _ => Days((int)time.TotalDays),
        };

    public string Greeting(BrandVoice voice, string name)
    {
        var hello = voice == BrandVoice.Formal ? "Bästa" : "Hej";
        var mark = voice == BrandVoice.Warm ? "!" : ",";
        return (voice, name) switch
        {
            (BrandVoice.Formal, "") => "Bästa kund,",
            (_, "") => $"{hello}{mark}",
            _ => $"{hello} {name}{mark}",
        };
    }

    public string Apology(BrandVoice voice) =>
        voice switch
        {
            BrandVoice.Warm => "Vi är verkligen ledsna för det här.",
            BrandVoice.Formal => "Vi beklagar det inträffade.",
            _ => "Vi ber om ursäkt.",
        };

    public string Closing(BrandVoice voice) =>
        voice switch
        {
            BrandVoice.Warm => "Varma hälsningar",
            BrandVoice.Formal => "Med vänlig hälsning",
            _ => "",
        };

    public string Headline(DelayStory story, string number) =>
        story switch
        {
            { IsBetter: true } => $"Din beställning {number} kommer tidigare",
            { IsFurther: true, HasNewDate: true } => $"Nytt datum för din beställning {number}",
            { IsFurther: true, Certainty: DelayStory.Is } => $"Din beställning {number} är fortfarande försenad",
            { Certainty: DelayStory.Is } => $"Din beställning {number} är försenad",
            { Certainty: DelayStory.Will } => $"Din beställning {number} blir försenad",
            _ => $"Din beställning {number} kan bli försenad",
        };

    public string Statement(DelayStory story, string number)
    {
        var before = story.WasToldDate ? "än vi senast meddelade" : "än utlovat";
        var later = story.LateBy.Length == 0 ? $"senare {before}" : $"{story.LateBy} senare {before}";
        var (will, can) = story.NewDateShips ? ("skickas", "skickas") : ("kommer fram", "komma fram");
        var late = story.IsFurther ? "fortfarande försenad" : "försenad";
        return story switch
        {
            { IsBetter: true } => $"Goda nyheter: din beställning {number} väntas nu {can} tidigare {before}.",
            { Certainty: DelayStory.May, HasPromise: true } => $"Din beställning {number} kan {can} {later}.",
            { Certainty: DelayStory.Will, HasPromise: true } => $"Din beställning {number} {will} {later}.",
            { Certainty: DelayStory.May } => $"Din beställning {number} kan bli försenad.",
            { Certainty: DelayStory.Will } => $"Din beställning {number} blir försenad.",
            { HasNewDate: true, HasPromise: true } => $"Din beställning {number} är {late}. Den {will} {later}.",
            { ShipMissed: true, LateBy.Length: > 0 } => $"Din beställning {number} är {late}. Den skulle ha skickats för {story.LateBy} sedan.",
            { LateBy.Length: 0 } => $"Din beställning {number} är {late}.",
            { WasToldDate: true } => $"Din beställning {number} är nu {story.LateBy} senare än vi senast meddelade.",
            _ => $"Din beställning {number} är {story.LateBy} försenad.",
        };
    }

    public string Care(DelayStory story, BrandVoice voice) =>
        story switch
        {
            { IsBetter: true } => "",
            { Certainty: DelayStory.May, IsFurther: false } => "Vi vill hellre säga det nu än låta dig vänta i ovisshet.",
            _ => Apology(voice),
        };

    public string Promise(string shipDate, string arrivalDate, bool isLastTold) =>
        (shipDate, arrivalDate, isLastTold) switch
        {
            ("", "", _) => "",
            (_, "", true) => $"Vårt förra besked var att den skulle skickas senast {shipDate}.",
            ("", _, true) => $"Vårt förra besked var att den skulle komma fram senast {arrivalDate}.",
            (_, "", _) => $"Vi lovade att skicka den senast {shipDate}.",
            ("", _, _) => $"Vi lovade att den skulle komma fram senast {arrivalDate}.",
            _ => $"Vi lovade att skicka den senast {shipDate} och att den skulle komma fram senast {arrivalDate}.",
        };

    public string Cause(DelaySignalKind kind, string cause, string who, string expected) =>
        kind switch
        {
            DelaySignalKind.CarrierDelay when cause.Length > 0 => Says(who, cause),
            DelaySignalKind.CarrierDelay when expected.Length > 0 => $"{who} räknar nu med att lämna den {expected} men anger ingen orsak.",
            DelaySignalKind.CarrierDelay => $"{who} meddelar att den är försenad men anger ingen orsak.",
            _ => cause.Length == 0 ? Fact(kind, who) : $"{Fact(kind, who)} {Says(who, cause)}",
        };

    public string NewDate(DelayStory story, string date) =>
        story switch
        {
            { HasNewDate: true, NewDateShips: true } => $"Vi räknar nu med att skicka den senast {date}.",
            { HasNewDate: true } => $"Vi räknar nu med att den är hos dig senast {date}.",
            { Certainty: DelayStory.May } => "Den kan fortfarande komma i tid. Vi har inget annat datum att ge dig ännu.",
            _ => "Vi kan inte ge dig ett nytt datum ännu.",
        };

    public string NextWord(string date) => date.Length == 0 ? "" : $"Om den inte kommer fram före dess hör vi av oss igen senast {date}.";

    public IReadOnlyList<string> Options(OptionFacts facts) =>
        facts switch
        {
            { Kind: NoticeKinds.AttemptFailed, CanBeFollowed: true } =>
            [
                "Titta på paketets sida. Där går det ofta att välja en annan dag eller plats.",
                "Hjälper inte det? Hör av dig, så tar vi det med transportföretaget.",
            ],
            { Kind: NoticeKinds.AttemptFailed } => ["Hör av dig och berätta när och var det passar, så tar vi det med transportföretaget."],
            { Kind: NoticeKinds.AvailableForPickup } =>
            [
                "Ta med paketets nummer och legitimation.",
                "Kan du inte hämta det själv? Hör av dig, så ser vi vad vi kan göra.",
            ],
            { Kind: NoticeKinds.OrderReturning } =>
            [
                "Vill du fortfarande ha den? Hör av dig med rätt adress, så ordnar vi en ny leverans tillsammans.",
                "Vill du hellre avboka? Hör av dig då också.",
            ],
            { Kind: NoticeKinds.OrderException } =>
            [
                "Du behöver inte göra något. Vi tar reda på vad som har hänt.",
                "Vill du hellre avboka, eller har adressen ändrats? Hör av dig till oss.",
            ],
            { IsBetter: true } => ["Du behöver inte göra något."],
            { IsShipped: true } =>
            [
                "Du kan vänta. Du behöver inte göra något.",
                "Vill du hellre avboka, eller har adressen ändrats? Hör av dig, så ser vi vad vi kan göra på vägen.",
            ],
            { HasOrderPage: true } => ["Du kan vänta. Du behöver inte göra något.", "Du kan avboka beställningen eller ändra adressen på din ordersida."],
            _ => ["Du kan vänta. Du behöver inte göra något.", "Vill du hellre avboka, eller har adressen ändrats? Hör av dig till oss."],
        };

    public string Report(string kind, string who, string quote) =>
        kind switch
        {
            _ when quote.Length > 0 => Says(who, quote),
            NoticeKinds.AvailableForPickup => $"{who} har inte meddelat vilket ställe det är.",
            NoticeKinds.OrderException => $"{who} har inte sagt vad som har hänt. {NoReason}",
            _ => $"{who} anger ingen orsak.",
        };

    public string Plan(string shipDate, string arrivalDate) =>
        (shipDate, arrivalDate) switch
        {
            ("", "") => "",
            (_, "") => $"Vi skickar den senast {shipDate}.",
            ("", _) => $"Du har den senast {arrivalDate}.",
            _ => $"Vi skickar den senast {shipDate} och du har den senast {arrivalDate}.",
        };

    public string Next(bool tellsShipped) =>
        tellsShipped ? "Nu packar vi den. Du hör av oss när den är på väg." : "Nu packar vi den och lämnar den till transportföretaget.";

    public string OrderState(PastOrderState state) =>
        state switch
        {
            PastOrderState.Shipped => "på väg",
            PastOrderState.Delivered => "levererad",
            PastOrderState.Cancelled => "avbokad",
            PastOrderState.Completed => "slutförd",
            _ => "packas",
        };

    public string Alert(DelaySignalKind kind, string since, string parcel, string quote)
    {
        var what = kind switch
        {
            DelaySignalKind.NoNews => "Inga nyheter på 30 dagar",
            DelaySignalKind.LabelWithoutScan => "Fraktsedel skapad, men ingen skanning har följt",
            DelaySignalKind.Stalled => "På väg, men ingen ny skanning har följt",
            DelaySignalKind.AvailableForPickup => "Väntar på ett utlämningsställe",
            DelaySignalKind.OnHold => "Pausad, eller väntar på lager",
            DelaySignalKind.AtRisk => "Löftet går snart ut",
            DelaySignalKind.HandlingTimeExceeded => "Hanteringstiden är slut och den är inte skickad",
            DelaySignalKind.ShipByMissed => "Sista dag att skicka har passerat",
            DelaySignalKind.AttemptFailed => "Transportföretaget kunde inte lämna ut det",
            DelaySignalKind.CarrierDelay => "Transportföretaget meddelar en försening",
            DelaySignalKind.Exception => "Transportföretaget meddelar ett problem",
            DelaySignalKind.Returning => "På väg tillbaka",
            _ => "Det utlovade datumet har passerat",
        };
        var which = parcel.Length == 0 ? "" : $" (paket {parcel})";
        return quote.Length == 0 ? $"{what}{which}, sedan {since}." : $"{what}{which}, sedan {since}: ”{quote}”";
    }

    private static string Says(string who, string quote) => $"{who} meddelar: ”{quote}”";

    private static string Fact(DelaySignalKind kind, string who) =>
        kind switch
        {
            DelaySignalKind.ShipByMissed => "Den är inte skickad ännu.",
            DelaySignalKind.PromiseMissed => "Den har inte kommit fram ännu.",
            DelaySignalKind.HandlingTimeExceeded => "Det tar längre tid än vanligt för oss att packa den.",
            DelaySignalKind.OnHold => "Vi kan inte skicka den ännu.",
            DelaySignalKind.AttemptFailed => $"{who} kunde inte lämna ut den.",
            DelaySignalKind.Exception => $"{who} meddelar att det är ett problem med den.",
            DelaySignalKind.Returning => $"{who} meddelar att den är på väg tillbaka till oss.",
            DelaySignalKind.Stalled => $"{who} har inte rapporterat något nytt på flera dagar.",
            DelaySignalKind.LabelWithoutScan => $"{who} har inte bekräftat att de har fått paketet.",
            DelaySignalKind.AvailableForPickup => "Den väntar på dig på ett utlämningsställe.",
            DelaySignalKind.NoNews => "Vi har inte hört något om den på 30 dagar.",
            _ => "Det utlovade datumet är nära och den har inte kommit fram ännu.",
        };
}
