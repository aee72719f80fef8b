using Support.Sdk.Shops;

namespace Support.Sdk.Relational;

internal sealed class ShopStore(Database database) : IShopStore
{
    private const int Days = 28;

    private const string Pause = "UPDATE support_shops SET paused_at = @at, paused_reason = @reason WHERE shop = @shop AND paused_at IS NULL";

    private const string Resume = "UPDATE support_shops SET paused_at = NULL, paused_reason = NULL WHERE shop = @shop AND paused_at IS NOT NULL";

    private readonly string _pauseNew = database.Dialect.Insert(
        new SqlInsert("support_shops", "shop, paused_at, paused_reason")
        {
            From = "(SELECT @shop AS shop, @at AS paused_at, @reason AS paused_reason) AS r",
            Key = "shop",
            Returning = "shop",
        }
    );

    private readonly string _states = $"""
        SELECT v.value, s.paused_at, s.paused_reason,
            COALESCE((SELECT CAST(SUM(f.notices) AS {database.Dialect.Long}) FROM support_shop_figures f WHERE f.shop = v.value), 0),
            COALESCE((SELECT CAST(SUM(f.shipped) AS {database.Dialect.Long}) FROM support_shop_figures f WHERE f.shop = v.value), 0),
            COALESCE((SELECT CAST(SUM(f.delivered) AS {database.Dialect.Long}) FROM support_shop_figures f WHERE f.shop = v.value), 0)
        FROM {database.Dialect.Rows(RowShape.Texts)} AS v LEFT JOIN support_shops s ON s.shop = v.value
        """;

    private readonly string _days = $"""
        SELECT d.shop, d.day, CAST(SUM(d.notices) AS {database.Dialect.Long})
        FROM {database.Dialect.Rows(RowShape.Texts)} AS v JOIN support_notice_days d ON d.shop = v.value AND d.day >= @from
        GROUP BY d.shop, d.day
        """;

    public async Task<IReadOnlyList<ShopState>> FindAsync(IReadOnlyList<string> shops, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var names = RowShape.Texts.Of([.. shops.Distinct(StringComparer.Ordinal)]);
        var from = DateOnly.FromDateTime(now.UtcDateTime).DayNumber - Days;
        var found = await database.ReadAsync(
            async session =>
            {
                var days = await session.QueryAsync(
                    _days,
                    reader => (Shop: reader.GetString(0), Day: DateOnly.FromDayNumber(reader.GetInt32(1)), Notices: reader.GetInt32(2)),
                    cancellationToken,
                    names,
                    ("@from", from)
                );
                var byShop = days.ToLookup(day => day.Shop, StringComparer.Ordinal);
                return await session.QueryAsync(
                    _states,
                    reader => new ShopState
                    {
                        Shop = reader.GetString(0),
                        PausedAt = reader.MaybeTime(1),
                        PausedReason = reader.Text(2),
                        Notices = reader.GetInt64(3),
                        Shipped = reader.GetInt64(4),
                        Delivered = reader.GetInt64(5),
                        DelayNoticesByDay = byShop[reader.GetString(0)].ToDictionary(day => day.Day, day => day.Notices),
                    },
                    cancellationToken,
                    names
                );
            },
            cancellationToken
        );
        var states = found.ToDictionary(state => state.Shop, StringComparer.Ordinal);
        return [.. shops.Select(shop => states.GetValueOrDefault(shop) ?? new ShopState { Shop = shop })];
    }

    public Task<bool> PauseAsync(string shop, string? reason, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        database.WriteAsync(
            async session =>
            {
                if (reason is null)
                {
                    return await session.ExecuteAsync(Resume, cancellationToken, ("@shop", shop)) > 0;
                }

                (string, object?)[] pause = [("@shop", shop), ("@at", Micros.Down(at)), ("@reason", reason)];
                return await session.ExecuteAsync(Pause, cancellationToken, pause) > 0
                    || (await session.QueryAsync(_pauseNew, _ => true, cancellationToken, pause)).Count > 0;
            },
            cancellationToken
        );
}
