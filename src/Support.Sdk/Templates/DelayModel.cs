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

    public required BrandModel Brand { get; init; }

    public required INoticeWords Words { get; init; }

    private string Statement => field ??= Words.Statement(Story, OrderNumber);

    private string Headline => field ??= Words.Headline(Story, OrderNumber);

    private string NewDateText => field ??= Words.NewDate(Story, NewDate);

    // Nobody asks why something comes sooner.
    private string ReasonText => Story.IsBetter || Causes.Any(cause => cause.Quote.Length > 0) ? "" : Words.NoReason;

    public TemplateModel PromiseValues =>
        new()
        {
            ["date"] = Story.ShipBy is null ? ArrivalDate : ShipDate,
            ["ships"] = Story.ShipBy is not null,
            ["ship_date"] = ShipDate,
            ["arrival_date"] = ArrivalDate,
            ["text"] = Words.Promise(ShipDate, ArrivalDate, Story.WasToldDate),
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
            ["is_further"] = Story.IsFurther,
            ["is_better"] = Story.IsBetter,
            ["care"] = Words.Care(Story, Brand.Voice),
        };

    public TemplateModel NextWordValues => new() { ["date"] = NextWordDate, ["text"] = Words.NextWord(NextWordDate) };

    public TemplateModel OptionValues => new() { ["texts"] = Options.ToList<object>(), ["is_shipped"] = IsShipped };

    public IEnumerable<RequiredFact> Facts =>
        [
            new("promise.ship_date", ShipDate),
            new("promise.arrival_date", ArrivalDate),
            new("delay.statement", Statement, IsWording: true)
            {
                Or = [("delay.headline", Headline), Story.IsBetter ? ("delay.is_better", "") : ("delay.certainty", Story.Certainty)],
            },
            new("delay.late_by", Story.LateBy, IsWording: true) { Or = [("delay.late_days", Story.LateDays.ToString(CultureInfo.InvariantCulture))] },
            .. Causes.Select(cause => new RequiredFact("delay.causes", cause.Sentence, IsWording: true) { Or = [("delay.quotes", cause.Quote)] }),
            .. Causes.Select(cause => new RequiredFact("delay.quotes", cause.Quote)),
            new("delay.reason_text", ReasonText, IsWording: true),
            NewDate.Length > 0 ? new("delay.new_date", NewDate) : new("delay.new_date_text", NewDateText, IsWording: true) { Or = [("delay.new_date", "")] },
            new("next_word.date", NextWordDate),
            .. OptionFacts,
            new("brand.orders_link", Brand.OrdersLink),
            new("brand.contact", Brand.Contact, IsNeeded: true),
        ];

    /// <summary>What the customer can do now.</summary>
    public IEnumerable<RequiredFact> OptionFacts =>
        Options.Select(option => new RequiredFact("options.texts", option, IsWording: true) { Or = [("options.is_shipped", "")] });

    public static DelayModel Of(
        ComposeRequest request,
        NamedParcels parcels,
        BrandModel brand,
        string orderNumber,
        LocalDates dates,
        INoticeWords words,
        DateTimeOffset now
    )
    {
        var story = DelayStory.Of(request, dates, words, now);
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
            Causes = [.. proposal.Signals.Select(signal => DelayCause.Of(signal, parcels, brand, dates, words)).Distinct()],
            Options = words.Options(
                new OptionFacts(
                    proposal.Occasion.Kind,
                    parcels.AreShipped,
                    brand.OrdersLink.Length > 0,
                    parcels.Parcels.Any(parcel => parcel.Link.Length > 0),
                    story.IsBetter
                )
            ),
            IsShipped = parcels.AreShipped,
            Brand = brand,
            Words = words,
        };
    }
}

/// <summary>Why an order is late, with who says so.</summary>
internal sealed record DelayCause(string Sentence, string Quote, string Source)
{
    public TemplateModel Values => new() { ["source"] = Source, ["text"] = Quote };

    public static DelayCause Of(DelaySignal signal, NamedParcels parcels, BrandModel brand, LocalDates dates, INoticeWords words)
    {
        var quote = PlainLine.Clean(signal.Cause);
        var source = IsCarriers(signal.Kind) ? parcels.CarrierOf(signal.ShipmentId) : brand.Name;
        return new DelayCause(words.Cause(signal.Kind, quote, source, parcels.ExpectedOf(signal.ShipmentId, dates)), quote, source);
    }

    private static bool IsCarriers(DelaySignalKind kind) =>
        kind
            is DelaySignalKind.CarrierDelay
                or DelaySignalKind.AttemptFailed
                or DelaySignalKind.AvailableForPickup
                or DelaySignalKind.Exception
                or DelaySignalKind.Returning
                or DelaySignalKind.Stalled
                or DelaySignalKind.LabelWithoutScan;
}
