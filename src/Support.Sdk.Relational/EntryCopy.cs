using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

/// <summary>Copies rows of a ticket's entries to another ticket, inside the database: a hundred thousand messages need not travel.</summary>
/// <param name="dialect">The database.</param>
/// <param name="statement">Writes the statement, which takes rows <c>@from … @through</c> of <c>@shop</c> to <c>@to</c> with <c>@offset</c>, with a further condition on the rows.</param>
/// <param name="number">The column that holds the number of the entry.</param>
internal sealed class EntryCopy(SqlDialect dialect, Func<string, string> statement, string number)
{
    private readonly string _all = statement("");

    private readonly string _some = statement($" AND {number} IN (SELECT value FROM {dialect.Rows(RowShape.Numbers)} AS v)");

    public async Task RunAsync(SqlSession session, TicketKey to, TicketCopy copy, CancellationToken cancellationToken)
    {
        (string, object?)[] parameters = [("@shop", to.Shop), ("@to", to.Number), ("@from", copy.From), ("@through", copy.Through), ("@offset", copy.Offset)];
        if (copy.Entries is null)
        {
            await session.LaterAsync(_all, cancellationToken, parameters);
        }
        else if (copy.Entries.Count > 0)
        {
            await session.LaterAsync(_some, cancellationToken, [.. parameters, RowShape.Numbers.Of([.. copy.Entries.Distinct()])]);
        }
    }
}
