using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

/// <summary>Leaves of tickets what shall stay of them, and of their entries that they were.</summary>
internal sealed class TicketErasure(SqlDialect dialect, ContentSql contents)
{
    private readonly TicketSave _save = new(dialect);
    private readonly TicketEntries _entries = new(dialect);

    /// <returns>The tickets that somebody saved since, and the files to remove after the commit.</returns>
    public async Task<(IReadOnlyList<TicketKey> Lost, IReadOnlyList<ContentKey> Files)> EraseAsync(
        SqlSession session,
        IReadOnlyList<Ticket> tickets,
        CancellationToken cancellationToken
    )
    {
        if (tickets.Count == 0)
        {
            return ([], []);
        }

        var lost = await _save.SaveAsync(session, [.. tickets.Select(ticket => new TicketChange { Ticket = ticket })], cancellationToken);
        var erased = tickets.Select(ticket => ticket.Key).Except(lost).ToList();
        if (erased.Count == 0)
        {
            return (lost, []);
        }

        await _entries.BlankAsync(session, erased, cancellationToken);
        return (lost, await contents.DropAsync(session, erased, cancellationToken));
    }

    public Task RemoveAsync(IReadOnlyList<ContentKey> files, CancellationToken cancellationToken) => contents.RemoveAsync(files, cancellationToken);
}
