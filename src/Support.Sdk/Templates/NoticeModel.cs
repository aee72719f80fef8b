using System.Globalization;
using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>Turns an order and what is to be told about it into the values of a template, and lists the facts that must be told.</summary>
/// <remarks>
/// All names exist for every kind; what does not apply is an empty text, an empty list or false. Dates are written in the
/// template's culture and the customer's zone.
/// </remarks>
internal sealed record NoticeModel
{
    public required TemplateModel Values { get; init; }

    /// <summary>What has to appear in the message.</summary>
    public required IReadOnlyList<RequiredFact> Facts { get; init; }

    /// <summary>The shape of every notice.</summary>
    public static Shape Shape { get; } = Shape.Of(Of(SampleRequest.Full, CultureInfo.InvariantCulture, SampleRequest.Now).Values);

    public static NoticeModel Of(ComposeRequest request, CultureInfo culture, DateTimeOffset now)
    {
        var snapshot = request.Order.Snapshot ?? throw new ArgumentException("The order has no snapshot.", nameof(request));
        var dates = new LocalDates(culture, Zone(request));
        var brand = BrandModel.Of(request.Shop.Shop);
        var parcels = NamedParcels.Of(request, dates, now);
        var number = PlainLine.Clean(snapshot.Number ?? request.Order.Key.Id);
        var delay = DelayModel.Of(request, parcels, brand, number, dates, now);
        var values = new TemplateModel
        {
            ["order"] = new TemplateModel
            {
                ["number"] = number,
                ["items"] = NamedParcels.Values(snapshot.Items),
                ["more_to_come"] = parcels.MoreToCome,
            },
            ["customer"] = new TemplateModel { ["name"] = PlainLine.Clean(snapshot.Customer.Name) },
            ["brand"] = brand.Values,
            ["style"] = BrandModel.Styles(brand),
            ["items"] = NamedParcels.Values(parcels.Items),
            ["parcels"] = parcels.Parcels.Select(parcel => parcel.Values).ToList<object>(),
            ["delivered"] = new TemplateModel { ["date"] = parcels.DeliveredDate },
            ["promise"] = delay.PromiseValues,
            ["delay"] = delay.Values,
            ["next_word"] = delay.NextWordValues,
            ["options"] = delay.OptionValues,
        };
        return new NoticeModel
        {
            Values = values,
            Facts =
            [
                new RequiredFact("order.number", number),
                .. parcels.Items.Select(item => PlainLine.Clean(item.Name)).Distinct(StringComparer.Ordinal).Select(name => new RequiredFact("items", name)),
                .. FactsOf(request.Proposal.Occasion.Kind, delay, parcels),
            ],
        };
    }

    private static IEnumerable<RequiredFact> FactsOf(string kind, DelayModel delay, NamedParcels parcels) =>
        kind switch
        {
            NoticeKinds.OrderDelivered => [new RequiredFact("delivered.date", parcels.DeliveredDate, IsNeeded: true)],
            NoticeKinds.OrderShipped => parcels.Parcels.SelectMany(parcel => parcel.Facts),
            _ => [.. delay.Facts, .. parcels.Parcels.Select(parcel => new RequiredFact("parcels.number", parcel.Number))],
        };

    private static TimeZoneInfo Zone(ComposeRequest request) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(request.Proposal.TimeZone ?? request.Shop.Shop.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
