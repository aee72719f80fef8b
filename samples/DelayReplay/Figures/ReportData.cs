using DelayReplay.Orders;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace DelayReplay.Figures;

/// <summary>What the report draws and lists besides the figures.</summary>
internal sealed record ReportData
{
    public required string File { get; init; }

    public required string Zone { get; init; }

    public required long Skipped { get; init; }

    public required IReadOnlyList<double> LeadDays { get; init; }

    /// <summary>Mails a week and kind; a week is named by its Monday.</summary>
    public required IReadOnlyList<(DateOnly Week, string Kind, long Count)> Notices { get; init; }

    /// <summary>First delay mails a week: of orders that became late, and of those that did not.</summary>
    public required IReadOnlyList<(DateOnly Week, bool Late, long Count)> Alarms { get; init; }

    public required IReadOnlyList<MissedOrder> Missed { get; init; }

    public required long MissedCount { get; init; }

    public required IReadOnlyList<MessageDelivery> Samples { get; init; }
}

/// <summary>A late order that was not told in time.</summary>
internal sealed record MissedOrder(string Id, DateTimeOffset PlacedAt, string PromisedBy, DateTimeOffset DeliveredAt, DateTimeOffset? ToldAt);

/// <summary>Reads what the report shows.</summary>
internal static class ReportReader
{
    private const int MaxMissed = 200;
    private const int DaysAWeek = 7;

    // Day 0 of the epoch was a Thursday; three days later the weeks begin on Mondays.
    private const string Week = "(decided_at / 86400000000 + 3) / 7";

    private const string Missed = "FROM done WHERE late AND COALESCE(told >= promise_end, 1)";

    public static async Task<ReportData> ReadAsync(ReplayEngine engine, OrderBook book, CancellationToken cancellationToken) =>
        new()
        {
            File = await book.NoteAsync("file", cancellationToken) ?? "",
            Zone = await book.NoteAsync("zone", cancellationToken) ?? "",
            Skipped = long.Parse(await book.NoteAsync("skipped", cancellationToken) ?? "0", System.Globalization.CultureInfo.InvariantCulture),
            LeadDays = await FiguresReader.LeadsAsync(book, cancellationToken),
            Notices = await book.QueryAsync(
                $"{FiguresReader.Words} SELECT {Week} AS week, kind, COUNT(*) FROM sent GROUP BY week, kind ORDER BY week, kind",
                reader => (Monday(reader.GetInt64(0)), reader.GetString(1), reader.GetInt64(2)),
                cancellationToken
            ),
            Alarms = await book.QueryAsync(
                $"{FiguresReader.Words} SELECT (told / 86400000000 + 3) / 7 AS week, late, COUNT(*) FROM done WHERE told < promise_end GROUP BY week, late ORDER BY week",
                reader => (Monday(reader.GetInt64(0)), reader.GetInt64(1) == 1, reader.GetInt64(2)),
                cancellationToken
            ),
            MissedCount = await book.CountAsync($"{FiguresReader.Words} SELECT COUNT(*) {Missed}", cancellationToken),
            Missed = await book.QueryAsync(
                $"{FiguresReader.Words} SELECT order_id, placed_at, promised_by, delivered_at, told {Missed} ORDER BY promise_end LIMIT {MaxMissed}",
                reader => new MissedOrder(
                    reader.GetString(0),
                    BookRows.Time(reader, 1),
                    reader.GetString(2),
                    BookRows.Time(reader, 3),
                    reader.IsDBNull(4) ? null : BookRows.Time(reader, 4)
                ),
                cancellationToken
            ),
            Samples = await SamplesAsync(engine, book, cancellationToken),
        };

    // One of each kind from the middle of the replay, a further word, and one to a name that a careless program breaks on.
    private static async Task<List<MessageDelivery>> SamplesAsync(ReplayEngine engine, OrderBook book, CancellationToken cancellationToken)
    {
        string[] filters =
        [
            $"kind = '{NoticeKinds.OrderAtRisk}'",
            $"occasion = '{NoticeKinds.OrderDelayed}/2'",
            $"kind = '{NoticeKinds.OrderDelayed}' AND occasion <> '{NoticeKinds.OrderDelayed}/2'",
            $"kind = '{NoticeKinds.OrderShipped}'",
            $"kind = '{NoticeKinds.OrderDelivered}'",
            "n IN (SELECT n FROM orders WHERE name GLOB '*[{<%\"]*')",
        ];
        var samples = new List<MessageDelivery>();
        foreach (var filter in filters)
        {
            var middle =
                $"{FiguresReader.Words}, few AS (SELECT id, ROW_NUMBER() OVER (ORDER BY decided_at, id) AS place, COUNT(*) OVER () AS count FROM sent WHERE {filter})";
            var ids = await book.QueryAsync($"{middle} SELECT id FROM few WHERE place = (count + 1) / 2", reader => reader.GetString(0), cancellationToken);
            foreach (var id in ids.Where(id => !samples.Exists(sample => string.Equals(sample.Message.Id, id, StringComparison.Ordinal))))
            {
                samples.AddRange(await engine.Deliveries.ListAsync(new DeliveryQuery { Id = id }, cancellationToken));
            }
        }

        return samples;
    }

    private static DateOnly Monday(long week) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)((week * DaysAWeek) - 3));
}
