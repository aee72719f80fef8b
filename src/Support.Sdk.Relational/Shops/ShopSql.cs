using static Support.Sdk.Relational.RowColumn;

namespace Support.Sdk.Relational.Shops;

/// <summary>The texts for shops and their days.</summary>
internal sealed class ShopSql(SqlDialect dialect)
{
    public string Find { get; } =
        $"""
            SELECT s.shop, s.paused_at, s.paused_reason, s.notices, s.shipped, s.delivered
            FROM {dialect.Rows(Text("shop"))} AS r
            CROSS JOIN support_shops AS s
            WHERE s.shop = r.shop
            """;

    public string Days { get; } =
        $"""
            SELECT d.shop, d.day, d.notices
            FROM {dialect.Rows(Text("shop"))} AS r
            CROSS JOIN support_notice_days AS d
            WHERE d.shop = r.shop AND d.day >= @first AND d.day <= @last
            """;

    public string Pause { get; } =
        """
            INSERT INTO support_shops (shop, paused_at, paused_reason) VALUES (@shop, @at, @reason)
            ON CONFLICT (shop) DO UPDATE SET paused_at = excluded.paused_at, paused_reason = excluded.paused_reason
            WHERE support_shops.paused_at IS NULL
            """;

    public string Resume { get; } = "UPDATE support_shops SET paused_at = NULL, paused_reason = NULL WHERE shop = @shop AND paused_at IS NOT NULL";

    public string AddFigures { get; } =
        $"""
            INSERT INTO support_shops (shop, notices, shipped, delivered)
            SELECT r.shop, r.notices, r.shipped, r.delivered
            FROM {dialect.Rows(Text("shop"), Number("notices"), Number("shipped"), Number("delivered"))} AS r
            WHERE true
            ON CONFLICT (shop) DO UPDATE SET
              notices = support_shops.notices + excluded.notices,
              shipped = support_shops.shipped + excluded.shipped,
              delivered = support_shops.delivered + excluded.delivered
            """;

    public string AddNotices { get; } =
        $"""
            INSERT INTO support_notice_days (shop, day, notices)
            SELECT r.shop, r.day, r.notices
            FROM {dialect.Rows(Text("shop"), Number("day"), Number("notices"))} AS r
            WHERE true
            ON CONFLICT (shop, day) DO UPDATE SET notices = support_notice_days.notices + excluded.notices
            """;
}
