using System.Globalization;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>Turns an order and what is to be told about it into the values of a template, and lists the facts that must be told.</summary>
/// <remarks>
/// All names exist for every kind; what does not apply is an empty text, an empty list or false. Dates are written in the
/// template's culture and the customer's zone.
/// </remarks>
internal sealed class NoticeModel
{
    private readonly List<RequiredFact> _facts = [];

    private NoticeModel() { }

    public TemplateModel Values { get; } = [];

    /// <summary>What has to appear in the message.</summary>
    public IReadOnlyList<RequiredFact> Facts => _facts;

    /// <summary>The shape of every notice.</summary>
    public static Shape Shape { get; } = Shape.Of(Of(SampleRequest.Full, CultureInfo.InvariantCulture, SampleRequest.Now).Values);

    public static NoticeModel Of(ComposeRequest request, CultureInfo culture, DateTimeOffset now)
    {
        var snapshot = request.Order.Snapshot ?? throw new ArgumentException("The order has no snapshot.", nameof(request));
        var dates = new LocalDates(culture, Zone(request));
        var brand = BrandModel.Of(request.Shop.Shop);
        var parcels = NamedParcels.Of(request, dates, now);
        var model = new NoticeModel();
        var number = PlainLine.Clean(snapshot.Number ?? request.Order.Key.Id);
        model.Values["order"] = new TemplateModel
        {
            ["number"] = number,
            ["items"] = Items(snapshot.Items),
            ["more_to_come"] = parcels.MoreToCome,
        };
        model.Values["customer"] = new TemplateModel { ["name"] = PlainLine.Clean(snapshot.Customer.Name) };
        model.Values["brand"] = brand.Values;
        model.Values["style"] = BrandModel.Styles(brand);
        model.Values["items"] = Items(parcels.Items);
        model.Values["parcels"] = parcels.Values;
        model.Values["delivered"] = new TemplateModel { ["date"] = parcels.DeliveredDate };
        model._facts.Add(new RequiredFact("order.number", number));
        model._facts.AddRange(parcels.Items.Select(item => new RequiredFact("items", PlainLine.Clean(item.Name))));
        model.AddDelay(request, parcels, brand, dates, now, number);
        model.AddFactsOfKind(request.Proposal.Occasion.Kind, parcels);
        return model;
    }

    private void AddDelay(ComposeRequest request, NamedParcels parcels, BrandModel brand, LocalDates dates, DateTimeOffset now, string number)
    {
        var isDelay = Promises.IsDelay(request.Proposal.Occasion.Kind);
        var story = DelayStory.Of(request, dates, now);
        var isFurther = request.Proposal.Occasion.Number > 1;
        var shipDate = story.ShipBy is { } shipBy ? dates.Promise(shipBy) : "";
        var arrivalDate = story.DeliverBy is { } deliverBy ? dates.Promise(deliverBy) : "";
        var newDate = request.Proposal.NewDate is { } date ? dates.Promise(date) : "";
        var nextWord = request.Proposal.NextWordBy is { } by ? dates.Day(by) : "";
        var causes = Causes(request, parcels, brand.Name, dates);
        var isReasonKnown = request.Proposal.Signals.Any(signal => PlainLine.Clean(signal.Cause).Length > 0);
        Values["promise"] = new TemplateModel
        {
            ["date"] = story.ShipBy is null ? arrivalDate : shipDate,
            ["ships"] = story.ShipBy is not null,
            ["ship_date"] = shipDate,
            ["arrival_date"] = arrivalDate,
            ["text"] = EnglishWords.Promise(shipDate, arrivalDate, isFurther),
        };
        Values["delay"] = new TemplateModel
        {
            ["certainty"] = story.Certainty,
            ["statement"] = EnglishWords.Statement(story, number),
            ["late_by"] = story.LateBy,
            ["late_days"] = story.LateDays,
            ["causes"] = causes.ConvertAll<object>(cause => cause.Sentence),
            ["quotes"] = causes.Where(cause => cause.Quote.Length > 0).Select(cause => Quote(cause)).ToList<object>(),
            ["reason_text"] = isReasonKnown ? "" : EnglishWords.NoReason,
            ["new_date"] = newDate,
            ["new_date_text"] = EnglishWords.NewDate(story, newDate),
            ["ships"] = story.NewDateShips,
            ["is_further"] = isFurther,
        };
        Values["next_word"] = new TemplateModel { ["date"] = nextWord, ["text"] = EnglishWords.NextWord(nextWord) };
        var options = EnglishWords.Options(parcels.AreShipped, brand.OrdersLink.Length > 0);
        Values["options"] = new TemplateModel { ["texts"] = options.ToList<object>(), ["is_shipped"] = parcels.AreShipped };
        if (!isDelay)
        {
            return;
        }

        _facts.AddRange([
            new RequiredFact("promise.ship_date", shipDate),
            new RequiredFact("promise.arrival_date", arrivalDate),
            new RequiredFact("delay.certainty", story.Certainty, IsWording: true, "delay.statement"),
            new RequiredFact("delay.late_by", story.LateBy, IsWording: true, "delay.late_days"),
            .. causes.Select(cause => new RequiredFact("delay.causes", cause.Sentence, IsWording: true, "delay.quotes")),
            .. causes.Select(cause => new RequiredFact("delay.quotes", cause.Quote)),
            new RequiredFact("delay.reason_text", isReasonKnown ? "" : EnglishWords.NoReason, IsWording: true),
            newDate.Length > 0
                ? new RequiredFact("delay.new_date", newDate)
                : new RequiredFact("delay.new_date_text", EnglishWords.NewDate(story, newDate), IsWording: true, "delay.new_date"),
            new RequiredFact("next_word.date", nextWord),
            .. options.Select(option => new RequiredFact("options.texts", option, IsWording: true, "options.is_shipped")),
            new RequiredFact("brand.orders_link", brand.OrdersLink),
            new RequiredFact("brand.contact", brand.Contact, IsNeeded: true),
        ]);
    }

    private void AddFactsOfKind(string kind, NamedParcels parcels)
    {
        if (string.Equals(kind, NoticeKinds.OrderDelivered, StringComparison.Ordinal))
        {
            _facts.Add(new RequiredFact("delivered.date", parcels.DeliveredDate, IsNeeded: true));
            return;
        }

        foreach (var parcel in parcels.Parcels)
        {
            _facts.Add(new RequiredFact("parcels.number", parcel.Number));
            if (string.Equals(kind, NoticeKinds.OrderShipped, StringComparison.Ordinal))
            {
                _facts.Add(new RequiredFact("parcels.carrier", parcel.Carrier));
                _facts.Add(new RequiredFact("parcels.link", parcel.Link));
                _facts.Add(new RequiredFact("parcels.tracking_text", parcel.TrackingText, IsWording: true, "parcels.can_be_tracked"));
            }
        }
    }

    private static List<Cause> Causes(ComposeRequest request, NamedParcels parcels, string brand, LocalDates dates)
    {
        var causes = new List<Cause>();
        foreach (var signal in request.Proposal.Signals)
        {
            var quote = PlainLine.Clean(signal.Cause);
            var who = signal.Kind == DelaySignalKind.CarrierDelay ? parcels.CarrierOf(signal.ShipmentId) : brand;
            var cause = new Cause(EnglishWords.Cause(signal, quote, who, parcels.ExpectedOf(signal.ShipmentId, dates)), quote, who);
            if (!causes.Contains(cause))
            {
                causes.Add(cause);
            }
        }

        return causes;
    }

    private static TemplateModel Quote(Cause cause) => new() { ["source"] = cause.Who, ["text"] = cause.Quote };

    internal static List<object> Items(IReadOnlyList<OrderItem> items) =>
        items
            .Select(item => new TemplateModel
            {
                ["name"] = PlainLine.Clean(item.Name),
                ["quantity"] = item.Quantity,
                ["text"] = string.Create(CultureInfo.InvariantCulture, $"{item.Quantity} × {PlainLine.Clean(item.Name)}"),
            })
            .ToList<object>();

    private static TimeZoneInfo Zone(ComposeRequest request) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(request.Proposal.TimeZone ?? request.Shop.Shop.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    private sealed record Cause(string Sentence, string Quote, string Who);
}
