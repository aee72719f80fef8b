using System.Data.Common;
using System.Text.Json;
using Support.Sdk.Intake;

namespace Support.Sdk.Relational.Intake;

/// <summary>The inbox as a table.</summary>
internal sealed class RelationalInboxStore(RelationalDatabase database) : IInboxStore
{
    private readonly InboxSql _sql = new(database.Dialect);

    public async Task<int> AppendAsync(IReadOnlyList<InboxEntry> entries, CancellationToken cancellationToken = default)
    {
        if (entries.Count == 0)
        {
            return 0;
        }

        var rows = JsonRows.Write(entries.Index(), (writer, row) => WriteEntry(writer, row.Index, row.Item));
        return await database.WriteAsync(session => session.Command(_sql.Append, ("@rows", rows)).ExecuteNonQueryAsync(cancellationToken), cancellationToken);
    }

    public async Task<IReadOnlyList<InboxEntry>> ClaimAsync(DateTimeOffset now, int max, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        var claimed = await database.ClaimAsync(
            session =>
                session
                    .Command(_sql.Claim, ("@now", StoredTime.Down(now)), ("@max", max), ("@lease", StoredTime.Length(lease)))
                    .ReadAllAsync(ReadEntry, cancellationToken),
            cancellationToken
        );
        return [.. claimed.OrderBy(entry => entry.Id)];
    }

    public async Task SaveAsync(IReadOnlyList<InboxResult> results, CancellationToken cancellationToken = default)
    {
        if (results.Count == 0)
        {
            return;
        }

        var rows = JsonRows.Write(results, WriteResult);
        await database.WriteAsync(session => session.Command(_sql.Save, ("@rows", rows)).ExecuteNonQueryAsync(cancellationToken), cancellationToken);
    }

    public async Task<IReadOnlyList<InboxEntry>> ParkedAsync(string? shop, int max, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            session => session.Command(_sql.Parked, ("@shop", shop), ("@max", max)).ReadAllAsync(ReadEntry, cancellationToken),
            cancellationToken
        );

    private static void WriteEntry(Utf8JsonWriter writer, int position, InboxEntry entry)
    {
        writer.WriteNumber("position", position);
        writer.WriteString("source", entry.Source);
        writer.WriteString("event_id", entry.EventId);
        writer.WriteString("shop", entry.Shop);
        writer.WriteOptional("order_id", entry.OrderId);
        writer.WriteNumber("received_at", StoredTime.Down(entry.ReceivedAt));
        writer.WriteNumber("attempts", entry.Attempts);
        writer.WriteNumber("state", (int)entry.State);
        writer.WriteOptional("reason", entry.Reason);
        writer.WriteString("body", entry.Body);
    }

    private static void WriteResult(Utf8JsonWriter writer, InboxResult result)
    {
        writer.WriteNumber("id", result.Id);
        writer.WriteNumber("state", (int)result.State);
        writer.WriteOptional("due_at", StoredTime.Up(result.DueAt));
        writer.WriteOptional("reason", result.Reason);
        writer.WriteNumber("reset", result.ResetAttempts ? 1 : 0);
    }

    private static InboxEntry ReadEntry(DbDataReader row) =>
        new()
        {
            Id = row.GetInt64(0),
            Source = row.GetString(1),
            EventId = row.GetString(2),
            Shop = row.GetString(3),
            OrderId = row.TextOrNull(4),
            ReceivedAt = row.Time(5),
            Attempts = row.GetInt32(6),
            State = (InboxState)row.GetInt32(7),
            Reason = row.TextOrNull(8),
            Body = row.GetString(9),
        };
}
