namespace Support.Sdk.Relational;

/// <summary>An insert that tells which of its rows were new. Two texts are their key.</summary>
internal sealed class NewRows<T>(SqlDialect dialect, SqlInsert insert, RowShape<T> shape, Func<T, (string First, string Second)> key)
{
    private const int Piece = 16;

    // Who executes row by row learns it from what each one changed: to return anything, SQLite makes two tables every time.
    private readonly string _sql = dialect.Insert(dialect.RowByRow ? insert : insert with { Returning = insert.Key });

    private readonly string _add = dialect.Insert(insert with { Key = null });

    /// <summary>Inserts rows that are new. Where one is not, the database refuses the transaction, with <see cref="SqlDialect.IsDuplicate"/>.</summary>
    public Task AddAsync(SqlSession session, IReadOnlyList<T> items, CancellationToken cancellationToken) =>
        session.LaterAsync(_add, cancellationToken, shape.Of(items));

    /// <summary>Inserts rows.</summary>
    /// <returns>The positions of those that were new; of two that are the same, the first.</returns>
    public async Task<IReadOnlyList<int>> InsertAsync(SqlSession session, IReadOnlyList<T> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return [];
        }

        if (dialect.RowByRow)
        {
            var changed = await EachAsync(session, [.. items.Chunk(Piece)], cancellationToken);
            return [.. changed.Index().Where(row => row.Item > 0).Select(row => row.Index)];
        }

        var left = (await session.QueryAsync(_sql, reader => (reader.GetString(0), reader.GetString(1)), cancellationToken, shape.Of(items))).ToHashSet();
        return left.Count == 0 ? [] : [.. items.Index().Where(item => left.Remove(key(item.Item))).Select(item => item.Index)];
    }

    // While some rows are inserted, the next are written down.
    private async Task<List<int>> EachAsync(SqlSession session, T[][] pieces, CancellationToken cancellationToken)
    {
        var changed = new List<int>();
        var next = Task.FromResult(shape.Of(pieces[0]));
        for (var piece = 1; piece <= pieces.Length; piece++)
        {
            var rows = await next;
            if (piece < pieces.Length)
            {
                var following = pieces[piece];
                next = Task.Run(() => shape.Of(following), CancellationToken.None);
            }

            changed.AddRange(await session.ExecuteEachAsync(_sql, cancellationToken, rows));
        }

        return changed;
    }
}
