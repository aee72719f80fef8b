using Support.Sdk.Deliveries;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>Which messages are shown.</summary>
public enum MessageShow
{
    /// <summary>All.</summary>
    All,

    /// <summary>Those that wait for a person.</summary>
    Held,

    /// <summary>Those that are to be sent.</summary>
    Waiting,

    /// <summary>Those that were told.</summary>
    Told,

    /// <summary>Those that did not reach anybody.</summary>
    Trouble,

    /// <summary>Those that were deliberately not sent.</summary>
    Unsent,
}

/// <summary>A page of the log of messages.</summary>
public sealed record MessageListModel
{
    /// <summary>The store.</summary>
    public required StoreChoice Store { get; init; }

    /// <summary>Which are shown.</summary>
    public required MessageShow Show { get; init; }

    /// <summary>The number of the order that they are about, or null for all.</summary>
    public string? Order { get; init; }

    /// <summary>Where the page begins, or null at the beginning.</summary>
    public string? After { get; init; }

    /// <summary>The messages, the newest first.</summary>
    public IReadOnlyList<MessageRowModel> Rows { get; init; } = [];

    /// <summary>Where the next page begins, or null when there is none.</summary>
    public string? Next { get; init; }

    /// <summary>How many wait for an approval; 1,000 where there are as many or more.</summary>
    public int Held { get; init; }
}

/// <summary>A message in the log, or above its own page.</summary>
public record MessageRowModel
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>When it was decided.</summary>
    public required string DecidedAt { get; init; }

    /// <summary>Its subject.</summary>
    public required string Subject { get; init; }

    /// <summary>What it is about.</summary>
    public required string Occasion { get; init; }

    /// <summary>Where it goes.</summary>
    public required string To { get; init; }

    /// <summary>The order, or null.</summary>
    public string? Order { get; init; }

    /// <summary>The ticket, or null.</summary>
    public long? Ticket { get; init; }

    /// <summary>How it stands.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>Why, and who did it.</summary>
    public string? Reason { get; init; }
}

/// <summary>A message as it was written.</summary>
public sealed record MessageModel : MessageRowModel
{
    /// <summary>The store.</summary>
    public required StoreChoice Store { get; init; }

    /// <summary>The name that it is addressed to.</summary>
    public string? ToName { get; init; }

    /// <summary>Who sends it.</summary>
    public string? From { get; init; }

    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The language of the text.</summary>
    public required string Culture { get; init; }

    /// <summary>The text part.</summary>
    public required string Text { get; init; }

    /// <summary>The HTML part, or null. A page shows it only where nothing of it can run.</summary>
    public string? Html { get; init; }

    /// <summary>Whether address and text were erased.</summary>
    public bool IsErased { get; init; }

    /// <summary>How many attempts were begun.</summary>
    public int Attempts { get; init; }

    /// <summary>When its state last changed.</summary>
    public required string ChangedAt { get; init; }

    /// <summary>When it is tried, or null where it is not to be.</summary>
    public string? DueAt { get; init; }

    /// <summary>From when on it is not worth sending, or null.</summary>
    public string? SendBefore { get; init; }

    /// <summary>The mail's number in the shop's queue, or null.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Whether it can be released.</summary>
    public bool CanRelease => State == DeliveryState.Held;

    /// <summary>Whether it can be discarded.</summary>
    public bool CanDiscard => State is DeliveryState.Held or DeliveryState.Pending or DeliveryState.Retry or DeliveryState.InDoubt;

    /// <summary>Whether it can be sent again.</summary>
    public bool CanResend =>
        Order is not null && !IsErased && State is not (DeliveryState.Held or DeliveryState.Pending or DeliveryState.Retry or DeliveryState.Sending);
}
