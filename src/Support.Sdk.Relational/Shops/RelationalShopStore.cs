using System.Data.Common;
using Support.Sdk.Shops;

namespace Support.Sdk.Relational.Shops;

/// <summary>What is known about shops as tables.</summary>
internal sealed class RelationalShopStore(RelationalDatabase database) : IShopStore
{
    // Today and the 28 days before it.
    private const int DaysKnown = 29;

    private readonly ShopSql _sql = new(database.Dialect);

    public async Task<IReadOnlyList<ShopState>> FindAsync(IReadOnlyList<string> shops, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        if (shops.Count == 0)
        {
            return [];
        }

        var rows = JsonRows.Write(shops.Distinct(StringComparer.Ordinal), (writer, shop) => writer.WriteString("shop", shop));
        var today = StoredTime.Day(now);
        var (states, days) = await database.ReadAsync(
            async session =>
            {
                var states = await session.Command(_sql.Find, ("@rows", rows)).ReadAllAsync(ReadState, cancellationToken);
                var days = await session
                    .Command(_sql.Days, ("@rows", rows), ("@first", today - DaysKnown + 1), ("@last", today))
                    .ReadAllAsync(row => (Shop: row.GetString(0), Day: StoredTime.ReadDay(row.GetInt64(1)), Notices: row.GetInt32(2)), cancellationToken);
                return (states, days);
            },
            cancellationToken
        );

        var found = states.ToDictionary(state => state.Shop, StringComparer.Ordinal);
        var byShop = days.ToLookup(day => day.Shop, StringComparer.Ordinal);
        return
        [
            .. shops.Select(shop =>
                (found.GetValueOrDefault(shop) ?? new ShopState { Shop = shop }) with
                {
                    DelayNoticesByDay = byShop[shop].ToDictionary(day => day.Day, day => day.Notices),
                }
            ),
        ];
    }

    public async Task<bool> PauseAsync(string shop, string? reason, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var changed = await database.WriteAsync(
            session =>
                (
                    reason is null
                        ? session.Command(_sql.Resume, ("@shop", shop))
                        : session.Command(_sql.Pause, ("@shop", shop), ("@at", StoredTime.Down(at)), ("@reason", reason))
                ).ExecuteNonQueryAsync(cancellationToken),
            cancellationToken
        );
        return changed > 0;
    }

    private static ShopState ReadState(DbDataReader row) =>
        new()
        {
            Shop = row.GetString(0),
            PausedAt = row.TimeOrNull(1),
            PausedReason = row.TextOrNull(2),
            Notices = row.GetInt64(3),
            Shipped = row.GetInt64(4),
            Delivered = row.GetInt64(5),
        };
}
