namespace Support.Sdk.Contacts;

/// <summary>One word of a person on one channel and purpose, with its proof. Recorded once, never changed.</summary>
/// <remarks>Regulation (EU) 2016/679, Article 7(1): whoever relies on consent must be able to show it.</remarks>
public sealed record ConsentRecord
{
    /// <summary>What it is about.</summary>
    public required MessageClass Purpose { get; init; }

    /// <summary>True when the person agreed, false when the person refused.</summary>
    public required bool Granted { get; init; }

    /// <summary>When it was said. Of several words on one purpose the newest holds, of two said at once the one recorded later.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How it reached the shop.</summary>
    public required ConsentSource Source { get; init; }

    /// <summary>Who recorded it: an operator, the name of an import; null for the person alone.</summary>
    public string? By { get; init; }

    /// <summary>The wording that was shown, or its version; at most 1,000 characters. Null when it is not known.</summary>
    public string? Wording { get; init; }

    /// <summary>
    /// What else proves it, for example the id of the order or of the delivery whose link was used; at most 1,000 characters. Kept
    /// until the person is erased. Put an IP address here only if you need it.
    /// </summary>
    public string? Evidence { get; init; }
}

/// <summary>How a word of consent reached the shop.</summary>
public enum ConsentSource
{
    /// <summary>The shop's own code recorded it, for example at the checkout.</summary>
    Shop,

    /// <summary>The person chose it on the preference page.</summary>
    PreferencePage,

    /// <summary>A mail program unsubscribed the person with one POST (RFC 8058).</summary>
    OneClick,

    /// <summary>An operator was told.</summary>
    Operator,

    /// <summary>It came with an import.</summary>
    Import,

    /// <summary>The data of the person was erased; nothing that was agreed before holds.</summary>
    Erasure,
}
