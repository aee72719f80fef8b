namespace Support.Sdk.Webhooks;

/// <summary>Takes what webhooks receive, for hosts that do not use <c>MapSupportWebhooks()</c>: a plugin's controller, a serverless function.</summary>
public interface IWebhookReceiver
{
    /// <summary>Finds what a webhook takes, or null when there is none of that name.</summary>
    /// <remarks>The host refuses longer bodies and other content types itself, before it reads them.</remarks>
    WebhookTraits? Find(string name);

    /// <summary>Verifies, translates and keeps one request. When it answers 2xx, the events survive a crash.</summary>
    /// <returns>What to answer; trouble is an answer as well, 503 when the events cannot be kept now.</returns>
    Task<WebhookAnswer> ReceiveAsync(string name, WebhookRequest request, CancellationToken cancellationToken = default);
}

/// <summary>What to answer a sender.</summary>
public sealed record WebhookAnswer
{
    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The body, or null for none.</summary>
    public string? Body { get; init; }

    /// <summary>The type of <see cref="Body"/>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>When to try again, for 503, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
