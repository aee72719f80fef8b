using System.Text;

namespace Support.Sdk.Webhooks;

/// <summary>Turns the text of a secret into the key that a sender signs with.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MinText = 32;

    /// <summary>The key, or null when the secret is too short or is no base64.</summary>
    public static byte[]? Key(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return secret.Length >= MinText ? Encoding.UTF8.GetBytes(secret) : null;
        }

        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) && length >= MinBytes ? key[..length] : null;
    }

    public static string Rule { get; } =
        $"Give at least {MinText} characters, or '{Prefix}' and at least {MinBytes} bytes in base64; openssl rand -hex 32 makes one.";
}
