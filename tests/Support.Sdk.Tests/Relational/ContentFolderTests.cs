using Microsoft.Data.Sqlite;
using Support.Sdk.Contacts;
using Support.Sdk.Testing;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Relational;

/// <summary>What lies in the folder is what the database knows of.</summary>
public sealed class ContentFolderTests : IDisposable
{
    private readonly SqliteFile _file = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_file_lies_under_its_id_whatever_its_name()
    {
        await using var database = _file.Open();
        var store = Stores.Of(database, _file.Contents);

        var saved = await SaveAsync(store, name: "../../x.exe");

        Assert.Equal([Path.Combine(_file.Contents, saved.Id[..2], saved.Id)], Files());
        Assert.Matches("^[0-9a-f]{32}$", saved.Id);
    }

    [Fact]
    public async Task A_file_that_is_too_large_leaves_nothing_in_the_folder()
    {
        await using var database = _file.Open();
        var store = Stores.Of(database, _file.Contents);

        await Assert.ThrowsAsync<ContentTooLargeException>(() => SaveAsync(store, Stores.MaxContentBytes + 1));

        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_file_whose_row_cannot_be_written_is_taken_back()
    {
        await using var database = _file.Open();
        var store = Stores.Of(database, _file.Contents);
        await store.Support.StartAsync(Stop);
        _file.Run("CREATE TRIGGER broken BEFORE INSERT ON support_contents BEGIN SELECT RAISE(ABORT, 'broken'); END");

        await Assert.ThrowsAsync<SqliteException>(() => SaveAsync(store));

        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_file_that_somebody_deleted_is_not_there_any_more()
    {
        await using var database = _file.Open();
        var store = Stores.Of(database, _file.Contents);
        var saved = await SaveAsync(store);
        File.Delete(Assert.Single(Files()));

        Assert.Null(await store.Contents.OpenAsync("main", saved.Id, Stop));
        await store.Contents.RemoveAsync("main", [saved.Id], Stop);
        Assert.Equal(0L, _file.Run("SELECT COUNT(*) FROM support_contents"));
    }

    [Fact]
    public async Task An_erasure_and_a_removal_take_the_files_along()
    {
        await using var database = _file.Open();
        var store = Stores.Of(database, _file.Contents);
        var (erased, removed, kept) = (await SaveAsync(store), await SaveAsync(store), await SaveAsync(store));
        await store.Tickets.SaveAsync([Opened(1, erased), Opened(2, kept)], Stop);
        var ticket = (await store.Tickets.FindAsync([new TicketKey("main", 1)], Stop))[0];

        await store.Privacy.EraseAsync(
            new ErasureBatch
            {
                Shop = "main",
                At = Given.Monday,
                Tickets = [ticket],
            },
            Stop
        );
        await store.Contents.RemoveAsync("main", [removed.Id], Stop);

        Assert.Equal(kept.Id, Path.GetFileName(Assert.Single(Files())));
    }

    [Fact]
    public async Task A_shop_that_is_forgotten_takes_its_files_along()
    {
        await using var database = _file.Open();
        var store = Stores.Of(database, _file.Contents);
        var (named, _) = (await SaveAsync(store), await SaveAsync(store));
        using var content = new MemoryStream([1]);
        var other = await store.Contents.SaveAsync("other", "photo.png", "image/png", content, Stop);
        await store.Tickets.SaveAsync([Opened(1, named)], Stop);

        while (await store.Privacy.ForgetShopAsync("main", 1, Stop) > 0) { }

        Assert.Equal(other.Id, Path.GetFileName(Assert.Single(Files())));
    }

    [Fact]
    public async Task What_a_process_that_died_has_dropped_goes_with_what_is_unused()
    {
        await using var database = _file.Open();
        var store = Stores.Of(database, _file.Contents);
        await SaveAsync(store);
        _file.Run("UPDATE support_contents SET state = 'Dropped', saved_at = 0");

        Assert.Equal(1, await store.Contents.RemoveUnusedAsync(DateTimeOffset.UnixEpoch, Stop));

        Assert.Empty(Files());
        Assert.Equal(0L, _file.Run("SELECT COUNT(*) FROM support_contents"));
    }

    [Fact]
    public async Task Files_that_were_kept_in_the_database_before_are_still_read()
    {
        await using var database = _file.Open();
        var saved = await SaveAsync(Stores.Of(database));

        await using var opened = await Stores.Of(database, _file.Contents).Contents.OpenAsync("main", saved.Id, Stop);

        Assert.Equal(10, opened!.Length);
        Assert.Empty(Files());
    }

    private static async Task<ContentReference> SaveAsync(StoreUnderTest store, int length = 10, string name = "photo.png")
    {
        using var content = new MemoryStream(new byte[length]);
        return await store.Contents.SaveAsync("main", name, "image/png", content, Stop);
    }

    private static TicketChange Opened(long number, ContentReference file) =>
        new()
        {
            Ticket = new Ticket
            {
                Key = new TicketKey("main", number),
                Subject = "It does not fit",
                Channel = "form",
                OpenedAt = Given.Monday,
                ChangedAt = Given.Monday,
                OpenedBy = $"event-{number}",
            },
            Entries =
            [
                new TicketEntry
                {
                    Number = 1,
                    Kind = TicketEntryKind.Inbound,
                    At = Given.Monday,
                    By = "customer",
                    Attachments = [file],
                },
            ],
        };

    private List<string> Files() => Directory.Exists(_file.Contents) ? [.. Directory.EnumerateFiles(_file.Contents, "*", SearchOption.AllDirectories)] : [];
}
