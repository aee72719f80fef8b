using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Sdk.Shopify.Admin;

/// <summary>What is kept of a shop's tokens.</summary>
internal sealed record StoredToken
{
    public string? AccessToken { get; init; }

    public string? RefreshToken { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The hash of the configured token with which this row of tokens began.</summary>
    public string? Began { get; init; }

    /// <summary>Until when a process is fetching the next pair; then it is thought to have crashed.</summary>
    public DateTimeOffset? FetchedUntil { get; init; }

    /// <summary>Reads what is kept; what cannot be read is as good as nothing.</summary>
    public static StoredToken Read(string? json)
    {
        try
        {
            return (json is null ? null : JsonSerializer.Deserialize(json, AdminJson.Default.StoredToken)) ?? new StoredToken();
        }
        catch (JsonException)
        {
            return new StoredToken();
        }
    }

    public static string? Hash(string? token) => token is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public string Write() => JsonSerializer.Serialize(this, AdminJson.Default.StoredToken);

    // A record shows its members.
    public override string ToString() => $"a token until {ExpiresAt:O}";
}

/// <summary>What the token address answers.</summary>
internal sealed record TokenAnswer
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }

    [JsonPropertyName("expires_in")]
    public double? ExpiresIn { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    public override string ToString() => "a token answer";
}
