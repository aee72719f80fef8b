namespace Support.Sdk.Orders;

/// <summary>The record of one decision about telling a customer something. Never changed, never removed before its order.</summary>
public sealed record Decision
{
    /// <summary>Which order.</summary>
    public required OrderKey Key { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was decided.</summary>
    public required DecisionVerdict Verdict { get; init; }

    /// <summary>What it is about.</summary>
    public required string Occasion { get; init; }

    /// <summary>Why, in a sentence without personal data.</summary>
    public required string Reason { get; init; }

    /// <summary>The end of a wait, or null.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The delivery that it made or touched, or null.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>Who decided: <c>engine</c>, or the name of the operator.</summary>
    public string By { get; init; } = "engine";
}

/// <summary>What can be decided about a message.</summary>
public enum DecisionVerdict
{
    /// <summary>It is sent.</summary>
    Send,

    /// <summary>It is written and kept for a person to release.</summary>
    Hold,

    /// <summary>It is decided again later.</summary>
    Wait,

    /// <summary>The order is read from its source first, then it is decided again.</summary>
    Look,

    /// <summary>It is not sent.</summary>
    Suppress,

    /// <summary>It was waiting to be sent and facts have overtaken it.</summary>
    Supersede,

    /// <summary>It could not be written: a template is broken, or left out a fact that it must carry.</summary>
    Fail,
}
