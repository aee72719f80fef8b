using Nop.Plugin.Misc.SupportSdk.Setup;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Everything that says whether the plugin can work, as read at one moment.</summary>
internal sealed record HealthFacts
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The plugin's own schedule task, or null when there is none.</summary>
    public TaskFacts? Task { get; init; }

    /// <summary>The shop's task that sends queued mail, or null when there is none.</summary>
    public TaskFacts? MailTask { get; init; }

    /// <summary>The address under which the admin sees the shop right now.</summary>
    public required string Address { get; init; }

    public bool EngineRuns { get; init; }

    /// <summary>What keeps the engine, or a store, from working.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    public IReadOnlyList<StoreFacts> Stores { get; init; } = [];
}

/// <summary>A schedule task of the shop, and how often it is meant to run.</summary>
internal sealed record TaskFacts(bool IsEnabled, DateTimeOffset? Started, DateTimeOffset? Succeeded, TimeSpan Every = default);

/// <summary>A store and its figures.</summary>
internal sealed record StoreFacts
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public string Url { get; init; } = "";

    public SupportMode Mode { get; init; }

    /// <summary>The address of the mail account, or null when there is none.</summary>
    public string? Account { get; init; }

    /// <summary>How many mails the account sends in one turn of the shop's task.</summary>
    public int AccountLimit { get; init; }

    /// <summary>Why nothing is sent, or null while messages flow.</summary>
    public string? Paused { get; init; }

    public Observed RecordsDeliveries { get; init; }

    public long Shipped { get; init; }

    public long Delivered { get; init; }

    /// <summary>How many promises are set.</summary>
    public int Promises { get; init; }

    /// <summary>How many messages wait for a person.</summary>
    public long Held { get; init; }

    /// <summary>How many messages of the last week did not arrive.</summary>
    public long Failed { get; init; }

    /// <summary>Whether orders are judged by their arrival.</summary>
    public bool JudgesArrival => Arrivals.AreRecorded(RecordsDeliveries, Shipped, Delivered);
}

/// <summary>How good something is.</summary>
internal enum HealthLevel
{
    Good,
    Note,
    Bad,
}

/// <summary>One line of the health panel.</summary>
/// <param name="Level">How good.</param>
/// <param name="Key">The words that say what it is and what to do.</param>
/// <param name="Link">The page of the admin where it is mended, or null.</param>
/// <param name="Values">What stands in the words.</param>
internal sealed record HealthFinding(HealthLevel Level, string Key, string? Link, params object[] Values);
