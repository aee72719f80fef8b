using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Polly;
using Support.Sdk.Storefronts;

namespace Support.Sdk.Shopify.Admin;

/// <summary>The access token of each shop: the one that is configured, or one that is fetched anew before each hour ends.</summary>
/// <remarks>
/// <para>
/// A fetched pair is saved before it is used, for two reasons: using it retires the refresh token it came from, and until then that one
/// can be used again, for example after a crash (https://shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens).
/// </para>
/// <para>
/// One caller of one process fetches: a shop has one valid pair, and the pair of whoever fetched at the same time would be worth nothing.
/// Everybody else waits for what is saved.
/// </para>
/// <para>
/// The configured refresh token begins the row. Once a pair is saved, it is used again only when the saved one is refused and it is
/// another one than that which began the row, as after a new installation.
/// </para>
/// </remarks>
internal sealed partial class AdminTokens(AdminClient client, IStateStore states, TimeProvider time, ILogger<AdminTokens> logger)
{
    /// <summary>The name under which the pair is kept.</summary>
    public const string StateName = "shopify/token";

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DefaultLife = TimeSpan.FromHours(1);

    // Three tries of 30 s fit in.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, ShopToken> _shops = new(StringComparer.Ordinal);
    private readonly ResiliencePipeline<AdminResponse> _fetches = AdminRetry.Create<AdminResponse>(
        response => response.Status is null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        time
    );

    /// <summary>The token to send.</summary>
    /// <exception cref="ShopifyException">There is none, and none can be fetched.</exception>
    public async Task<string> GetAsync(string shop, CancellationToken cancellationToken)
    {
        if (client.Shop(shop).AccessToken is { } fixedToken)
        {
            return fixedToken;
        }

        var known = _shops.GetOrAdd(shop, static _ => new ShopToken());
        var old = known.Pair;
        if (old is { AccessToken: { } fresh } && (IsFresh(old) || (old.ExpiresAt > time.GetUtcNow() && known.AskAgainAt > time.GetUtcNow())))
        {
            return fresh;
        }

        try
        {
            return await FetchOnceAsync(shop, known, refused: null).WaitAsync(cancellationToken);
        }
        catch (ShopifyException exception) when (old is { AccessToken: not null } && old.ExpiresAt > time.GetUtcNow())
        {
            known.AskAgainAt = time.GetUtcNow() + AskAgain;
            LogLate(shop, old.ExpiresAt, exception.Message);
            return old.AccessToken;
        }
    }

    /// <summary>Another token, after one was refused.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="refused">The one that was refused.</param>
    /// <param name="reason">How.</param>
    /// <param name="cancellationToken">Stops waiting; who else waits gets the token.</param>
    /// <exception cref="ShopifyException">There is no other.</exception>
    public async Task<string> RenewAsync(string shop, string refused, string reason, CancellationToken cancellationToken)
    {
        if (client.Shop(shop).AccessToken is not null)
        {
            throw new ShopifyException(
                $"The token of shop '{shop}' was refused ({reason}): it was revoked, the app was uninstalled, or it lacks a permission. "
                    + $"Install the app in the shop, and set Support:Shopify:Shops:{shop}:AccessToken to the token it gives."
            )
            {
                IsPaused = true,
            };
        }

        var known = _shops.GetOrAdd(shop, static _ => new ShopToken());
        return known.Pair is { AccessToken: { } other } && IsOther(other, refused) && IsFresh(known.Pair)
            ? other
            : await FetchOnceAsync(shop, known, refused).WaitAsync(cancellationToken);
    }

    private static bool IsOther(string token, string? refused) => !string.Equals(token, refused, StringComparison.Ordinal);

    private bool IsFresh(StoredToken pair) => pair.ExpiresAt - Ahead > time.GetUtcNow();

    // Not the token of whoever came first: others wait for the same.
    private Task<string> FetchOnceAsync(string shop, ShopToken known, string? refused)
    {
        lock (known.Gate)
        {
            if (known.Fetching is null || known.Fetching.IsCompleted)
            {
                known.Fetching = FetchAsync(shop, known, refused);
            }

            return known.Fetching;
        }
    }

    private async Task<string> FetchAsync(string shop, ShopToken known, string? refused)
    {
        while (true)
        {
            var entry = await states.FindAsync(shop, StateName) ?? new StateEntry { Shop = shop, Name = StateName };
            var stored = StoredToken.Read(entry.Value);
            if (stored is { AccessToken: { } saved } && IsOther(saved, refused) && IsFresh(stored))
            {
                known.Pair = stored;
                return saved;
            }

            if (stored.FetchedUntil > time.GetUtcNow())
            {
                await Task.Delay(LookAgain, time);
                continue;
            }

            var taken = stored with { FetchedUntil = time.GetUtcNow() + Lease };
            if (await states.SaveAsync(entry with { Value = taken.Write() }))
            {
                if (await FetchAsync(shop, stored, entry with { Version = entry.Version + 1 }) is { AccessToken: { } fetched } pair)
                {
                    known.Pair = pair;
                    return fetched;
                }
            }
        }
    }

    /// <summary>A new pair that is saved, or null when somebody else saved one meanwhile.</summary>
    private async Task<StoredToken?> FetchAsync(string shop, StoredToken stored, StateEntry entry)
    {
        var configured = client.Shop(shop).RefreshToken;
        var began = StoredToken.Hash(configured);
        StoredToken? pair = null;
        try
        {
            pair = stored.RefreshToken is null ? null : await AskAsync(shop, stored.RefreshToken, stored.Began);
            pair ??=
                configured is null || (stored.RefreshToken is not null && string.Equals(began, stored.Began, StringComparison.Ordinal))
                    ? null
                    : await AskAsync(shop, configured, began);
        }
        finally
        {
            if (pair is null)
            {
                // Whoever comes next need not wait for the lease.
                await states.SaveAsync(entry with { Value = stored.Write() });
            }
        }

        if (pair is null)
        {
            throw new ShopifyException(
                configured is null && stored.RefreshToken is null
                    ? $"Shop '{shop}' has neither AccessToken nor RefreshToken. Set one under Support:Shopify:Shops."
                    : $"The refresh token of shop '{shop}' was refused: the app was uninstalled there, its secret was changed, or 90 days passed. "
                        + $"Install the app in the shop again, and set Support:Shopify:Shops:{shop}:RefreshToken to the token that it gives."
            )
            {
                IsPaused = true,
            };
        }

        if (!await states.SaveAsync(entry with { Value = pair.Write() }))
        {
            LogOvertaken(shop);
            return null;
        }

        LogFetched(shop, pair.ExpiresAt);
        return pair;
    }

    /// <summary>A new pair, or null when the refresh token is refused.</summary>
    private async Task<StoredToken?> AskAsync(string shop, string refreshToken, string? began)
    {
        var body = Body(client.Shop(shop), shop, refreshToken);
        var response = await _fetches.ExecuteAsync(async cancel => await client.TokenAsync(shop, body, cancel), CancellationToken.None);
        if (response.Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return null;
        }

        if (response.Status is not HttpStatusCode.OK || Answer(response) is not { AccessToken.Length: > 0 } answer)
        {
            throw new ShopifyException(
                $"Shop '{shop}' gives no new token: {response.Fault ?? (response.Status is HttpStatusCode.OK ? "the answer holds none" : $"HTTP {(int?)response.Status}")}."
            );
        }

        // An answer without a time must not make a token that lives for ever, nor one without a refresh token end the row.
        var life = answer.ExpiresIn is > 0 ? TimeSpan.FromSeconds(Math.Min(answer.ExpiresIn.Value, TimeSpan.FromDays(1).TotalSeconds)) : DefaultLife;
        return new StoredToken
        {
            AccessToken = answer.AccessToken,
            RefreshToken = answer.RefreshToken ?? refreshToken,
            ExpiresAt = time.GetUtcNow() + life,
            Began = began,
        };
    }

    private static byte[] Body(ShopifyShop settings, string shop, string refreshToken)
    {
        if (settings.ClientId is null || settings.ClientSecrets.Count == 0)
        {
            throw new ShopifyException($"Shop '{shop}' has a RefreshToken, but no ClientId or no ClientSecrets. Set them under Support:Shopify:Shops.");
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("client_id", settings.ClientId);
            writer.WriteString("client_secret", settings.ClientSecrets[0]);
            writer.WriteString("grant_type", "refresh_token");
            writer.WriteString("refresh_token", refreshToken);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static TokenAnswer? Answer(AdminResponse response)
    {
        try
        {
            return JsonSerializer.Deserialize(response.Body.Span, AdminJson.Default.TokenAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Shop {Shop} has a new access token, good until {Until}.")]
    private partial void LogFetched(string shop, DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shop {Shop} has no new access token yet, and the old one ends at {Until}: {Reason}")]
    private partial void LogLate(string shop, DateTimeOffset until, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The tokens of shop {Shop} were fetched twice at once, because the first fetch took long.")]
    private partial void LogOvertaken(string shop);

    private sealed class ShopToken
    {
        public Lock Gate { get; } = new();

        public StoredToken? Pair { get; set; }

        public DateTimeOffset AskAgainAt { get; set; }

        public Task<string>? Fetching { get; set; }
    }
}
