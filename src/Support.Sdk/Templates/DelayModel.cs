using System.Globalization;
using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>The values of a delay message, and the facts that it must carry.</summary>
internal sealed record DelayModel
{
    public required DelayStory Story { get; init; }

    public required string OrderNumber { get; init; }

    public required string ShipDate { get; init; }

    public required string ArrivalDate { get; init; }

    public required string NewDate { get; init; }

    public required string NextWordDate { get; init; }

    public required IReadOnlyList<DelayCause> Causes { get; init; }

    public required IReadOnlyList<string> Options { get; init; }

    public required bool IsShipped { get; init; }

    public required bool IsFurther { get; init; }

    public required BrandModel Brand { get; init; }

    private string Statement => EnglishWords.Statement(Story, OrderNumber);

    private string Headline => EnglishWords.Headline(Story, OrderNumber);

    private string NewDateText => EnglishWords.NewDate(Story, NewDate);

    private string ReasonText => Causes.Any(cause => cause.Quote.Length > 0) ? "" : EnglishWords.NoReason;

    public TemplateModel PromiseValues =>
        new()
        {
            ["date"] = Story.ShipBy is null ? ArrivalDate : ShipDate,
            ["ships"] = Story.ShipBy is not null,
            ["ship_date"] = ShipDate,
            ["arrival_date"] = ArrivalDate,
            ["text"] = EnglishWords.Promise(ShipDate, ArrivalDate, IsFurther),
        };

    public TemplateModel Values =>
        new()
        {
            ["certainty"] = Story.Certainty,
            ["headline"] = Headline,
            ["statement"] = Statement,
            ["late_by"] = Story.LateBy,
            ["late_days"] = Story.LateDays,
            ["causes"] = Causes.Select(cause => cause.Sentence).ToList<object>(),
            ["quotes"] = Causes.Where(cause => cause.Quote.Length > 0).Select(cause => cause.Values).ToList<object>(),
            ["reason_text"] = ReasonText,
            ["new_date"] = NewDate,
            ["new_date_text"] = NewDateText,
            ["ships"] = Story.NewDateShips,
            ["is_further"] = IsFurther,
        };

    public TemplateModel NextWordValues => new() { ["date"] = NextWordDate, ["text"] = EnglishWords.NextWord(NextWordDate) };

    public TemplateModel OptionValues => new() { ["texts"] = Options.ToList<object>(), ["is_shipped"] = IsShipped };

    public IEnumerable<RequiredFact> Facts =>
        [
            new("promise.ship_date", ShipDate),
            new("promise.arrival_date", ArrivalDate),
            new("delay.statement", Statement, IsWording: true) { Or = [("delay.headline", Headline), ("delay.certainty", Story.Certainty)] },
            new("delay.late_by", Story.LateBy, IsWording: true) { Or = [("delay.late_days", Story.LateDays.ToString(CultureInfo.InvariantCulture))] },
            .. Causes.Select(cause => new RequiredFact("delay.causes", cause.Sentence, IsWording: true) { Or = [("delay.quotes", cause.Quote)] }),
            .. Causes.Select(cause => new RequiredFact("delay.quotes", cause.Quote)),
            new("delay.reason_text", ReasonText, IsWording: true),
            NewDate.Length > 0 ? new("delay.new_date", NewDate) : new("delay.new_date_text", NewDateText, IsWording: true) { Or = [("delay.new_date", "")] },
            new("next_word.date", NextWordDate),
            .. Options.Select(option => new RequiredFact("options.texts", option, IsWording: true) { Or = [("options.is_shipped", "")] }),
            new("brand.orders_link", Brand.OrdersLink),
            new("brand.contact", Brand.Contact, IsNeeded: true),
        ];

    public static DelayModel Of(ComposeRequest request, NamedParcels parcels, BrandModel brand, string orderNumber, LocalDates dates, DateTimeOffset now)
    {
        var story = DelayStory.Of(request, dates, now);
        var proposal = request.Proposal;
        return new DelayModel
        {
            Story = story,
            OrderNumber = orderNumber,
            ShipDate = story.ShipBy is { } shipBy ? dates.Promise(shipBy) : "",
            ArrivalDate = story.DeliverBy is { } deliverBy ? dates.Promise(deliverBy) : "",
            NewDate = proposal.NewDate is { } date ? dates.Promise(date) : "",
            // Only the day is promised, so that a word at its very end still comes in time.
            NextWordDate = proposal.NextWordBy is { } by ? dates.Day(by) : "",
            Causes = [.. proposal.Signals.Select(signal => DelayCause.Of(signal, parcels, brand, dates)).Distinct()],
            Options = EnglishWords.Options(parcels.AreShipped, brand.OrdersLink.Length > 0),
            IsShipped = parcels.AreShipped,
            IsFurther = proposal.Occasion.Number > 1,
            Brand = brand,
        };
    }
}

/// <summary>Why an order is late, with who says so.</summary>
internal sealed record DelayCause(string Sentence, string Quote, string Source)
{
    public TemplateModel Values => new() { ["source"] = Source, ["text"] = Quote };

    public static DelayCause Of(DelaySignal signal, NamedParcels parcels, BrandModel brand, LocalDates dates)
    {
        var quote = PlainLine.Clean(signal.Cause);
        var source = signal.Kind == DelaySignalKind.CarrierDelay ? parcels.CarrierOf(signal.ShipmentId) : brand.Name;
        return new DelayCause(EnglishWords.Cause(signal, quote, source, parcels.ExpectedOf(signal.ShipmentId, dates)), quote, source);
    }
}
