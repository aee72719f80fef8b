using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Support.Sdk.Storefronts;

namespace Support.Sdk.Shopify.Admin;

/// <summary>Remembers what was written to a shop, so that a repeat is recognised.</summary>
/// <remarks>
/// Shopify takes no idempotency key for these writes. So each one is recorded before it is made, and recorded as made after it. One that was
/// begun and not finished is in doubt: whoever makes it again looks first whether it is there. There is one entry for each subject, such
/// as an order, and it remembers a bounded number of writes.
/// </remarks>
internal sealed class WriteLedger(IStateStore states, TimeProvider time)
{
    /// <summary>How many writes of a subject are remembered where nothing else is said.</summary>
    public const int Remembered = 200;

    private const int MaxTries = 10;

    // Longer than the slowest write can take; whoever wrote crashed.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>Makes a write, unless it was made.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="subject">What is written to, for example <c>order/123</c>; with <c>shopify/</c> before it at most 200 characters.</param>
    /// <param name="key">What is written: the same for a repeat, and only for that. Only its hash is kept.</param>
    /// <param name="write">
    /// Makes it. Given true when it may be there already, it has to look. It returns false when the shop refused it, so that it may come again;
    /// when it throws, the write is in doubt.
    /// </param>
    /// <param name="cancellationToken">Stops the work; what was made is recorded all the same.</param>
    /// <param name="remembered">How many writes are remembered; 1 where each replaces the one before, so that a value may come back.</param>
    /// <returns>Whether it was called; false when the write was made before.</returns>
    /// <exception cref="ShopifyException">Somebody else makes the same write at this moment.</exception>
    public async Task<bool> RunAsync(
        string shop,
        string subject,
        string key,
        Func<bool, Task<bool>> write,
        CancellationToken cancellationToken,
        int remembered = Remembered
    )
    {
        var hash = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
        var entry = new StateEntry { Shop = shop, Name = $"shopify/{subject}" };
        if (await BeginAsync(entry, hash, remembered, cancellationToken) is not { } inDoubt)
        {
            return false;
        }

        var end = WriteEnd.InDoubt;
        try
        {
            end = await write(inDoubt) ? WriteEnd.Made : WriteEnd.Refused;
        }
        finally
        {
            await ChangeAsync(entry, log => log.End(hash, end, time.GetUtcNow(), remembered), CancellationToken.None);
        }

        return true;
    }

    /// <summary>Whether the write is in doubt; null when it was made.</summary>
    private async Task<bool?> BeginAsync(StateEntry entry, string hash, int remembered, CancellationToken cancellationToken)
    {
        bool? inDoubt = null;
        await ChangeAsync(
            entry,
            log =>
            {
                inDoubt = null;
                if (log.Written.Contains(hash, StringComparer.Ordinal))
                {
                    return null;
                }

                var now = time.GetUtcNow();
                inDoubt = log.Begun.TryGetValue(hash, out var until);
                return until <= now
                    ? log.Begin(hash, now + Lease, remembered)
                    : throw new ShopifyException($"The same write to {entry.Name} of shop '{entry.Shop}' is being made at this moment. Try again later.");
            },
            cancellationToken
        );
        return inDoubt;
    }

    private async Task ChangeAsync(StateEntry entry, Func<WriteLog, WriteLog?> change, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var found = await states.FindAsync(entry.Shop, entry.Name, cancellationToken) ?? entry;
            var log = change(WriteLog.Read(found.Value));
            if (log is null || await states.SaveAsync(found with { Value = log.Write() }, cancellationToken))
            {
                return;
            }
        }

        throw new ShopifyException($"What is written to {entry.Name} of shop '{entry.Shop}' changes too fast to be recorded. Try again later.");
    }
}

/// <summary>How a write ended.</summary>
internal enum WriteEnd
{
    /// <summary>Nobody knows.</summary>
    InDoubt,

    /// <summary>It is there.</summary>
    Made,

    /// <summary>The shop refused it.</summary>
    Refused,
}

/// <summary>What was written to a subject.</summary>
internal sealed record WriteLog
{
    /// <summary>The writes that were made, the oldest first.</summary>
    public IReadOnlyList<string> Written { get; init; } = [];

    /// <summary>The writes that were begun, and until when each is somebody's.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Begun { get; init; } = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

    public static WriteLog Read(string? json)
    {
        var log = (json is null ? null : JsonSerializer.Deserialize(json, AdminJson.Default.WriteLog)) ?? new WriteLog();

        // Generated readers leave out what a new object has.
        return log with
        {
            Written = log.Written ?? [],
            Begun = log.Begun ?? new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal),
        };
    }

    public string Write() => JsonSerializer.Serialize(this, AdminJson.Default.WriteLog);

    public WriteLog Begin(string hash, DateTimeOffset until, int remembered) =>
        this with
        {
            Begun = Latest(Others(hash).Append(KeyValuePair.Create(hash, until)), Math.Max(remembered, 10)),
        };

    public WriteLog End(string hash, WriteEnd end, DateTimeOffset now, int remembered)
    {
        var others = Others(hash);
        return this with
        {
            Begun = Latest(end == WriteEnd.InDoubt ? others.Append(KeyValuePair.Create(hash, now)) : others, Math.Max(remembered, 10)),
            Written = end == WriteEnd.Made ? [.. Written.Append(hash).TakeLast(remembered)] : Written,
        };
    }

    private IEnumerable<KeyValuePair<string, DateTimeOffset>> Others(string hash) =>
        Begun.Where(begun => !string.Equals(begun.Key, hash, StringComparison.Ordinal));

    private static Dictionary<string, DateTimeOffset> Latest(IEnumerable<KeyValuePair<string, DateTimeOffset>> begun, int most) =>
        begun.OrderBy(write => write.Value).TakeLast(most).ToDictionary(StringComparer.Ordinal);
}
