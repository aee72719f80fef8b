using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>Turns an order and what is to be told about it into the values of a template, and lists the facts that must be told.</summary>
/// <remarks>
/// All names exist for every kind; what does not apply is an empty text, an empty list or false. Dates are written in the
/// template's culture and the customer's zone. A group of values is made when a template asks for it.
/// </remarks>
internal sealed class NoticeModel
{
    private readonly ComposeRequest _request;
    private readonly Language _language;
    private readonly LocalDates _dates;
    private readonly NamedParcels _parcels;
    private readonly string _number;
    private readonly Lazy<DelayModel> _delay;
    private readonly Lazy<ReportModel> _report;
    private readonly Lazy<PlanModel> _plan;

    private NoticeModel(ComposeRequest request, OrderSnapshot snapshot, BrandModel brand, Language language, DateTimeOffset now)
    {
        var words = language.Words;
        (_request, _language, Brand) = (request, language, brand);
        _dates = new LocalDates(language, Zone(request));
        _parcels = NamedParcels.Of(request, _dates, words, now);
        _number = PlainLine.Clean(snapshot.Number ?? request.Order.Key.Id);
        _delay = new(() => DelayModel.Of(request, _parcels, brand, _number, _dates, words, now));
        _report = new(() => ReportModel.Of(request, _parcels, _dates, words));
        _plan = new(() => PlanModel.Of(request, _dates, words));
        Links = LinkModel.Of(request, now);
        Values = Groups(snapshot, now);
    }

    public TemplateModel Values { get; }

    public BrandModel Brand { get; }

    public LinkModel Links { get; }

    /// <summary>What has to appear in the message.</summary>
    public IReadOnlyList<RequiredFact> Facts => field ??= [new RequiredFact("order.number", _number), .. FactsOf(Kind)];

    /// <summary>The shape of every notice.</summary>
    public static Shape Shape { get; } = Shape.Of(Of(SampleRequest.Full, Language.English, SampleRequest.Now).Values);

    private string Kind => _request.Proposal.Occasion.Kind;

    public static NoticeModel Of(ComposeRequest request, Language language, DateTimeOffset now) => Of(request, BrandModel.Of(request.Shop.Shop), language, now);

    public static NoticeModel Of(ComposeRequest request, BrandModel brand, Language language, DateTimeOffset now)
    {
        var snapshot = request.Order.Snapshot ?? throw new ArgumentException("The order has no snapshot.", nameof(request));
        return new NoticeModel(request, snapshot, brand, language, now);
    }

    private TemplateModel Groups(OrderSnapshot snapshot, DateTimeOffset now)
    {
        var words = _language.Words;
        var name = PlainLine.Clean(snapshot.Customer.Name);
        return new TemplateModel
        {
            {
                "order",
                () =>
                    new()
                    {
                        ["number"] = _number,
                        ["placed_date"] = _dates.Day(snapshot.PlacedAt),
                        ["items"] = NamedParcels.Values(snapshot.Items),
                        ["more_to_come"] = _parcels.MoreToCome,
                    }
            },
            {
                "customer",
                () =>
                    new() { ["name"] = name, [PastOrders.Name] = PastOrders.Values(_request.PastOrders, _dates, words, now) }
            },
            {
                "letter",
                () =>
                    new()
                    {
                        ["greeting"] = words.Greeting(Brand.Voice, name),
                        ["apology"] = words.Apology(Brand.Voice),
                        ["closing"] = words.Closing(Brand.Voice),
                    }
            },
            { "brand", () => Brand.Values },
            { "style", () => Brand.Styles },
            { "links", () => Links.Values },
            { "items", NamedParcels.Values(_parcels.Items) },
            { "parcels", _parcels.Parcels.Select(parcel => parcel.Values).ToList<object>() },
            {
                "delivered",
                () =>
                    new() { ["date"] = _parcels.DeliveredDate }
            },
            { "plan", () => _plan.Value.Values },
            { "promise", () => _delay.Value.PromiseValues },
            { "delay", () => _delay.Value.Values },
            { "next_word", () => _delay.Value.NextWordValues },
            { "options", () => _delay.Value.OptionValues },
            { "report", () => _report.Value.Values },
            { "alert", () => Alert().Values },
        };
    }

    private AlertModel Alert() => AlertModel.Of(_request, _parcels, _dates, _language.Words);

    private IEnumerable<RequiredFact> FactsOf(string kind) =>
        kind switch
        {
            NoticeKinds.ShopAlert => Alert().Facts,
            NoticeKinds.OrderConfirmed => [.. Items, .. _plan.Value.Facts, Person],
            NoticeKinds.OrderDelivered => [.. Items, new RequiredFact("delivered.date", _parcels.DeliveredDate, IsNeeded: true)],
            NoticeKinds.OrderShipped or NoticeKinds.OutForDelivery => [.. Items, .. Parcels],
            NoticeKinds.AttemptFailed or NoticeKinds.AvailableForPickup or NoticeKinds.OrderReturning or NoticeKinds.OrderException =>
            [
                .. Items,
                .. Parcels,
                .. _report.Value.Facts,
                .. _delay.Value.OptionFacts,
                new RequiredFact("next_word.date", _delay.Value.NextWordDate),
                Person,
            ],
            _ => [.. Items, .. _delay.Value.Facts, .. _parcels.Parcels.Select(parcel => new RequiredFact("parcels.number", parcel.Number))],
        };

    private IEnumerable<RequiredFact> Items =>
        _parcels.Items.Select(item => PlainLine.Clean(item.Name)).Distinct(StringComparer.Ordinal).Select(name => new RequiredFact("items", name));

    private IEnumerable<RequiredFact> Parcels => _parcels.Parcels.SelectMany(parcel => parcel.Facts);

    private RequiredFact Person => new("brand.contact", Brand.Contact, IsNeeded: true);

    // The shop's own people read their own clock.
    private static TimeZoneInfo Zone(ComposeRequest request)
    {
        var isOurs = string.Equals(request.Proposal.Occasion.Kind, NoticeKinds.ShopAlert, StringComparison.Ordinal);
        var name = isOurs ? null : request.Proposal.TimeZone;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name ?? request.Shop.Shop.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
    }
}
