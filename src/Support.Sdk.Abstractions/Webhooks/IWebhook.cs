namespace Support.Sdk.Webhooks;

/// <summary>Reads what one kind of sender posts: proves who sent it, then translates it into events.</summary>
/// <remarks>
/// A webhook verifies the exact bytes, in constant time, before it looks into them, and answers with a value whatever they are. It
/// keeps no state between calls, because it is called from several threads at once, and writes nothing: the engine keeps the
/// events. Prove one with <c>WebhookConformance</c> of Support.Sdk.Testing.
/// </remarks>
public interface IWebhook
{
    /// <summary>The last segment of the address that senders post to: 1 to 50 of a-z, 0-9 and '-', beginning with a letter.</summary>
    string Name { get; }

    /// <summary>What is refused before the webhook is asked.</summary>
    WebhookTraits Traits { get; }

    /// <summary>Verifies and translates one request.</summary>
    /// <returns>What the request is. Nothing in a reason is repeated from the request: it is logged, and answered to the sender.</returns>
    ValueTask<WebhookReading> ReadAsync(WebhookRequest request, CancellationToken cancellationToken = default);
}

/// <summary>What a webhook takes at all.</summary>
public sealed record WebhookTraits
{
    /// <summary>The longest body in bytes; 1 to 16,777,216. What is longer is answered with 413. Default: 262,144.</summary>
    public int MaxBody { get; init; } = 256 * 1024;

    /// <summary>The content types that are taken, without parameters; others are answered with 415. Default: <c>application/json</c>.</summary>
    /// <remarks>A charset, where one is named, must be UTF-8.</remarks>
    public IReadOnlyList<string> ContentTypes { get; init; } = ["application/json"];
}
