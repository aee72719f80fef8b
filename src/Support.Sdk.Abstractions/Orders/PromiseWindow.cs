namespace Support.Sdk.Orders;

/// <summary>What a customer was told about when an order ships and arrives. Two clocks, each of which may be missing.</summary>
/// <remarks>
/// Shipping is what US law counts (16 CFR 435.1) and what handling time means; arrival is what EU law counts
/// (Directive 2011/83/EU, Article 18) and what customers wait for.
/// </remarks>
public sealed record PromiseWindow
{
    /// <summary>Until when the order is handed to the carrier, or null when nothing was said.</summary>
    public PromiseDate? ShipBy { get; init; }

    /// <summary>The earliest arrival that was named, or null.</summary>
    public PromiseDate? DeliverFrom { get; init; }

    /// <summary>Until when the order arrives, or null when nothing was said.</summary>
    public PromiseDate? DeliverBy { get; init; }
}

/// <summary>A promised date or moment, and where it comes from.</summary>
/// <remarks>
/// A date is shown as that date and kept until the next midnight of its zone; a moment is kept until that moment. Either
/// end is excluded: what happens at that very instant is late.
/// </remarks>
public sealed record PromiseDate
{
    /// <summary>The date, or null when a moment was promised.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The zone of <see cref="Date"/> (IANA), or null for the shop's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The moment, or null when a date was promised.</summary>
    public DateTimeOffset? Moment { get; init; }

    /// <summary>Who made the promise.</summary>
    public PromiseSource Source { get; init; } = PromiseSource.Platform;

    /// <summary>A promise that holds until the end of a day.</summary>
    public static PromiseDate On(DateOnly date, string? timeZone = null, PromiseSource source = PromiseSource.Platform) =>
        new()
        {
            Date = date,
            TimeZone = timeZone,
            Source = source,
        };

    /// <summary>A promise that holds until a moment.</summary>
    public static PromiseDate At(DateTimeOffset moment, PromiseSource source = PromiseSource.Platform) => new() { Moment = moment, Source = source };

    /// <summary>The first instant at which the promise is no longer kept.</summary>
    /// <param name="shopZone">The zone for a date that names none.</param>
    /// <remarks>Where a clock change skips midnight, the day ends when the gap does; where it repeats midnight, at the first.</remarks>
    /// <exception cref="InvalidOperationException">Neither a date nor a moment is set.</exception>
    /// <exception cref="TimeZoneNotFoundException"><see cref="TimeZone"/> is not known to this machine.</exception>
    public DateTimeOffset EndsAt(TimeZoneInfo shopZone)
    {
        if (Moment is { } moment)
        {
            return moment;
        }

        var date = Date ?? throw new InvalidOperationException("A PromiseDate needs a Date or a Moment. Make one with PromiseDate.On or PromiseDate.At.");
        var zone = TimeZone is null ? shopZone : TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        return date == DateOnly.MaxValue ? DateTimeOffset.MaxValue : LocalTime.StartOfDay(date.AddDays(1), zone);
    }
}

/// <summary>Where a promise comes from.</summary>
public enum PromiseSource
{
    /// <summary>The storefront showed it to the customer.</summary>
    Platform,

    /// <summary>A promise policy of the shop made it from the shipping method.</summary>
    Policy,

    /// <summary>The carrier announced it.</summary>
    Carrier,

    /// <summary>A person of the shop set it.</summary>
    Manual,
}
