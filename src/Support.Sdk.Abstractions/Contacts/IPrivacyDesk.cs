namespace Support.Sdk.Contacts;

/// <summary>Hands out, and erases, what is stored about a person.</summary>
/// <remarks>
/// A person is named by contact points. Name all that you know: an order is found by any of them and belongs to the person as a whole,
/// but other contact points that it names are not followed to further orders, because they may be somebody else's. Those of a customer
/// (<see cref="Customers.Customer"/>) are one person's, and are followed.
/// </remarks>
public interface IPrivacyDesk
{
    /// <summary>Writes everything that is stored about a person as one JSON document (Regulation (EU) 2016/679, Articles 15 and 20).</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="points">The person's contact points.</param>
    /// <param name="destination">Where to write UTF-8 text; not closed. Written in pieces, so the size of the document does not matter.</param>
    /// <param name="cancellationToken">Stops the work; the document is then incomplete.</param>
    /// <remarks>
    /// The members are <c>shop</c>, <c>contactPoints</c> and <c>exportedAt</c>; <c>contacts</c> with health, preferences and suppression,
    /// each with its <c>consents</c>; <c>orders</c> as they are stored, each with its <c>decisions</c>; <c>customers</c>, each with its
    /// <c>tickets</c> and their <c>entries</c> (files are named, not included); <c>deliveries</c> with the whole message and what became of it; and <c>waitingEvents</c>, which came in and are not processed yet, or were put aside.
    /// </remarks>
    /// <exception cref="ArgumentException">No contact point was named, or one is empty.</exception>
    Task ExportAsync(string shop, IReadOnlyList<ContactPoint> points, Stream destination, CancellationToken cancellationToken = default);

    /// <summary>Erases what is stored about a person (Article 17), in small transactions. Call it again when the answer is not complete.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="points">The person's contact points.</param>
    /// <param name="by">The operator, or the process that was asked.</param>
    /// <param name="cancellationToken">Stops the work; what was erased stays erased, and another call goes on.</param>
    /// <remarks>
    /// <list type="bullet">
    /// <item><description>Orders stay as empty shells, so that figures and decisions remain and an old snapshot cannot bring the person
    /// back: id, times, promises, status, country, parcels without numbers, links and carriers' words. They tell nothing more.</description></item>
    /// <item><description>Messages keep what they were about and what became of them; address, name, subject, text and attachments go.
    /// Those not yet sent are superseded.</description></item>
    /// <item><description>Decisions stay; what operators wrote in them goes.</description></item>
    /// <item><description>Tickets stay as closed shells with their kind, status, times and clocks; subject, texts, files and fields go, and
    /// nothing can be written into them. A customer stays as an id.</description></item>
    /// <item><description>Events that wait, or were put aside, are emptied; their ids stay so that repeats are recognised.</description></item>
    /// <item><description>A contact keeps its hash, its suppression without a reason, and refusals: offers count as refused from now on,
    /// whatever an older order says. Words of consent keep what, when and how, without evidence.</description></item>
    /// </list>
    /// Logs, mail servers, channels' providers and backups are outside; so is the shop itself: an order that it hands over anew, and
    /// that was never stored here or was removed by then, counts as new.
    /// </remarks>
    /// <exception cref="ArgumentException">No contact point was named, one is empty, or <paramref name="by"/> is.</exception>
    Task<ErasureResult> EraseAsync(string shop, IReadOnlyList<ContactPoint> points, string by, CancellationToken cancellationToken = default);

    /// <summary>Erases all that is stored for a shop, in small transactions. Call it again when the answer is not complete.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="by">The operator, or the process that was asked.</param>
    /// <param name="cancellationToken">Stops the work; what was erased stays erased, and another call goes on.</param>
    /// <remarks>
    /// Nothing is left of it but the record of this: no orders, messages, tickets, customers, contacts, figures or events. Events that
    /// come in later are taken as those of any shop, so close its door first.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="shop"/> or <paramref name="by"/> is empty.</exception>
    Task<ErasureResult> ForgetShopAsync(string shop, string by, CancellationToken cancellationToken = default);

    /// <summary>Lists what was erased, the latest first, without personal data.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="max">How many at most; 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    Task<IReadOnlyList<ErasureResult>> ErasuresAsync(string shop, int max = 100, CancellationToken cancellationToken = default);
}

/// <summary>What one call of an erasure did. Recorded, without personal data.</summary>
public sealed record ErasureResult
{
    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who asked.</summary>
    public required string By { get; init; }

    /// <summary>How many orders became empty shells.</summary>
    public int Orders { get; init; }

    /// <summary>How many messages were emptied.</summary>
    public int Deliveries { get; init; }

    /// <summary>How many events were emptied.</summary>
    public int Events { get; init; }

    /// <summary>How many contacts were reduced to their hash.</summary>
    public int Contacts { get; init; }

    /// <summary>How many tickets became empty shells.</summary>
    public int Tickets { get; init; }

    /// <summary>How many customers became empty shells.</summary>
    public int Customers { get; init; }

    /// <summary>How many messages and events are being worked on at this very moment and could not be erased; 0 when the erasure is complete.</summary>
    public int UnderWay { get; init; }

    /// <summary>True when nothing is left. Otherwise call again in a few minutes.</summary>
    public bool IsComplete => UnderWay == 0;
}
