namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>How the plugin is, for the page that says so.</summary>
public sealed class OverviewModel
{
    /// <summary>The lines of the panel, the worst first.</summary>
    public IList<HealthLine> Lines { get; init; } = [];

    /// <summary>The stores.</summary>
    public IList<StoreLine> Stores { get; init; } = [];

    /// <summary>The engine's last warnings, newest first.</summary>
    public IList<JournalLine> Journal { get; init; } = [];

    /// <summary>Whether the engine can be asked.</summary>
    public bool EngineRuns { get; init; }

    /// <summary>Where a test mail goes, or empty.</summary>
    public string TestAddress { get; init; } = "";
}

/// <summary>One line of the health panel.</summary>
/// <param name="Badge">The look of its badge.</param>
/// <param name="State">What the badge says.</param>
/// <param name="Text">What it is, and what to do.</param>
/// <param name="Link">The page where it is mended, or null.</param>
public sealed record HealthLine(string Badge, string State, string Text, string? Link);

/// <summary>One store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Mode">How far the plugin goes there.</param>
/// <param name="Paused">Why it is paused, or null.</param>
/// <param name="Held">How many messages wait for a person.</param>
/// <param name="Failed">How many of the last week did not arrive.</param>
public sealed record StoreLine(int Id, string Name, string Mode, string? Paused, long Held, long Failed);

/// <summary>One warning.</summary>
/// <param name="At">When, in the time of whoever looks.</param>
/// <param name="Badge">The look of its badge.</param>
/// <param name="Text">What.</param>
public sealed record JournalLine(DateTime At, string Badge, string Text);
