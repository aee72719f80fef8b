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

    /// <summary>The first contact point whose channel exists, that was not refused, and that works.</summary>
    public static Recipient Choose(DecisionInput input)
    {
        var customer = input.Order.Snapshot!.Customer;
        var zone = Zone(customer, input);
        var obstacle = "The customer has no address.";
        foreach (var contact in customer.ContactPoints.Where(contact => !string.IsNullOrWhiteSpace(contact.Value)))
        {
            if (!input.Channels.Contains(contact.Channel, StringComparer.Ordinal))
            {
                obstacle = $"No channel is registered for the customer's address ({contact.Channel}).";
            }
            else if (customer.Consents.Any(consent => Refuses(consent, contact.Channel)))
            {
                obstacle = $"The customer refused {contact.Channel} for notices.";
            }
            else
            {
                var recent = input.Recent.FirstOrDefault(recent => recent.ContactPoint == contact);
                if (recent is not { Unreachable: true })
                {
                    var isFull = recent?.InLastDay >= input.Shop.Shop.MaxPerCustomerAndDay;
                    return new Recipient
                    {
                        ContactPoint = contact,
                        TimeZone = zone,
                        FullUntil = isFull ? recent!.NextSlotAt : null,
                    };
                }

                obstacle = $"The last message to the customer's address ({contact.Channel}) did not arrive.";
            }
        }

        return new Recipient { Obstacle = obstacle, TimeZone = zone };
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

    private static bool Refuses(ContactConsent consent, string channel) =>
        !consent.Granted && consent.Purpose == MessageClass.Transactional && string.Equals(consent.Channel, channel, StringComparison.Ordinal);

    private static string Zone(OrderCustomer customer, DecisionInput input)
    {
        if (customer.TimeZone is { } explicitZone && TimeZoneInfo.TryFindSystemTimeZoneById(explicitZone, out _))
        {
            return explicitZone;
        }

        return CountryZones.Find(input.Order.Snapshot!.DestinationCountry) ?? input.Shop.Shop.TimeZone;
    }
}
