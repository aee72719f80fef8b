using System.Security.Cryptography;
using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

internal sealed class ContentStore(Database database, ContentOptions options, TimeProvider? time = null) : IContentStore
{
    private const int MaxUnused = 1000;
    private const int IdBytes = 16;

    private const string Save = """
        INSERT INTO support_contents (shop, content_id, name, content_type, length, saved_at, state)
        VALUES (@shop, @content, @name, @type, @length, @at, 'New')
        """;

    private const string SaveBytes = """
        INSERT INTO support_contents (shop, content_id, name, content_type, length, saved_at, state, bytes)
        VALUES (@shop, @content, @name, @type, @length, @at, 'New', @bytes)
        """;

    private const string Bytes = "SELECT bytes FROM support_contents WHERE shop = @shop AND content_id = @content AND state <> 'Dropped'";

    private readonly ContentFolder? _folder = Folder(options);
    private readonly ContentSql _sql = new(database, Folder(options));

    /// <summary>The folder that the options name; null when files are in the database.</summary>
    public static ContentFolder? Folder(ContentOptions options) => options.Folder is { } folder ? new ContentFolder(folder) : null;

    public async Task<ContentReference> SaveAsync(string shop, string name, string contentType, Stream content, CancellationToken cancellationToken = default)
    {
        var reference = new ContentReference
        {
            Id = RandomNumberGenerator.GetHexString(IdBytes * 2, lowercase: true),
            Name = ContentNames.Clean(name),
            ContentType = ContentNames.CleanType(contentType),
            Length = 0,
        };
        return _folder is { } folder
            ? await SaveAsync(shop, reference, folder, content, cancellationToken)
            : await SaveAsync(shop, reference, content, cancellationToken);
    }

    public async Task<Stream?> OpenAsync(string shop, string id, CancellationToken cancellationToken = default)
    {
        var found = await database.ReadAsync(
            session =>
                session.QueryAsync(
                    Bytes,
                    reader => reader.IsDBNull(0) ? null : reader.GetFieldValue<byte[]>(0),
                    cancellationToken,
                    ("@shop", shop),
                    ("@content", id)
                ),
            cancellationToken
        );
        return found switch
        {
            [{ } bytes] => new MemoryStream(bytes, writable: false),
            // Only an id that was made here names a file.
            [null] => _folder?.Open(id),
            _ => null,
        };
    }

    public async Task RemoveAsync(string shop, IReadOnlyList<string> ids, CancellationToken cancellationToken = default)
    {
        if (ids.Count > 0)
        {
            ContentKey[] keys = [.. ids.Distinct(StringComparer.Ordinal).Select(id => new ContentKey(shop, id))];
            await _sql.RemoveAsync(
                await database.WriteAsync(session => _sql.DropAsync(session, keys, cancellationToken), cancellationToken),
                cancellationToken
            );
        }
    }

    public async Task<int> RemoveUnusedAsync(DateTimeOffset savedUntil, CancellationToken cancellationToken = default)
    {
        var dropped = await database.WriteAsync(session => _sql.DropUnusedAsync(session, savedUntil, MaxUnused, cancellationToken), cancellationToken);
        await _sql.RemoveAsync(dropped, cancellationToken);
        return dropped.Count;
    }

    private async Task<ContentReference> SaveAsync(
        string shop,
        ContentReference reference,
        ContentFolder folder,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        var saved = reference with { Length = await folder.WriteAsync(reference.Id, content, options.MaxBytes, cancellationToken) };
        try
        {
            await database.WriteAsync(session => session.ExecuteAsync(Save, cancellationToken, Row(shop, saved)), cancellationToken);
            return saved;
        }
        catch
        {
            folder.Delete(saved.Id);
            throw;
        }
    }

    private async Task<ContentReference> SaveAsync(string shop, ContentReference reference, Stream content, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var saved = reference with { Length = await ContentFolder.CopyAsync(content, buffer, options.MaxBytes, cancellationToken) };
        (string, object?)[] row = [.. Row(shop, saved), ("@bytes", buffer.ToArray())];
        await database.WriteAsync(session => session.ExecuteAsync(SaveBytes, cancellationToken, row), cancellationToken);
        return saved;
    }

    private (string Name, object? Value)[] Row(string shop, ContentReference reference) =>
        [
            ("@shop", shop),
            ("@content", reference.Id),
            ("@name", reference.Name),
            ("@type", reference.ContentType),
            ("@length", reference.Length),
            ("@at", Micros.Up((time ?? TimeProvider.System).GetUtcNow())),
        ];
}
