namespace Support.Sdk.Tickets;

/// <summary>The kinds of messages that tickets send; templates are written for them as for <see cref="Orders.NoticeKinds"/>.</summary>
public static class TicketNotices
{
    /// <summary>A customer's word arrived: its number, and when the answer comes.</summary>
    public const string Acknowledged = "ticket-acknowledged";

    /// <summary>An agent's reply.</summary>
    public const string Reply = "ticket-reply";

    /// <summary>Told to the shop's own people: a promise is about to break, or broke.</summary>
    public const string Alert = "ticket-alert";

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<string> All { get; } = [Acknowledged, Reply, Alert];
}
