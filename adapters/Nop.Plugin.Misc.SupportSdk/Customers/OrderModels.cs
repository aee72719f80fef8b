namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>What a customer reads about one order, in words and days.</summary>
public sealed record OrderModel
{
    /// <summary>The shop's id of the order, for the link to its page; null where only a signed link was shown.</summary>
    public int? OrderId { get; init; }

    /// <summary>What the customer calls it.</summary>
    public required string Number { get; init; }

    /// <summary>How it stands, in one word or two.</summary>
    public string State { get; init; } = "";

    /// <summary>Whether it is, or may be, late.</summary>
    public bool IsDelayed { get; init; }

    /// <summary>The day on which it was placed.</summary>
    public string PlacedOn { get; init; } = "";

    /// <summary>Until when it was promised to be shipped, or empty.</summary>
    public string ShipBy { get; init; } = "";

    /// <summary>Until when it was promised to arrive, or empty.</summary>
    public string ArrivesBy { get; init; } = "";

    /// <summary>The date that the promise was moved to, as a sentence, or empty.</summary>
    public string MovedTo { get; init; } = "";

    /// <summary>Why it is late; empty when it is not.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What its customer was told, the latest first.</summary>
    public IReadOnlyList<ToldModel> Told { get; init; } = [];

    /// <summary>Its parcels.</summary>
    public IReadOnlyList<ParcelModel> Parcels { get; init; } = [];

    /// <summary>What is in it.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>Whether some of it is in no parcel yet.</summary>
    public bool MoreToCome { get; init; }

    /// <summary>Where its customer writes about it.</summary>
    public string ContactPath { get; init; } = "";

    /// <summary>Whether the link that was opened came with this order.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Whether there is anything to say that the shop does not say itself.</summary>
    public bool IsKnown => ShipBy.Length + ArrivesBy.Length + MovedTo.Length > 0 || Reasons.Count + Told.Count + Parcels.Count > 0;
}

/// <summary>Something that a customer was told.</summary>
/// <param name="On">When.</param>
/// <param name="Text">What.</param>
public sealed record ToldModel(string On, string Text);

/// <summary>What a customer reads about one parcel.</summary>
public sealed record ParcelModel
{
    /// <summary>How it stands.</summary>
    public required string State { get; init; }

    /// <summary>Who carries it, or empty.</summary>
    public string Carrier { get; init; } = "";

    /// <summary>Its number there, or empty.</summary>
    public string TrackingNumber { get; init; } = "";

    /// <summary>Where it can be followed, or empty.</summary>
    public string Link { get; init; } = "";

    /// <summary>When it was shipped, or empty.</summary>
    public string ShippedOn { get; init; } = "";

    /// <summary>When it was delivered, or empty.</summary>
    public string DeliveredOn { get; init; } = "";

    /// <summary>When the carrier expects it, or empty.</summary>
    public string ExpectedOn { get; init; } = "";
}

/// <summary>One page of a customer's orders, the newest first.</summary>
public sealed record OrderListModel
{
    /// <summary>The orders.</summary>
    public IReadOnlyList<OrderModel> Orders { get; init; } = [];

    /// <summary>The number of the page, from 1 on.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Whether older ones follow.</summary>
    public bool HasOlder { get; init; }
}
