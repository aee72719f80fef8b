namespace Support.Sdk.Webhooks;

/// <summary>What a webhook made of one request.</summary>
public sealed record WebhookReading
{
    private WebhookReading(WebhookOutcome outcome) => Outcome = outcome;

    /// <summary>What the request is.</summary>
    public WebhookOutcome Outcome { get; }

    /// <summary>The events; empty unless there are any.</summary>
    public IReadOnlyList<SupportEvent> Events { get; private init; } = [];

    /// <summary>The status to answer with, for <see cref="WebhookOutcome.Answer"/>.</summary>
    public int Status { get; private init; }

    /// <summary>The text to answer with, or null for none.</summary>
    public string? Body { get; private init; }

    /// <summary>Why it was refused, without anything from the request, or null.</summary>
    public string? Reason { get; private init; }

    /// <summary>It is genuine, and this is what happened. An empty list is a topic that support does not need.</summary>
    public static WebhookReading Of(IReadOnlyList<SupportEvent> events) => new(WebhookOutcome.Events) { Events = events };

    /// <summary>It is a test of the address; some senders do not sign it. Nothing is kept.</summary>
    public static WebhookReading Ping() => new(WebhookOutcome.Ping);

    /// <summary>It is genuine, and wants an answer of its own, such as a challenge or a compliance request that was dealt with.</summary>
    /// <param name="status">The status, 200 to 599.</param>
    /// <param name="body">Plain text, or null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is no final status.</exception>
    public static WebhookReading Answer(int status, string? body = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return new(WebhookOutcome.Answer) { Status = status, Body = body };
    }

    /// <summary>Nobody knows who sent it: the signature is missing or wrong, or too old. Answered with 401.</summary>
    public static WebhookReading Forged(string reason) => new(WebhookOutcome.Forged) { Reason = reason };

    /// <summary>It is genuine, and makes no sense. Answered with 400.</summary>
    public static WebhookReading Malformed(string reason) => new(WebhookOutcome.Malformed) { Reason = reason };
}

/// <summary>What a request can be.</summary>
public enum WebhookOutcome
{
    /// <summary>Genuine, with events.</summary>
    Events,

    /// <summary>A test of the address.</summary>
    Ping,

    /// <summary>Genuine, with an answer of its own.</summary>
    Answer,

    /// <summary>Not proven to come from the sender.</summary>
    Forged,

    /// <summary>Genuine, and not understood.</summary>
    Malformed,
}
