using Microsoft.AspNetCore.Http;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>Which tickets are shown.</summary>
public enum TicketShow
{
    /// <summary>Those that are neither solved nor closed.</summary>
    Open,

    /// <summary>Those of the person who looks.</summary>
    Mine,

    /// <summary>Those that nobody has worked on.</summary>
    New,

    /// <summary>Those where it is the customer's turn.</summary>
    Pending,

    /// <summary>Those where it is a third party's turn.</summary>
    OnHold,

    /// <summary>Solved ones.</summary>
    Solved,

    /// <summary>Closed ones.</summary>
    Closed,

    /// <summary>All.</summary>
    All,
}

/// <summary>A page of the list of tickets.</summary>
public sealed record TicketListModel
{
    /// <summary>The store.</summary>
    public required StoreChoice Store { get; init; }

    /// <summary>Which are shown.</summary>
    public required TicketShow Show { get; init; }

    /// <summary>How they are ordered.</summary>
    public required TicketOrder Sort { get; init; }

    /// <summary>The number of the order that they are about, or null for all.</summary>
    public string? Order { get; init; }

    /// <summary>The tag that they have, or null for all.</summary>
    public string? Tag { get; init; }

    /// <summary>The tickets.</summary>
    public IReadOnlyList<TicketRowModel> Rows { get; init; } = [];

    /// <summary>Whether the page is not the first one.</summary>
    public bool IsBehind { get; init; }

    /// <summary>The ticket that the next page begins behind, or null when there is none.</summary>
    public long? After { get; init; }

    /// <summary>When that was due, in ticks of UTC, or null.</summary>
    public long? AfterDue { get; init; }
}

/// <summary>A ticket in a list.</summary>
public record TicketRowModel
{
    /// <summary>Its number.</summary>
    public required long Number { get; init; }

    /// <summary>What it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>How it stands.</summary>
    public required TicketStatus Status { get; init; }

    /// <summary>How urgent it is.</summary>
    public required TicketPriority Priority { get; init; }

    /// <summary>Who asks, or null.</summary>
    public string? Requester { get; init; }

    /// <summary>Who answers, or null.</summary>
    public string? Assignee { get; init; }

    /// <summary>Where it began.</summary>
    public required string Channel { get; init; }

    /// <summary>When it was opened.</summary>
    public required string OpenedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required string ChangedAt { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What is due next, or null.</summary>
    public TicketClockModel? Due { get; init; }
}

/// <summary>A promise about a ticket.</summary>
public sealed record TicketClockModel
{
    /// <summary>What was promised.</summary>
    public required SlaMetric Metric { get; init; }

    /// <summary>How it stands.</summary>
    public required SlaClockState State { get; init; }

    /// <summary>Whether it is late, or was.</summary>
    public required bool IsBroken { get; init; }

    /// <summary>How much time was promised, or null where a moment was.</summary>
    public string? Within { get; init; }

    /// <summary>Since when.</summary>
    public required string StartedAt { get; init; }

    /// <summary>When it is due, or null while it stands still.</summary>
    public string? DueAt { get; init; }

    /// <summary>How much time is left, or how late it is; null where it does not run.</summary>
    public string? Left { get; init; }
}

/// <summary>A ticket as a person works on it.</summary>
public sealed record TicketModel : TicketRowModel
{
    /// <summary>The store.</summary>
    public required StoreChoice Store { get; init; }

    /// <summary>The version that is seen.</summary>
    public required long Version { get; init; }

    /// <summary>What sort of matter it is.</summary>
    public required TicketKind Kind { get; init; }

    /// <summary>Where the requester is reached.</summary>
    public IReadOnlyList<string> Contacts { get; init; } = [];

    /// <summary>The products that it is about.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>The shop's own fields.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The id of who answers; empty for nobody.</summary>
    public string AssigneeId { get; init; } = "";

    /// <summary>Who can answer.</summary>
    public IReadOnlyList<NamedAgent> Agents { get; init; } = [];

    /// <summary>The promises.</summary>
    public IReadOnlyList<TicketClockModel> Clocks { get; init; } = [];

    /// <summary>The latest entries, in their order.</summary>
    public IReadOnlyList<TicketEntryModel> Entries { get; init; } = [];

    /// <summary>Whether there are earlier entries.</summary>
    public bool HasEarlier { get; init; }

    /// <summary>The orders that it is about.</summary>
    public IReadOnlyList<OrderRowModel> Orders { get; init; } = [];

    /// <summary>The ticket that everything goes on in, or null.</summary>
    public long? MergedInto { get; init; }

    /// <summary>When its customer was erased, or null.</summary>
    public string? ErasedAt { get; init; }

    /// <summary>What was written and is not sent yet.</summary>
    public TicketDraftModel Draft { get; init; } = new();
}

/// <summary>What a person was about to do.</summary>
public sealed record TicketDraftModel
{
    /// <summary>Why it was not done, or null.</summary>
    public string? Refusal { get; init; }

    /// <summary>The text to the customer.</summary>
    public string Reply { get; init; } = "";

    /// <summary>How the ticket is to stand afterwards.</summary>
    public TicketStatus Status { get; init; } = TicketStatus.Pending;

    /// <summary>When the next word was promised, as the browser's field has it.</summary>
    public string? NextWordBy { get; init; }

    /// <summary>The text among colleagues.</summary>
    public string Note { get; init; } = "";
}

/// <summary>An entry of a ticket.</summary>
public sealed record TicketEntryModel
{
    /// <summary>What it is.</summary>
    public required TicketEntryKind Kind { get; init; }

    /// <summary>When.</summary>
    public required string At { get; init; }

    /// <summary>Whose it is.</summary>
    public required string By { get; init; }

    /// <summary>What was written, or null.</summary>
    public string? Text { get; init; }

    /// <summary>The message that carries it, or null.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>What became different.</summary>
    public IReadOnlyList<TicketChangedField> Changes { get; init; } = [];

    /// <summary>The files.</summary>
    public IReadOnlyList<TicketFileModel> Files { get; init; } = [];
}

/// <summary>A file.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name that its sender gave it.</param>
/// <param name="Kilobytes">How large it is, rounded up.</param>
public sealed record TicketFileModel(string Id, string Name, long Kilobytes);

/// <summary>A reply as the page sends it.</summary>
public sealed record TicketReplyForm
{
    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>The files that go with it.</summary>
    public IList<IFormFile>? Files { get; init; }

    /// <summary>How the ticket stands afterwards.</summary>
    public TicketStatus Status { get; init; } = TicketStatus.Pending;

    /// <summary>When the next word is promised, by the store's clock, or null.</summary>
    public string? NextWordBy { get; init; }

    /// <summary>The version that was seen.</summary>
    public long Version { get; init; }

    /// <summary>The id under which it is done once.</summary>
    public string? RequestId { get; init; }
}

/// <summary>A note as the page sends it.</summary>
public sealed record TicketNoteForm
{
    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>The version that was seen.</summary>
    public long Version { get; init; }

    /// <summary>The id under which it is done once.</summary>
    public string? RequestId { get; init; }
}

/// <summary>A change as the page sends it.</summary>
public sealed record TicketChangeForm
{
    /// <summary>How it stands, or null to leave it.</summary>
    public TicketStatus? Status { get; init; }

    /// <summary>How urgent it is, or null to leave it.</summary>
    public TicketPriority? Priority { get; init; }

    /// <summary>Who answers; empty for nobody.</summary>
    public string? Assignee { get; init; }

    /// <summary>Its tags, separated by commas.</summary>
    public string? Tags { get; init; }

    /// <summary>The version that was seen.</summary>
    public long Version { get; init; }

    /// <summary>The id under which it is done once.</summary>
    public string? RequestId { get; init; }
}
