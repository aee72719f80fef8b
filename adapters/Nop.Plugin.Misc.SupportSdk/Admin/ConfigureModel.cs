using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>The settings as a form shows them. A value counts for all stores, or, where its box is ticked, for the chosen one.</summary>
public sealed class ConfigureModel
{
    /// <summary>The chosen store, or 0 for all.</summary>
    public int StoreScope { get; set; }

    /// <summary>How far the plugin goes.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.Mode")]
    public int Mode { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesMode { get; set; }

    /// <summary>The zone of the store's days.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.TimeZone")]
    public string? TimeZone { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesTimeZone { get; set; }

    /// <summary>Where parcels are sent from.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.Country")]
    public string? Country { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesCountry { get; set; }

    /// <summary>When the store is open.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.OpeningHours")]
    public string? OpeningHours { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesOpeningHours { get; set; }

    /// <summary>The kinds that are told.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.Tells")]
    public IList<string> Tells { get; set; } = [];

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesTells { get; set; }

    /// <summary>The payment methods whose orders are shipped unpaid.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.ShipsUnpaid")]
    public string? ShipsUnpaid { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesShipsUnpaid { get; set; }

    /// <summary>Whether deliveries are recorded.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.RecordsDeliveries")]
    public int RecordsDeliveries { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesRecordsDeliveries { get; set; }

    /// <summary>Whether scans are recorded.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.RecordsScans")]
    public bool RecordsScans { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesRecordsScans { get; set; }

    /// <summary>Where the shop's people are told.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.StaffEmail")]
    public string? StaffEmail { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesStaffEmail { get; set; }

    /// <summary>How many messages wait for an approval.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.HoldFirst")]
    public int HoldFirst { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesHoldFirst { get; set; }

    /// <summary>The mail account.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.EmailAccountId")]
    public int EmailAccountId { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesEmailAccountId { get; set; }

    /// <summary>Whether order notes are written.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.WritesOrderNotes")]
    public bool WritesOrderNotes { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesWritesOrderNotes { get; set; }

    /// <summary>Where customers reach a person.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.Contact")]
    public string? Contact { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesContact { get; set; }

    /// <summary>How messages are signed.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.Signature")]
    public string? Signature { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesSignature { get; set; }

    /// <summary>The colour of messages.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.Color")]
    public string? Color { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesColor { get; set; }

    /// <summary>The logo of messages.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.Logo")]
    public string? Logo { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesLogo { get; set; }

    /// <summary>Where returned parcels go, line by line.</summary>
    [NopResourceDisplayName(AdminWords.Prefix + "Admin.Fields.ReturnAddress")]
    public string? ReturnAddress { get; set; }

    /// <summary>Whether the chosen store has its own.</summary>
    public bool OverridesReturnAddress { get; set; }

    /// <summary>The modes to choose from.</summary>
    [BindNever]
    public IList<SelectListItem> Modes { get; } = [];

    /// <summary>The zones to choose from.</summary>
    [BindNever]
    public IList<SelectListItem> TimeZones { get; } = [];

    /// <summary>The countries to choose from.</summary>
    [BindNever]
    public IList<SelectListItem> Countries { get; } = [];

    /// <summary>The answers about deliveries to choose from.</summary>
    [BindNever]
    public IList<SelectListItem> DeliveryAnswers { get; } = [];

    /// <summary>The mail accounts to choose from.</summary>
    [BindNever]
    public IList<SelectListItem> Accounts { get; } = [];

    /// <summary>The kinds to choose from.</summary>
    [BindNever]
    public IList<SelectListItem> Kinds { get; } = [];
}
