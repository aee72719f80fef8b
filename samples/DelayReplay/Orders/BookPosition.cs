namespace DelayReplay.Orders;

/// <summary>Keeps how far the replay has come, so that a killed run goes on where it was.</summary>
internal static class BookPosition
{
    private const string Write = """
        INSERT INTO position (id, at, step, elapsed_ms) VALUES (1, @at, @step, @elapsed)
        ON CONFLICT (id) DO UPDATE SET at = excluded.at, step = excluded.step, elapsed_ms = excluded.elapsed_ms
        """;

    /// <summary>Notes a position before anything is done at it: what is done twice is done once.</summary>
    public static Task WriteAsync(this OrderBook book, Position position, TimeSpan elapsed, CancellationToken cancellationToken) =>
        book.ExecuteAsync(
            Write,
            cancellationToken,
            ("@at", position.At.ToMicros()),
            ("@step", (long)position.Step),
            ("@elapsed", (long)elapsed.TotalMilliseconds)
        );

    /// <summary>The position, and how long the runs so far have taken; null before the first step.</summary>
    public static async Task<(Position Position, TimeSpan Elapsed)?> PositionAsync(this OrderBook book, CancellationToken cancellationToken)
    {
        var rows = await book.QueryAsync(
            "SELECT at, step, elapsed_ms FROM position",
            reader => (new Position(BookRows.Time(reader, 0), (Step)reader.GetInt64(1)), TimeSpan.FromMilliseconds(reader.GetInt64(2))),
            cancellationToken
        );
        return rows.Count == 0 ? null : rows[0];
    }
}
