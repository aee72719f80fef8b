using System.Data.Common;
using Support.Sdk.Contacts;

namespace Support.Sdk.Relational;

internal sealed class ContactStore(Database database) : IContactStore
{
    private const string Columns = "c.shop, c.contact_key, c.version, c.body";

    private const string Consents = """
        SELECT purpose, granted, said_at, source, recorded_by, wording, evidence
        FROM support_consents WHERE shop = @shop AND contact_key = @key ORDER BY id
        """;

    private static readonly RowShape<ContactChange> Changed = new RowShape<ContactChange>()
        .Text("r_shop", change => change.Contact.Shop)
        .Text("r_key", change => change.Contact.Key)
        .Number("r_version", change => change.Contact.Version)
        .Number("r_suppressed", change => Micros.Up(change.Contact.Suppressed?.At))
        .Text("r_body", change => SupportJson.Write(change.Contact));

    private static readonly RowShape<ContactChange> Dropped = new RowShape<ContactChange>()
        .Text("r_shop", change => change.Contact.Shop)
        .Text("r_key", change => change.Contact.Key);

    private static readonly RowShape<(Contact Contact, ConsentRecord Word)> Words = new RowShape<(Contact Contact, ConsentRecord Word)>()
        .Text("shop", row => row.Contact.Shop)
        .Text("contact_key", row => row.Contact.Key)
        .Text("purpose", row => row.Word.Purpose.ToString())
        .Number("granted", row => row.Word.Granted ? 1 : 0)
        .Number("said_at", row => Micros.Down(row.Word.At))
        .Text("source", row => row.Word.Source.ToString())
        .Text("recorded_by", row => row.Word.By)
        .Text("wording", row => row.Word.Wording)
        .Text("evidence", row => row.Word.Evidence);

    private readonly string _find = $"""
        SELECT {Columns} FROM {database.Dialect.Rows(RowShape.Texts)} AS v
        JOIN support_contacts c ON c.shop = @shop AND c.contact_key = v.value
        """;

    private readonly string _suppressed = $"""
        SELECT {Columns} FROM support_contacts c
        WHERE c.shop = @shop AND c.suppressed_at IS NOT NULL
        ORDER BY c.suppressed_at DESC, c.contact_key DESC {database.Dialect.Limit("@max")}
        """;

    private readonly string _suppressedAfter = $"""
        SELECT {Columns} FROM support_contacts c
        WHERE c.shop = @shop AND c.suppressed_at IS NOT NULL AND {database.Dialect.Before(
            "c.suppressed_at",
            "c.contact_key",
            "SELECT a.suppressed_at, a.contact_key FROM support_contacts a WHERE a.shop = @shop AND a.contact_key = @after"
        )}
        ORDER BY c.suppressed_at DESC, c.contact_key DESC {database.Dialect.Limit("@max")}
        """;

    private readonly string _update = database.Dialect.Update(
        new SqlUpdate("support_contacts", "id")
        {
            Set = [("version", "version + 1"), ("suppressed_at", "r.r_suppressed"), ("body", "r.r_body")],
            From = $"{database.Dialect.Rows(Changed)} AS r",
            Where = "shop = r.r_shop AND contact_key = r.r_key AND version = r.r_version",
            Returning = "shop, contact_key",
        }
    );

    private readonly string _insert = database.Dialect.Insert(
        new SqlInsert("support_contacts", "shop, contact_key, version, suppressed_at, body")
        {
            Values = "r_shop, r_key, 1, r_suppressed, r_body",
            From = $"{database.Dialect.Rows(Changed)} AS r",
            Key = "shop, contact_key",
            Returning = "shop, contact_key",
        }
    );

    private readonly string _append = database.Dialect.Insert(
        new SqlInsert("support_consents", "shop, contact_key, purpose, granted, said_at, source, recorded_by, wording, evidence")
        {
            From = $"{database.Dialect.Rows(Words)} AS r",
        }
    );

    private readonly string _drop = database.Dialect.Update(
        new SqlUpdate("support_consents", "id")
        {
            Set = [("recorded_by", "NULL"), ("evidence", "NULL")],
            From = $"{database.Dialect.Rows(Dropped)} AS r",
            Where = "shop = r.r_shop AND contact_key = r.r_key",
        }
    );

    public async Task<IReadOnlyList<Contact>> FindAsync(string shop, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) =>
        keys.Count == 0
            ? []
            : await database.ReadAsync(
                session => session.QueryAsync(_find, Read, cancellationToken, ("@shop", shop), RowShape.Texts.Of([.. keys.Distinct(StringComparer.Ordinal)])),
                cancellationToken
            );

    public Task<IReadOnlyList<string>> SaveAsync(IReadOnlyList<ContactChange> changes, CancellationToken cancellationToken = default) =>
        database.WriteAsync(session => SaveAsync(session, changes, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<ConsentRecord>> ConsentsAsync(string shop, string key, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            session =>
                session.QueryAsync(
                    Consents,
                    reader => new ConsentRecord
                    {
                        Purpose = reader.Name<MessageClass>(0),
                        Granted = reader.GetInt64(1) != 0,
                        At = reader.Time(2),
                        Source = reader.Name<ConsentSource>(3),
                        By = reader.Text(4),
                        Wording = reader.Text(5),
                        Evidence = reader.Text(6),
                    },
                    cancellationToken,
                    ("@shop", shop),
                    ("@key", key)
                ),
            cancellationToken
        );

    public async Task<IReadOnlyList<Contact>> SuppressedAsync(string shop, int max, string? after, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 1000);
        return await database.ReadAsync(
            session =>
                after is null
                    ? session.QueryAsync(_suppressed, Read, cancellationToken, ("@shop", shop), ("@max", max))
                    : session.QueryAsync(_suppressedAfter, Read, cancellationToken, ("@shop", shop), ("@max", max), ("@after", after)),
            cancellationToken
        );
    }

    private async Task<IReadOnlyList<string>> SaveAsync(SqlSession session, IReadOnlyList<ContactChange> changes, CancellationToken cancellationToken)
    {
        // Two changes of one contact were made from the same version: the first wins, the second has lost already.
        var first = changes.DistinctBy(change => (change.Contact.Shop, change.Contact.Key)).ToList();
        var won = new HashSet<(string Shop, string Key)>();
        won.UnionWith(await ContactsAsync(session, _update, [.. first.Where(change => change.Contact.Version > 0)], cancellationToken));
        won.UnionWith(await ContactsAsync(session, _insert, [.. first.Where(change => change.Contact.Version == 0)], cancellationToken));
        var applied = first.Where(change => won.Contains((change.Contact.Shop, change.Contact.Key))).ToList();
        var words = applied.SelectMany(change => change.Consents, (change, word) => (change.Contact, word)).ToList();
        if (words.Count > 0)
        {
            await session.ExecuteAsync(_append, cancellationToken, Words.Of(words));
        }

        var dropped = applied.Where(change => change.DropsEvidence).ToList();
        if (dropped.Count > 0)
        {
            await session.ExecuteAsync(_drop, cancellationToken, Dropped.Of(dropped));
        }

        var winners = applied.ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. changes.Where(change => !winners.Contains(change)).Select(change => change.Contact.Key)];
    }

    private static async Task<List<(string Shop, string Key)>> ContactsAsync(
        SqlSession session,
        string sql,
        List<ContactChange> changes,
        CancellationToken cancellationToken
    )
    {
        if (changes.Count == 0)
        {
            return [];
        }

        return await session.QueryAsync(sql, reader => (reader.GetString(0), reader.GetString(1)), cancellationToken, Changed.Of(changes));
    }

    private static Contact Read(DbDataReader reader) =>
        (reader.Stored(3, SupportJson.ReadContact) ?? Unreadable) with
        {
            Shop = reader.GetString(0),
            Key = reader.GetString(1),
            Version = reader.GetInt64(2),
        };

    // Whether they refused is not known, so nothing is sent; and the others of a batch get theirs.
    private static Contact Unreadable { get; } =
        new()
        {
            Shop = "",
            Key = "",
            Suppressed = new ContactAct
            {
                At = DateTimeOffset.UnixEpoch,
                By = "engine",
                Why = "The stored contact cannot be read.",
            },
        };
}
