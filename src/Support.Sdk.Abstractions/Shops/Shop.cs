using Support.Sdk.Orders;
using Support.Sdk.Sla;

namespace Support.Sdk.Shops;

/// <summary>One store: how it speaks, what it promises and what it tells.</summary>
/// <remarks>Bound from <c>Support:Shops:ID</c>, or given to <c>AddShop()</c>.</remarks>
public sealed record Shop
{
    /// <summary>The id that events name; at most 100 characters. In configuration it is the name of the section.</summary>
    public string Id { get; init; } = "";

    /// <summary>Off, Shadow or Live. Default: Live.</summary>
    public ShopMode Mode { get; init; } = ShopMode.Live;

    /// <summary>The zone in which the shop counts days (IANA). Default: UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The country that the shop sends from, as ISO 3166-1 alpha-2 (<c>SE</c>), or null when it is not said; it tells domestic from international.</summary>
    public string? Country { get; init; }

    /// <summary>The culture to write in when the customer's is not known. Default: <c>en</c>.</summary>
    public string Culture { get; init; } = "en";

    /// <summary>
    /// The public address (https) of support's pages where the shop has a domain of its own, for example <c>https://other.example/support</c>,
    /// or null for <c>Support:PublicAddress</c>. The application maps its pages under both.
    /// </summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>When the shop is open, or null for Monday to Friday 09:00-17:00 in its zone.</summary>
    public BusinessHours? Hours { get; init; }

    /// <summary>Who speaks.</summary>
    public Brand Brand { get; init; } = new();

    /// <summary>The kinds of messages that the shop tells, or null for those of trouble (<see cref="Orders.NoticeKinds.Default"/>), because storefronts mail the others themselves.</summary>
    public IReadOnlyList<string>? Tells { get; init; }

    /// <summary>The promises for orders that come without one; the first that fits is taken.</summary>
    public IReadOnlyList<PromisePolicy> PromisePolicies { get; init; } = [];

    /// <summary>
    /// Whether arrivals are recorded in the shop's orders, or null to learn it from them. Where they are not, no order can be
    /// judged by its arrival: every parcel would look late.
    /// </summary>
    /// <remarks>Learned means: at least 20 parcels seen delivered, and at least half of those seen shipped.</remarks>
    public bool? RecordsDeliveries { get; init; }

    /// <summary>
    /// Whether the scans of the shop's parcels come in by themselves, from an <see cref="ITrackingFeed"/> or pushed as
    /// <see cref="ShipmentTracked"/>. Only then does it mean something that a parcel with a tracking number has no scan at
    /// all; a parcel with a scan is judged by its scans in any case. Default: false.
    /// </summary>
    public bool RecordsScans { get; init; }

    /// <summary>How long before the end of a promise an order that has not arrived is at risk. Default: 48 hours, but never more than half the time between order and promise.</summary>
    public TimeSpan AtRiskBefore { get; init; } = TimeSpan.FromHours(48);

    /// <summary>When signals are raised, where it differs from the defaults, for some orders or for all; for each value the first rule that fits and sets it counts.</summary>
    public IReadOnlyList<SignalRule> Signals { get; init; } = [];

    /// <summary>
    /// Where the shop's own people are told of orders that need them (<see cref="NoticeKinds.ShopAlert"/>): no matter what
    /// the shop tells customers, at any hour. Null for nowhere; then only a decision is recorded.
    /// </summary>
    public ContactPoint? Staff { get; init; }

    /// <summary>How long after the promise, or after the last word, the next word is promised when no new date can be given; 1 hour to 30 days. Default: 3 days.</summary>
    public TimeSpan NextWordAfter { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How many further delay notices are sent before a person has to write. Default: 4.</summary>
    public int FurtherNotices { get; init; } = 4;

    /// <summary>When customers are left in peace.</summary>
    public QuietHours QuietHours { get; init; } = new();

    /// <summary>How the shop answers: promises, teams, agents.</summary>
    public Tickets.TicketRules Tickets { get; init; } = new();

    /// <summary>How many messages one customer gets in 24 hours across all orders; at least 1. Default: 10.</summary>
    public int MaxPerCustomerAndDay { get; init; } = 10;

    /// <summary>How many of the shop's first messages are held for a person to approve. Default: 0.</summary>
    public int HoldFirst { get; init; }

    /// <summary>
    /// The number of delay notices a day (UTC) that is never called a storm. Above it, more than five times the average of
    /// the last 28 days pauses the shop. Default: 100.
    /// </summary>
    public int StormFloor { get; init; } = 100;
}

/// <summary>How far a shop lets the engine go.</summary>
public enum ShopMode
{
    /// <summary>Orders are recorded; nothing is judged.</summary>
    Off,

    /// <summary>Everything is decided, written and recorded; nothing is sent.</summary>
    Shadow,

    /// <summary>Messages are sent.</summary>
    Live,
}

/// <summary>Who speaks to the customer.</summary>
public sealed record Brand
{
    /// <summary>The name that customers know, or null for the shop's id.</summary>
    public string? Name { get; init; }

    /// <summary>How messages are signed, or null for the name.</summary>
    public string? Signature { get; init; }

    /// <summary>The address that e-mail comes from. Required before e-mail is sent.</summary>
    public string? EmailFrom { get; init; }

    /// <summary>Where a customer reaches a person: an e-mail address, a phone number or a link. Default: <see cref="EmailFrom"/>.</summary>
    public string? Contact { get; init; }

    /// <summary>The main colour as <c>#rrggbb</c>. Text on it and in it is made readable (WCAG 2.2, 1.4.3). Default: a dark blue.</summary>
    public string Color { get; init; } = "#1f4e79";

    /// <summary>
    /// The logo that stands above each message, or null for the name: an https link, or the path of a PNG, JPEG, GIF or WebP file
    /// of at most 256 KB, which is checked at the start and served below <c>Support:PublicAddress</c>.
    /// </summary>
    public string? Logo { get; init; }

    /// <summary>The tone of greetings, apologies and closings. Default: plain.</summary>
    public BrandVoice Voice { get; init; } = BrandVoice.Plain;

    /// <summary>
    /// Words that the shop's templates must not use, in any language, and what to write instead; empty where there is nothing
    /// instead. Compared without case, as whole words. They come besides the trade's own words (SLA, SKU, backorder and the
    /// like); one of these is allowed by naming it as its own replacement. Built-in templates are not rewritten.
    /// </summary>
    public IReadOnlyDictionary<string, string> Glossary { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The link under which customers see, change or cancel their orders, or null when there is none.</summary>
    public Uri? OrdersLink { get; init; }
}

/// <summary>The tone of a brand.</summary>
public enum BrandVoice
{
    /// <summary>Short and friendly: "Hello Ada,", "We are sorry."</summary>
    Plain,

    /// <summary>Close: "Hi Ada,", "We are truly sorry about this.", "Warm regards,".</summary>
    Warm,

    /// <summary>At a distance: "Dear Ada,", "Please accept our apologies.", "Yours sincerely,".</summary>
    Formal,
}

/// <summary>When customers are left in peace, by the clock of the customer.</summary>
public sealed record QuietHours
{
    /// <summary>The beginning, included. Default: 21:00.</summary>
    public TimeOnly From { get; init; } = new(21, 0);

    /// <summary>The end, excluded. Default: 08:00. Equal to the beginning: there are no quiet hours.</summary>
    /// <remarks>The defaults lie inside what US law allows for calls, 8 a.m. to 9 p.m. at the called party's place (47 CFR 64.1200(c)(1)).</remarks>
    public TimeOnly To { get; init; } = new(8, 0);

    /// <summary>The channels that are quiet, or null for <c>sms</c>, <c>phone</c>, <c>push</c> and <c>social</c>. E-mail waits silently in its mailbox.</summary>
    public IReadOnlyList<string>? Channels { get; init; }
}

/// <summary>What a shop promises by shipping method and destination, for orders that come without a promise.</summary>
public sealed record PromisePolicy
{
    /// <summary>The shipping method that it is for, compared without case, or null for every method.</summary>
    public string? ShippingMethod { get; init; }

    /// <summary>The destination country that it is for (ISO 3166-1 alpha-2), or null for every country.</summary>
    public string? DestinationCountry { get; init; }

    /// <summary>Calendar days, after the day of the order or of a later payment, until it is shipped; null to promise no shipping date. 0 to 365.</summary>
    public int? ShipWithinDays { get; init; }

    /// <summary>
    /// Calendar days, after the day of the order or of a later payment, until it arrives at the latest; 0 to 365. Null to promise no arrival,
    /// but for an order that says how long its way takes (<see cref="OrderSnapshot.TransitDays"/>): then that is added to the days until it is shipped.
    /// </summary>
    public int? DeliverWithinDays { get; init; }
}
