using Nop.Core.Configuration;

namespace Nop.Plugin.Misc.SupportSdk.Setup;

/// <summary>What the shop's people set, for all stores or for one. Whatever is edited by hand is checked before it counts (<see cref="StoreShops"/>).</summary>
public sealed class SupportSettings : ISettings
{
    /// <summary>How far it goes. Default: decide and record, send nothing.</summary>
    public SupportMode Mode { get; set; } = SupportMode.DryRun;

    /// <summary>The zone in which days are counted (IANA), or empty for the shop's own.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>The country that parcels are sent from, two letters, or empty.</summary>
    public string Country { get; set; } = "";

    /// <summary>When the shop is open, such as <c>Mon-Fri 09:00-17:00</c>, or empty for just that.</summary>
    public string OpeningHours { get; set; } = "";

    /// <summary>The kinds that are told, separated by commas, or empty for those of trouble.</summary>
    public string Tells { get; set; } = "";

    /// <summary>The promises by shipping method and country, as JSON; see <see cref="PromiseRule"/>.</summary>
    public string Promises { get; set; } = "";

    /// <summary>How many hours before the end of its promise an order may be late, and its customer is warned. Default: 0, which warns nobody; they are told when it is late.</summary>
    public int WarnHours { get; set; }

    /// <summary>The payment methods whose orders are shipped before they are paid, by system name, separated by commas. Other orders promise nothing until they are paid.</summary>
    public string ShipsUnpaid { get; set; } = "Payments.CashOnDelivery,Payments.PurchaseOrder";

    /// <summary>Whether deliveries are recorded in the shop.</summary>
    public Observed RecordsDeliveries { get; set; } = Observed.Learned;

    /// <summary>Whether the carrier's scans of every parcel come through the shop's shipment trackers.</summary>
    public bool RecordsScans { get; set; }

    /// <summary>Where the shop's own people are told, or empty.</summary>
    public string StaffEmail { get; set; } = "";

    /// <summary>How many of the first messages wait for an approval. Default: 20.</summary>
    public int HoldFirst { get; set; } = 20;

    /// <summary>The mail account, or 0 for the shop's default.</summary>
    public int EmailAccountId { get; set; }

    /// <summary>Whether the customer sees in the order's notes what was told.</summary>
    public bool WritesOrderNotes { get; set; } = true;

    /// <summary>Where customers reach a person, or empty for the address of the mail account.</summary>
    public string Contact { get; set; } = "";

    /// <summary>How messages are signed, or empty for the store's name.</summary>
    public string Signature { get; set; } = "";

    /// <summary>Where returned parcels go, in lines, or empty for the store's company address.</summary>
    public string ReturnAddress { get; set; } = "";

    /// <summary>The colour of messages, <c>#rrggbb</c>, or empty.</summary>
    public string Color { get; set; } = "";

    /// <summary>The https link of a logo, or empty for the store's name.</summary>
    public string Logo { get; set; } = "";
}

/// <summary>How far the plugin goes.</summary>
public enum SupportMode
{
    /// <summary>Orders are recorded; nothing is judged.</summary>
    Off = 0,

    /// <summary>Everything is decided and recorded; nothing is sent.</summary>
    DryRun = 10,

    /// <summary>Messages are sent.</summary>
    Live = 20,
}

/// <summary>Whether something can be seen in the shop's orders.</summary>
public enum Observed
{
    /// <summary>It is learned from the orders.</summary>
    Learned = 0,

    /// <summary>Always.</summary>
    Yes = 10,

    /// <summary>Never.</summary>
    No = 20,
}

/// <summary>What is promised for a shipping method and a country.</summary>
public sealed record PromiseRule
{
    /// <summary>The shipping method as orders name it, or empty for every method.</summary>
    public string? Method { get; init; }

    /// <summary>The country it goes to, two letters, or empty for every country.</summary>
    public string? Country { get; init; }

    /// <summary>Days until it is shipped; null to promise none.</summary>
    public int? Ship { get; init; }

    /// <summary>Days until it arrives; null to promise none.</summary>
    public int? Deliver { get; init; }
}
