namespace Support.Sdk.Webhooks;

/// <summary>The settings of one signed webhook, bound from <c>Support:Webhooks:NAME</c>.</summary>
public sealed class SignedWebhookOptions
{
    /// <summary>The secrets that a sender may sign with, 1 to 10: several while one is replaced by another.</summary>
    /// <remarks>
    /// A text of at least 32 characters, which is used as it is; or <c>whsec_</c> and at least 24 bytes in base64, as Standard Webhooks
    /// writes them. Make one with <c>openssl rand -hex 32</c>.
    /// </remarks>
    public IList<string> Secrets { get; } = [];

    /// <summary>The shops that the sender may write to. May be left empty while only one shop is set up.</summary>
    /// <remarks>With one shop, events may leave their shop out. An event of any other shop is refused.</remarks>
    public IList<string> Shops { get; } = [];

    /// <summary>The longest body in bytes; 1 to 262,144. Default: 262,144.</summary>
    public int MaxBody { get; set; } = 256 * 1024;

    /// <summary>How far the sender's time may lie from this server's, both ends included; 1 second to 1 hour. Default: 5 minutes.</summary>
    /// <remarks>Within it, a repetition is recognised by its id and changes nothing.</remarks>
    public TimeSpan ReplayWindow { get; set; } = TimeSpan.FromMinutes(5);
}
