using Support.Sdk.Contacts;
using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>Whom a message goes to, or why to nobody.</summary>
internal sealed record Recipient
{
    private static readonly IReadOnlyList<string> QuietByDefault = ["sms", "phone", "push", "social"];

    public ContactPoint? ContactPoint { get; private init; }

    /// <summary>Why there is nobody to tell, or null.</summary>
    public string? Obstacle { get; private init; }

    public required string TimeZone { get; init; }

    /// <summary>When the customer may get the next message, or null for now.</summary>
    public DateTimeOffset? FullUntil { get; private init; }

    /// <summary>The culture that the customer chose, or null.</summary>
    public string? Culture { get; private init; }

    /// <summary>The kinds that the customer does not want.</summary>
    public IReadOnlyList<string> RefusedKinds { get; private init; } = [];

    /// <summary>The first contact point, in the customer's own order, whose channel exists, that was not refused, and that works.</summary>
    public static Recipient Choose(DecisionInput input)
    {
        var customer = input.Order.Snapshot!.Customer;
        var points = customer.ContactPoints.Where(point => !string.IsNullOrWhiteSpace(point.Value)).ToList();
        var known = points.Select(point => Known(point, input)).ToList();
        var wishes = known.Select(contact => contact.Preferences).OfType<ContactPreferences>().MaxBy(chosen => chosen.At);
        var nobody = new Recipient
        {
            TimeZone = Zone(customer, input),
            Culture = wishes?.Culture,
            RefusedKinds = wishes?.RefusedKinds ?? [],
        };
        var obstacle = points.Count == 0 ? "The customer has no address." : "The customer chose to be told on none of the order's channels.";
        foreach (var (point, contact) in Wished(points.Zip(known), wishes?.Channels))
        {
            var recent = input.Recent.FirstOrDefault(recent => recent.ContactPoint == point);
            if (ObstacleAt(contact, recent, input) is { } found)
            {
                obstacle = found;
                continue;
            }

            var isFull = recent?.InLastDay >= input.Shop.Shop.MaxPerCustomerAndDay;
            return nobody with { ContactPoint = point, FullUntil = isFull ? recent!.NextSlotAt : null };
        }

        return nobody with
        {
            Obstacle = obstacle,
        };
    }

    /// <summary>The shop's own people, who have neither quiet hours nor preferences.</summary>
    public static Recipient Staff(DecisionInput input)
    {
        var staff = input.Shop.Shop.Staff;
        return new Recipient
        {
            ContactPoint = staff,
            TimeZone = input.Shop.Shop.TimeZone,
            Obstacle =
                staff is null ? "Shop.Staff is not set."
                : input.Channels.Contains(staff.Channel, StringComparer.Ordinal) ? null
                : $"No channel is registered for Shop.Staff ({staff.Channel}).",
        };
    }

    /// <summary>Why the customer is not told a kind of message, or null.</summary>
    public string? ObstacleTo(string kind) => RefusedKinds.Contains(kind, StringComparer.Ordinal) ? $"The customer does not want {kind}." : Obstacle;

    /// <summary>The end of the quiet hours that the customer is in, or null outside of them.</summary>
    public DateTimeOffset? QuietUntil(QuietHours quiet, DateTimeOffset now)
    {
        if (quiet.From == quiet.To || ContactPoint is null || !(quiet.Channels ?? QuietByDefault).Contains(ContactPoint.Channel, StringComparer.Ordinal))
        {
            return null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        // IsBetween wraps around midnight, with the beginning included and the end excluded.
        if (!TimeOnly.FromDateTime(local).IsBetween(quiet.From, quiet.To))
        {
            return null;
        }

        var day = DateOnly.FromDateTime(local);
        var end = TimeOnly.FromDateTime(local) < quiet.To ? day : day.AddDays(1);
        return Later(LocalTime.ToInstant(end.ToDateTime(quiet.To), zone), now);
    }

    // A clock that is set back may repeat the last quiet minutes; the wait still has to end later than now.
    private static DateTimeOffset Later(DateTimeOffset end, DateTimeOffset now) => end > now ? end : now + TimeSpan.FromMinutes(15);

    private static IEnumerable<(ContactPoint Point, Contact Contact)> Wished(
        IEnumerable<(ContactPoint Point, Contact Contact)> points,
        IReadOnlyList<string>? channels
    ) =>
        channels is null
            ? points
            : channels
                .Distinct(StringComparer.Ordinal)
                .SelectMany(channel => points.Where(one => string.Equals(one.Point.Channel, channel, StringComparison.Ordinal)));

    private static string? ObstacleAt(Contact contact, RecentContact? recent, DecisionInput input)
    {
        var channel = contact.Point!.Channel;
        if (!input.Channels.Contains(channel, StringComparer.Ordinal))
        {
            return $"No channel is registered for the customer's address ({channel}).";
        }

        if (contact.WhyNot(MessageClass.Transactional) is { } reason)
        {
            return reason;
        }

        // A contact that is stored knows more than its last message: soft bounces pass, and an operator may have restored it.
        return recent is { Unreachable: true } && contact.Version == 0 ? $"The last message to the customer's address ({channel}) did not arrive." : null;
    }

    private static Contact Known(ContactPoint point, DecisionInput input)
    {
        var canonical = point.Canonical();
        var contact =
            input.Contacts.FirstOrDefault(contact => contact.Point == canonical)
            ?? new Contact
            {
                Shop = input.Order.Key.Shop,
                Key = "",
                Point = canonical,
            };
        var snapshot = input.Order.Snapshot!;
        return ContactRules.Hear(contact, snapshot.Customer, snapshot.UpdatedAt ?? snapshot.ReadAt ?? input.Order.FirstSeenAt);
    }

    private static string Zone(OrderCustomer customer, DecisionInput input)
    {
        if (customer.TimeZone is { } explicitZone && TimeZoneInfo.TryFindSystemTimeZoneById(explicitZone, out _))
        {
            return explicitZone;
        }

        return CountryZones.Find(input.Order.Snapshot!.DestinationCountry) ?? input.Shop.Shop.TimeZone;
    }
}
