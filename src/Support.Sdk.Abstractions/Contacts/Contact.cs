namespace Support.Sdk.Contacts;

/// <summary>What is known about one contact point in one shop: whether it works, and what its person allowed and wishes.</summary>
/// <remarks>
/// It is kept under a keyed hash, so that "do not write here again" can outlive the address itself: after an erasure
/// <see cref="Point"/> and the wishes are gone, while refusals and the suppression still answer whoever brings the same address again.
/// </remarks>
public sealed record Contact
{
    /// <summary>The shop. Another shop of the installation knows nothing of it.</summary>
    public required string Shop { get; init; }

    /// <summary>A hash of the shop and of the canonical contact point under the key of the installation.</summary>
    public required string Key { get; init; }

    /// <summary>The contact point, or null after its person was erased.</summary>
    public ContactPoint? Point { get; init; }

    /// <summary>How often it was saved; 0 when nothing is stored. A save states the version that it read.</summary>
    public long Version { get; init; }

    /// <summary>Whether messages arrive, and are welcome.</summary>
    public ContactHealth Health { get; init; }

    /// <summary>Since when its health is what it is, or null when it always was.</summary>
    public DateTimeOffset? HealthSince { get; init; }

    /// <summary>How many messages in a row bounced for a passing reason, such as a full mailbox.</summary>
    public int SoftBounces { get; init; }

    /// <summary>The newest word of its person on each purpose; a purpose that is not listed was never asked.</summary>
    public IReadOnlyList<ConsentWord> Consents { get; init; } = [];

    /// <summary>What its person chose, or null when nothing was chosen.</summary>
    public ContactPreferences? Preferences { get; init; }

    /// <summary>Who closed it for every purpose, or null while it is open. Restoring it removes this.</summary>
    public ContactAct? Suppressed { get; init; }

    /// <summary>Who restored it last, or null.</summary>
    public ContactAct? Restored { get; init; }

    /// <summary>When its person was erased, or null.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Tells why nothing of a purpose may be sent there, in a sentence without personal data, or null when it may be sent.</summary>
    /// <param name="purpose">What would be sent. A transactional message goes unless it was refused; a marketing one needs a word of consent.</param>
    public string? WhyNot(MessageClass purpose)
    {
        if (Suppressed is not null)
        {
            return "The customer's address is on the shop's suppression list.";
        }

        if (Health == ContactHealth.Complained)
        {
            return "The customer reported a message as spam.";
        }

        if (Health == ContactHealth.Bouncing)
        {
            return "Messages to the customer's address come back.";
        }

        var word = Consents.FirstOrDefault(word => word.Purpose == purpose);
        return word switch
        {
            { Granted: false } => purpose == MessageClass.Transactional ? "The customer refused notices there." : "The customer unsubscribed from offers.",
            null when purpose == MessageClass.Marketing => "The customer never agreed to offers.",
            _ => null,
        };
    }
}

/// <summary>Whether messages to a contact point arrive, and are welcome.</summary>
public enum ContactHealth
{
    /// <summary>Nothing speaks against it.</summary>
    Fine,

    /// <summary>It refused a message for good, or bounced several in a row. A message that arrives, or a word of its person, makes it fine again.</summary>
    Bouncing,

    /// <summary>Its person reported a message as spam. Nothing more is sent until an operator restores it.</summary>
    Complained,
}

/// <summary>The newest word on one purpose.</summary>
/// <param name="Purpose">What it is about.</param>
/// <param name="Granted">True when its person agreed, false when its person refused.</param>
/// <param name="At">When it was said.</param>
public sealed record ConsentWord(MessageClass Purpose, bool Granted, DateTimeOffset At);

/// <summary>What an operator did about a contact point.</summary>
public sealed record ContactAct
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who; the name of the operator or of the import.</summary>
    public required string By { get; init; }

    /// <summary>Why, or null after an erasure.</summary>
    public string? Why { get; init; }
}

/// <summary>What a person chose about being told.</summary>
/// <remarks>Of the contact points that an order names, the newest choice holds for the whole order.</remarks>
public sealed record ContactPreferences
{
    /// <summary>The channels to be told on, the preferred one first; null for all, in the order of the order's own contact points.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>The culture to be written to (<c>sv</c>), or null for that of the order.</summary>
    public string? Culture { get; init; }

    /// <summary>The kinds that are not wanted; see <see cref="Orders.NoticeKinds"/>.</summary>
    public IReadOnlyList<string> RefusedKinds { get; init; } = [];

    /// <summary>When it was chosen; the engine fills it in.</summary>
    public DateTimeOffset At { get; init; }
}
