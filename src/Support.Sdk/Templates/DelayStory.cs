using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>What a delay message has to say, before it is put into words.</summary>
internal sealed record DelayStory
{
    public const string May = "may";
    public const string Will = "will";
    public const string Is = "is";

    /// <summary>May, will or is.</summary>
    public required string Certainty { get; init; }

    /// <summary>The missed promise is the one to ship.</summary>
    public required bool ShipMissed { get; init; }

    /// <summary>The promise to ship that is replaced, or null when none is.</summary>
    public required PromiseDate? ShipBy { get; init; }

    /// <summary>The promise to arrive that is replaced, or null when none was made.</summary>
    public required PromiseDate? DeliverBy { get; init; }

    public required bool HasNewDate { get; init; }

    /// <summary>The new date is of shipping, not of arrival.</summary>
    public required bool NewDateShips { get; init; }

    /// <summary>Days after the promised day, 0 when the delay is shorter or not known.</summary>
    public required int LateDays { get; init; }

    /// <summary>By how much, in words, or empty when it is not known.</summary>
    public required string LateBy { get; init; }

    /// <summary>The customer was told about the delay before.</summary>
    public required bool IsFurther { get; init; }

    /// <summary>The promise is the date that the customer was told last, not the first one.</summary>
    public required bool WasToldDate { get; init; }

    /// <summary>The new date is earlier than the one that the customer was told last.</summary>
    public required bool IsBetter { get; init; }

    public bool HasPromise => ShipBy is not null || DeliverBy is not null;

    public static DelayStory Of(ComposeRequest request, LocalDates dates, INoticeWords words, DateTimeOffset now)
    {
        var told = Promises.LastTold(request.Order)?.NewDate;
        var gravest = request.Proposal.Signals is [var first, ..] ? first.Kind : DelaySignalKind.AtRisk;
        var newDate = request.Proposal.NewDate;
        var shipMissed = gravest == DelaySignalKind.ShipByMissed;
        var deliverBy = request.Assessment.DeliverBy;
        var shipBy = shipMissed || deliverBy is null ? Promises.InForce(request.Order).ShipBy : null;
        var ships = newDate is not null && deliverBy is null && newDate.Source != PromiseSource.Carrier;
        var (days, lateBy) = Lateness(request, ships || deliverBy is null ? shipBy : deliverBy, dates, words, now);
        return new DelayStory
        {
            Certainty = Certain(gravest, request.Proposal),
            ShipMissed = shipMissed,
            ShipBy = shipBy,
            DeliverBy = deliverBy,
            HasNewDate = newDate is not null,
            NewDateShips = ships,
            LateDays = days,
            LateBy = lateBy,
            IsFurther = request.Proposal.Occasion.Number > 1,
            WasToldDate = told is not null,
            IsBetter = newDate is not null && (request.Proposal.News == NoticeNews.Better || IsEarlier(newDate, told, request)),
        };
    }

    private static bool IsEarlier(PromiseDate date, PromiseDate? told, ComposeRequest request)
    {
        var zone = ZoneOf(request);
        return told is not null && date.EndsAt(zone) < told.EndsAt(zone);
    }

    private static TimeZoneInfo ZoneOf(ComposeRequest request) => TimeZoneInfo.FindSystemTimeZoneById(request.Shop.Shop.TimeZone);

    private static string Certain(DelaySignalKind gravest, NoticeProposal proposal) =>
        gravest switch
        {
            DelaySignalKind.PromiseMissed or DelaySignalKind.ShipByMissed => Is,
            DelaySignalKind.CarrierDelay => Will,
            // A later date makes sure of what was a risk.
            _ => string.Equals(proposal.Occasion.Kind, NoticeKinds.OrderDelayed, StringComparison.Ordinal) && proposal.NewDate is not null ? Will : May,
        };

    private static (int Days, string Text) Lateness(ComposeRequest request, PromiseDate? promise, LocalDates dates, INoticeWords words, DateTimeOffset now)
    {
        var zone = ZoneOf(request);
        if (request.Proposal.NewDate is { } newDate)
        {
            return promise is null ? (0, "") : Between(promise, dates.DayOf(newDate), newDate.EndsAt(zone), zone, dates, words);
        }

        // Only what is overdue already has a length without a new date.
        var missedShipping = request.Proposal.Signals is [{ Kind: DelaySignalKind.ShipByMissed }, ..] ? Promises.InForce(request.Order).ShipBy : null;
        var missed = request.Assessment.Lateness is not null ? request.Assessment.DeliverBy : missedShipping;
        if (missed is null)
        {
            return (0, "");
        }

        var promiseZone = missed.TimeZone is { } name ? TimeZoneInfo.FindSystemTimeZoneById(name) : zone;
        return Between(missed, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, promiseZone).DateTime), now, zone, dates, words);
    }

    // A promised date is missed by days, counted as a calendar counts them; a promised moment by hours as well.
    private static (int Days, string Text) Between(
        PromiseDate promise,
        DateOnly day,
        DateTimeOffset moment,
        TimeZoneInfo zone,
        LocalDates dates,
        INoticeWords words
    )
    {
        var late = moment - promise.EndsAt(zone);
        if (late < TimeSpan.Zero)
        {
            return (0, "");
        }

        var days = Math.Max(0, day.DayNumber - dates.DayOf(promise).DayNumber);
        return promise.Date is not null && days > 0 ? (days, words.Days(days)) : ((int)late.TotalDays, words.Hours(late));
    }
}
