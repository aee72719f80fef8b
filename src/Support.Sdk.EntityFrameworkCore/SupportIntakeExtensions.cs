using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Support.Sdk.EntityFrameworkCore;
using Support.Sdk.Relational;

namespace Support.Sdk;

/// <summary>Hands events over inside a transaction of the application's own.</summary>
public static class SupportIntakeExtensions
{
    /// <summary>Appends the events to the inbox inside the context's transaction: they are accepted when it commits, and never happened when it rolls back.</summary>
    /// <param name="intake">The way in.</param>
    /// <param name="context">A context whose model has <c>UseSupport()</c>, with a transaction: one that was begun on it, or an ambient <c>TransactionScope</c>.</param>
    /// <param name="events">What happened. All are accepted, or none.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <returns>How many of the events were new; the others had been accepted before, which is harmless.</returns>
    /// <remarks>
    /// The events are written at once, by one statement and not through the change tracker; the engine finds them within a second of the commit.
    /// Where the connection retries (<c>EnableRetryOnFailure</c>), EF Core wants the transaction inside its execution strategy, as always.
    /// </remarks>
    /// <exception cref="ArgumentException">An event cannot be kept: a missing or overlong id, or a promise that makes no sense.</exception>
    /// <exception cref="InvalidOperationException">The context has no transaction, or is one of a database that is not supported.</exception>
    /// <exception cref="System.Data.Common.DbException">The database refused. The transaction cannot be committed any more.</exception>
    public static async Task<int> AcceptAsync(
        this ISupportIntake intake,
        DbContext context,
        IReadOnlyList<SupportEvent> events,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(intake);
        ArgumentNullException.ThrowIfNull(context);
        var dialect = EfDialects.Of(context);
        var transaction = context.Database.CurrentTransaction;
        if (transaction is null && Transaction.Current is null && context.Database.GetEnlistedTransaction() is null)
        {
            throw new InvalidOperationException(
                "The context has no transaction for the events to be part of. Begin one with context.Database.BeginTransactionAsync(), save the context, and commit; or call AcceptAsync without the context."
            );
        }

        var entries = await intake.CheckAsync(events, cancellationToken);
        if (entries.Count == 0)
        {
            return 0;
        }

        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var session = new SqlSession(context.Database.GetDbConnection(), dialect, transaction?.GetDbTransaction(), ownsConnection: false);
            var added = await InboxAppend.Of(dialect).RunAsync(session, entries, cancellationToken);
            return added.Count;
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }
}
