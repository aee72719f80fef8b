using Support.Sdk.Links;

namespace Support.Sdk.AspNetCore.Forms;

/// <summary>What became of a form that was sent.</summary>
internal sealed record FormAnswer
{
    public required FormOutcome Outcome { get; init; }

    /// <summary>What was typed, to be shown again.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public IReadOnlyList<FormFault> Faults { get; init; } = [];

    /// <summary>The stamp to go on with, or null for a new one.</summary>
    public FormStamp? Stamp { get; init; }

    /// <summary>The event that was accepted, or what a robot is made to believe; else null.</summary>
    public string? EventId { get; init; }

    /// <summary>False when the same message had been accepted before.</summary>
    public bool IsNew { get; init; }

    /// <summary>After how long to send it again, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Files were chosen and have to be chosen again.</summary>
    public bool LostFiles { get; init; }
}

/// <summary>How a form that was sent went.</summary>
internal enum FormOutcome
{
    /// <summary>It is in the inbox.</summary>
    Accepted,

    /// <summary>A robot sent it; it is told the same as everybody, and nothing is kept.</summary>
    Robot,

    /// <summary>It was open for too long, or is no form of ours.</summary>
    Stale,

    /// <summary>It arrived in part only.</summary>
    Broken,

    /// <summary>A field is missing or makes no sense.</summary>
    Faulty,

    /// <summary>A text or a file is larger than is kept.</summary>
    TooLarge,

    /// <summary>A guard of the shop's own refused it.</summary>
    Refused,

    /// <summary>The address, or everybody, sent too many.</summary>
    Limited,

    /// <summary>It cannot be kept now.</summary>
    Busy,
}
