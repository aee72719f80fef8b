using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>The promises as a form shows them, with what the past says about them.</summary>
public sealed class PromisesModel
{
    /// <summary>The chosen store, or 0 for all.</summary>
    public int StoreScope { get; set; }

    /// <summary>The promises.</summary>
    public IList<PromiseRow> Rows { get; set; } = [];

    /// <summary>How many hours before the end of its promise the customer of an order is warned; 0 for not before.</summary>
    public int WarnHours { get; set; }

    /// <summary>What each warning would have meant.</summary>
    [BindNever]
    public IList<WarningLead> Warnings { get; } = [];

    /// <summary>The warning that the past proposes, and why, in a sentence; empty when it proposes none.</summary>
    [BindNever]
    public string WarningProposal { get; set; } = "";

    /// <summary>Whether the chosen store has promises of its own, which it can give up for those of all stores.</summary>
    [BindNever]
    public bool AreOwn { get; set; }

    /// <summary>What the past proposes.</summary>
    [BindNever]
    public IList<PromiseRow> Proposals { get; } = [];

    /// <summary>What was read and what it cannot say, in sentences.</summary>
    [BindNever]
    public IList<string> Remarks { get; } = [];

    /// <summary>How many messages of each kind the promises would have caused.</summary>
    [BindNever]
    public IList<KindCount> Notices { get; } = [];

    /// <summary>Whether the rows are proposals that nobody has saved.</summary>
    public bool AreProposed { get; set; }

    /// <summary>Whether arrivals can be promised.</summary>
    public bool PromisesArrival { get; set; }
}

/// <summary>One promise.</summary>
public sealed class PromiseRow
{
    /// <summary>The shipping method, or empty for every one.</summary>
    public string? Method { get; set; }

    /// <summary>The country, or empty for every one.</summary>
    public string? Country { get; set; }

    /// <summary>Days until it is shipped.</summary>
    public int? Ship { get; set; }

    /// <summary>Days until it arrives.</summary>
    public int? Deliver { get; set; }

    /// <summary>Whether it is taken out.</summary>
    public bool Remove { get; set; }

    /// <summary>How many past orders it would have been for.</summary>
    public int Orders { get; set; }

    /// <summary>How many of them were shipped later.</summary>
    public int ShippedLate { get; set; }

    /// <summary>How many of them arrived later.</summary>
    public int ArrivedLate { get; set; }
}

/// <summary>How many messages of a kind.</summary>
/// <param name="Kind">What it is called.</param>
/// <param name="Count">How many.</param>
public sealed record KindCount(string Kind, long Count);
