using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Contacts;

/// <summary>How a contact changes by what is said about it. Pure functions.</summary>
internal static class ContactRules
{
    /// <summary>How many soft bounces in a row count as a hard one; a mailbox that is full for three notices is not read.</summary>
    internal const int SoftBounces = 3;

    /// <summary>The newest word on the purpose of a record, with that record heard.</summary>
    public static Contact Hear(Contact contact, ConsentRecord word, ContactPoint? point)
    {
        var standing = contact.Consents.FirstOrDefault(known => known.Purpose == word.Purpose);
        if (standing?.At > word.At)
        {
            return contact;
        }

        return contact with
        {
            // Who speaks again after an erasure is known again.
            Point = point ?? contact.Point,
            Consents = [.. contact.Consents.Where(known => known.Purpose != word.Purpose), new ConsentWord(word.Purpose, word.Granted, word.At)],
        };
    }

    /// <summary>The contact as an order's own consents leave it: of two words on a purpose the newer one holds.</summary>
    public static Contact Hear(Contact contact, OrderCustomer customer, DateTimeOffset saidAt) =>
        customer
            .Consents.Where(consent => string.Equals(consent.Channel, contact.Point?.Channel, StringComparison.Ordinal))
            .Aggregate(contact, (heard, consent) => Hear(heard, consent, saidAt));

    /// <summary>What a message that came back does.</summary>
    public static Contact Bounced(Contact contact, BounceKind kind, DateTimeOffset at)
    {
        if (contact.Health != ContactHealth.Fine)
        {
            return contact;
        }

        var inARow = kind == BounceKind.Soft ? contact.SoftBounces + 1 : contact.SoftBounces;
        return kind == BounceKind.Hard || inARow >= SoftBounces
            ? contact with
            {
                Health = ContactHealth.Bouncing,
                HealthSince = at,
                SoftBounces = inARow,
            }
            : contact with
            {
                SoftBounces = inARow,
            };
    }

    /// <summary>What a sign of life does: a message arrived, or its reader chose something.</summary>
    public static Contact Alive(Contact contact) =>
        contact switch
        {
            { Health: ContactHealth.Bouncing } => contact with { Health = ContactHealth.Fine, HealthSince = null, SoftBounces = 0 },
            { SoftBounces: > 0 } => contact with { SoftBounces = 0 },
            _ => contact,
        };

    public static Contact Complained(Contact contact, DateTimeOffset at) =>
        contact.Health == ContactHealth.Complained ? contact : contact with { Health = ContactHealth.Complained, HealthSince = at };

    private static Contact Hear(Contact contact, ContactConsent consent, DateTimeOffset saidAt)
    {
        var standing = contact.Consents.FirstOrDefault(known => known.Purpose == consent.Purpose);
        return standing?.At >= saidAt
            ? contact
            : contact with
            {
                Consents = [.. contact.Consents.Where(known => known.Purpose != consent.Purpose), new ConsentWord(consent.Purpose, consent.Granted, saidAt)],
            };
    }
}
