using System.Data.Common;

namespace Support.Sdk.Relational;

/// <summary>Lets files go in two steps: dropped inside a transaction, and removed with their bytes after it. What dies in between is found again.</summary>
internal sealed class ContentSql(Database database, ContentFolder? folder)
{
    private static readonly RowShape<ContentKey> Keys = new RowShape<ContentKey>().Text("r_shop", key => key.Shop).Text("r_content", key => key.Id);

    private readonly string _ofTickets = $"""
        SELECT t.shop, t.content_id FROM {database.Dialect.Rows(RowShape.TicketKeys)} AS r
        JOIN support_ticket_contents t ON t.shop = r.r_shop AND t.ticket = r.r_number
        """;

    private readonly string _leave =
        $"DELETE FROM support_ticket_contents WHERE {database.Dialect.Among("shop, ticket", "r_shop, r_number", $"{database.Dialect.Rows(RowShape.TicketKeys)} AS r")}";

    private readonly string _drop = Drop(database.Dialect, "");

    private readonly string _dropUnnamed = Drop(
        database.Dialect,
        " AND NOT EXISTS (SELECT 1 FROM support_ticket_contents t WHERE t.shop = r.r_shop AND t.content_id = r.r_content)"
    );

    private readonly string _dropUnused = database.Dialect.Update(
        new SqlUpdate("support_contents", "id")
        {
            Set = Dropped,
            Pick = new SqlPick("state IN ('New', 'Dropped') AND saved_at <= @until", "saved_at"),
            Returning = "shop, content_id",
        }
    );

    private readonly string _dropOfShop = database.Dialect.Update(
        new SqlUpdate("support_contents", "id")
        {
            Set = Dropped,
            Pick = new SqlPick("shop = @shop", "content_id"),
            Returning = "shop, content_id",
        }
    );

    private readonly IReadOnlyList<string> _remove =
    [
        .. ((string[])["support_ticket_contents", "support_contents"]).Select(table =>
            $"DELETE FROM {table} WHERE {database.Dialect.Among("shop, content_id", "r_shop, r_content", $"{database.Dialect.Rows(Keys)} AS r")}"
        ),
    ];

    private static IReadOnlyList<(string Column, string Value)> Dropped =>
        [("state", "'Dropped'"), ("saved_at", "0"), ("name", "''"), ("content_type", "''"), ("bytes", "NULL")];

    public Task<List<ContentKey>> DropAsync(SqlSession session, IReadOnlyList<ContentKey> keys, CancellationToken cancellationToken) =>
        session.QueryAsync(_drop, Read, cancellationToken, Keys.Of(keys));

    public Task<List<ContentKey>> DropUnusedAsync(SqlSession session, DateTimeOffset until, int max, CancellationToken cancellationToken) =>
        session.QueryAsync(_dropUnused, Read, cancellationToken, ("@until", Micros.Down(until)), ("@max", max));

    public Task<List<ContentKey>> DropAsync(SqlSession session, string shop, int max, CancellationToken cancellationToken) =>
        session.QueryAsync(_dropOfShop, Read, cancellationToken, ("@shop", shop), ("@max", max));

    /// <summary>Drops what only these tickets name.</summary>
    public async Task<List<ContentKey>> DropAsync(SqlSession session, IReadOnlyList<Tickets.TicketKey> tickets, CancellationToken cancellationToken)
    {
        var named = await session.QueryAsync(_ofTickets, Read, cancellationToken, RowShape.TicketKeys.Of(tickets));
        if (named.Count == 0)
        {
            return [];
        }

        await session.LaterAsync(_leave, cancellationToken, RowShape.TicketKeys.Of(tickets));
        return await session.QueryAsync(_dropUnnamed, Read, cancellationToken, Keys.Of([.. named.Distinct()]));
    }

    /// <summary>Removes what was dropped. The file goes first: without it, nobody would know of the row any more.</summary>
    /// <exception cref="IOException">A file cannot be deleted. The others are, and it is tried again with what is unused.</exception>
    public async Task RemoveAsync(IReadOnlyList<ContentKey> dropped, CancellationToken cancellationToken)
    {
        var (gone, fault) = Delete(dropped);
        if (gone.Count > 0)
        {
            await database.WriteAsync(
                async session =>
                {
                    foreach (var remove in _remove)
                    {
                        await session.LaterAsync(remove, cancellationToken, Keys.Of(gone));
                    }

                    return gone.Count;
                },
                cancellationToken
            );
        }

        if (fault is not null)
        {
            throw fault;
        }
    }

    private (List<ContentKey> Gone, IOException? Fault) Delete(IReadOnlyList<ContentKey> dropped)
    {
        var gone = new List<ContentKey>();
        IOException? fault = null;
        foreach (var key in dropped)
        {
            try
            {
                folder?.Delete(key.Id);
                gone.Add(key);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                fault ??= new IOException($"The file of the content '{key.Id}' cannot be deleted.", exception);
            }
        }

        return (gone, fault);
    }

    private static ContentKey Read(DbDataReader reader) => new(reader.GetString(0), reader.GetString(1));

    private static string Drop(SqlDialect dialect, string filter) =>
        dialect.Update(
            new SqlUpdate("support_contents", "id")
            {
                Set = Dropped,
                From = $"{dialect.Rows(Keys)} AS r",
                Where = $"shop = r.r_shop AND content_id = r.r_content{filter}",
                Returning = "shop, content_id",
            }
        );
}

/// <summary>A file's identity.</summary>
internal readonly record struct ContentKey(string Shop, string Id);
