using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>What carriers report about the parcels of a message, in their own words, and what they leave out.</summary>
internal sealed record ReportModel
{
    public required string Carrier { get; init; }

    public required IReadOnlyList<ParcelReport> Reports { get; init; }

    /// <summary>The day of the latest report, or empty.</summary>
    public required string Date { get; init; }

    /// <summary>The customer was told before, and nothing has changed since.</summary>
    public required bool IsReminder { get; init; }

    /// <summary>Every parcel is back at the shop.</summary>
    public required bool IsBack { get; init; }

    public TemplateModel Values =>
        new()
        {
            ["carrier"] = Carrier,
            ["date"] = Date,
            ["texts"] = Reports.Select(report => report.Text).Distinct(StringComparer.Ordinal).ToList<object>(),
            ["quotes"] = Reports
                .Where(report => report.Quote.Length > 0)
                .Select(report => new TemplateModel { ["source"] = report.Source, ["text"] = report.Quote })
                .ToList<object>(),
            ["is_reminder"] = IsReminder,
            ["is_back"] = IsBack,
        };

    public IEnumerable<RequiredFact> Facts =>
        Reports
            .SelectMany(report =>
                new RequiredFact[]
                {
                    new("report.texts", report.Text, IsWording: true) { Or = [("report.quotes", report.Quote)] },
                    new("report.quotes", report.Quote),
                }
            )
            .Distinct();

    public static ReportModel Of(ComposeRequest request, NamedParcels parcels, LocalDates dates, INoticeWords words)
    {
        var occasion = request.Proposal.Occasion;
        var reports = parcels.Facts.Select(parcel => Of(occasion.Kind, parcel, request.Proposal.Signals, parcels, words)).ToList();
        return new ReportModel
        {
            Carrier = parcels.CarrierOf(parcels.Facts is [var first, ..] ? first.Shipment.Id : null),
            Reports = reports,
            Date = reports.Max(report => report.At) is { } at ? dates.Day(at) : "",
            IsReminder = occasion.Number > 1,
            IsBack = parcels.Facts.Count > 0 && parcels.Facts.All(parcel => parcel.Status == TrackingStatus.Returned),
        };
    }

    private static ParcelReport Of(string kind, ParcelFacts parcel, IReadOnlyList<DelaySignal> signals, NamedParcels parcels, INoticeWords words)
    {
        var id = parcel.Shipment.Id;
        var signal = signals.FirstOrDefault(signal => string.Equals(signal.ShipmentId, id, StringComparison.Ordinal));
        var scan = parcel.LatestScan;
        var quote = PlainLine.Clean(signal?.Cause ?? scan?.Description);
        var who = parcels.CarrierOf(id);
        return new ParcelReport(words.Report(kind, who, quote), quote, who, scan?.At ?? signal?.Since);
    }
}

/// <summary>What one carrier reports about one parcel; the quote is empty when it only sets a mark.</summary>
internal sealed record ParcelReport(string Text, string Quote, string Source, DateTimeOffset? At);
