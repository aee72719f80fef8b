using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>What the shop's own people are told: which signals, about which parcel, since when.</summary>
internal sealed record AlertModel(IReadOnlyList<string> Signals, IReadOnlyList<string> Parcels, string Link)
{
    public TemplateModel Values => new() { ["signals"] = Signals.ToList<object>(), ["link"] = Link };

    public IEnumerable<RequiredFact> Facts =>
        [
            .. Signals.Select(signal => new RequiredFact("alert.signals", signal)),
            .. Parcels.Where(parcel => parcel.Length > 0).Select(parcel => new RequiredFact("parcels.number", parcel)),
            new RequiredFact("alert.link", Link),
        ];

    public static AlertModel Of(ComposeRequest request, NamedParcels parcels, LocalDates dates, INoticeWords words) =>
        new(
            [
                .. request.Proposal.Signals.Select(signal =>
                    words.Alert(signal.Kind, dates.Day(signal.Since), parcels.NumberOf(signal.ShipmentId), PlainLine.Clean(signal.Cause))
                ),
            ],
            [.. parcels.Parcels.Select(parcel => parcel.Number)],
            BrandLinks.Web(request.OperatorsPage)
        );
}
