namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>What would have been sent, and what was decided without sending.</summary>
public sealed class DryRunModel
{
    /// <summary>The name of the store.</summary>
    public string Store { get; init; } = "";

    /// <summary>What was read and how far, in sentences.</summary>
    public IList<string> Remarks { get; } = [];

    /// <summary>How many messages of each kind.</summary>
    public IList<KindCount> Kinds { get; } = [];

    /// <summary>The messages that would have been sent, newest first.</summary>
    public IList<DryRunRow> Rows { get; } = [];

    /// <summary>The messages that were decided in the dry run and not sent, newest first.</summary>
    public IList<DryRunRow> Decided { get; } = [];
}

/// <summary>One message.</summary>
/// <param name="OrderId">The order, or 0 when it is about none.</param>
/// <param name="Number">Its number as customers know it.</param>
/// <param name="At">When, in the time of whoever looks.</param>
/// <param name="Kind">What kind of message.</param>
/// <param name="Reason">Why.</param>
public sealed record DryRunRow(int OrderId, string Number, DateTime At, string Kind, string Reason);
