using System.Data.Common;

namespace Support.Sdk.Relational;

/// <summary>Claims due rows of a table, taking the shops in turn: what it costs depends on what is due, not on what exists.</summary>
/// <param name="dialect">The database.</param>
/// <param name="table">The table, with the columns <c>id</c> and <c>shop</c>.</param>
/// <param name="clock">The column that says when a row is due.</param>
/// <param name="columns">What to read of a claimed row.</param>
/// <param name="isLeased">True to hide what is claimed by the column <c>lease_until</c>; false to move the clock itself to the end of the lease.</param>
internal sealed class DueClaims(SqlDialect dialect, string table, string clock, string columns, bool isLeased = true)
{
    private readonly string _shops = $"""
        {dialect.With} {dialect.Distinct("shops", table, "shop", $"{clock} IS NOT NULL")}
        SELECT name FROM shops
        WHERE name IS NOT NULL AND EXISTS (SELECT 1 FROM {table} o WHERE o.shop = shops.name AND o.{clock} <= @now)
        """;

    private readonly string _claim = dialect.Update(
        new SqlUpdate(table, "id")
        {
            Set = [isLeased ? ("lease_until", $"{dialect.Now} + @lease") : (clock, "@now + @lease")],
            Pick = new SqlPick($"shop = @shop AND {clock} <= @now{(isLeased ? $" AND lease_until <= {dialect.Now}" : "")}", clock),
            Returning = columns,
        }
    );

    private int _turn;

    /// <summary>Asks without writing, because mostly nothing is due.</summary>
    public async Task<bool> AnyAsync(SqlSession session, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await ShopsAsync(session, now, cancellationToken)).Count > 0;

    public async Task<List<T>> ClaimAsync<T>(SqlSession session, DueClaim claim, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var shops = await ShopsAsync(session, claim.Now, cancellationToken);
        var claimed = new List<T>();
        var first = shops.Count == 0 ? 0 : (int)((uint)Interlocked.Increment(ref _turn) % (uint)shops.Count);
        var turns = new Queue<string>(shops.Skip(first).Concat(shops.Take(first)));
        while (turns.TryPeek(out _) && claimed.Count < claim.Max)
        {
            // Every shop gets its share; what some do not use is shared anew among those that could use more.
            var quota = (claim.Max - claimed.Count + turns.Count - 1) / turns.Count;
            for (var left = turns.Count; left > 0 && claimed.Count < claim.Max; left--)
            {
                var shop = turns.Dequeue();
                var max = Math.Min(quota, claim.Max - claimed.Count);
                var rows = await ClaimAsync(session, claim, shop, max, read, cancellationToken);
                claimed.AddRange(rows);
                if (rows.Count == max)
                {
                    turns.Enqueue(shop);
                }
            }
        }

        return claimed;
    }

    private Task<List<T>> ClaimAsync<T>(
        SqlSession session,
        DueClaim claim,
        string shop,
        int max,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    ) =>
        session.QueryAsync(
            _claim,
            read,
            cancellationToken,
            ("@shop", shop),
            ("@now", Micros.Down(claim.Now)),
            ("@max", max),
            ("@lease", Micros.Length(claim.Lease))
        );

    private Task<List<string>> ShopsAsync(SqlSession session, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.QueryAsync(_shops, reader => reader.GetString(0), cancellationToken, ("@now", Micros.Down(now)));
}

/// <summary>What to claim: what is due at a moment, at most so much, for so long.</summary>
internal sealed record DueClaim(DateTimeOffset Now, int Max, TimeSpan Lease);
