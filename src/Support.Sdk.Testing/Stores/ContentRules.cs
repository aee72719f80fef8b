using Support.Sdk.Tickets;
using static Support.Sdk.Testing.Stores.TicketFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>Files, wherever their bytes are.</summary>
internal static class ContentRules
{
    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("A file comes back as it was saved", AsSavedAsync),
        new("An empty file is a file", EmptyAsync),
        new("Ids of files are unguessable, and good in their shop only", IdsAsync),
        new("A file is as large as it may be, and not a byte larger", LimitAsync),
        new("A file that breaks off leaves nothing", BrokenOffAsync),
        new("A name keeps neither a path nor control characters", NamesAsync),
        new("A name has at most 150 characters, and none of them in half", LongNameAsync),
        new("A removed file is gone, and one that is not there is passed over", RemoveAsync),
        new("A file that no ticket names goes at its moment, and never one that a ticket names", UnusedAsync),
    ];

    private static async Task AsSavedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var bytes = Enumerable.Range(0, 70_000).Select(number => (byte)(number % 251)).ToArray();
        using var content = new MemoryStream(bytes);
        var saved = await store.Contents.SaveAsync("shop", "photo.png", "image/png", content, cancellationToken);
        Expect.Equal("photo.png", saved.Name);
        Expect.Equal("image/png", saved.ContentType);
        Expect.Equal(70_000L, saved.Length);
        await using var opened = await store.Contents.OpenAsync("shop", saved.Id, cancellationToken);
        using var read = new MemoryStream();
        await opened!.CopyToAsync(read, cancellationToken);
        Expect.True(bytes.AsSpan().SequenceEqual(read.ToArray()), "the bytes are the same");
    }

    private static async Task EmptyAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var saved = await store.FileAsync(cancellationToken, text: "");
        Expect.Equal(0L, saved.Length);
        Expect.Equal("", await store.OpenAsync(saved.Id, cancellationToken));
    }

    private static async Task IdsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var one = await store.FileAsync(cancellationToken, "one");
        var other = await store.FileAsync(cancellationToken, "one");
        Expect.True(one.Id.Length >= 32 && other.Id.Length >= 32 && !string.Equals(one.Id, other.Id, StringComparison.Ordinal), "ids of two files");
        Expect.Equal("one", await store.OpenAsync(one.Id, cancellationToken));
        Expect.Equal(null, await store.OpenAsync(one.Id, cancellationToken, "other"));
        foreach (var id in (string[])["", "x", "../../x", new string('0', 32), one.Id + "/../" + other.Id])
        {
            Expect.Equal(null, await store.OpenAsync(id, cancellationToken));
        }
    }

    private static async Task LimitAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        using var most = new Letters(store.MaxContentBytes);
        var saved = await store.Contents.SaveAsync("shop", "most", "text/plain", most, cancellationToken);
        Expect.Equal(store.MaxContentBytes, saved.Length);
        await store.Contents.RemoveAsync("shop", [saved.Id], cancellationToken);
        using var endless = new Letters(long.MaxValue);
        try
        {
            await store.Contents.SaveAsync("shop", "endless", "text/plain", endless, cancellationToken);
        }
        catch (ContentTooLargeException)
        {
            Expect.True(endless.Position <= store.MaxContentBytes + 100_000, "an endless file is not read to its end");
            Expect.Equal(0, await store.Contents.RemoveUnusedAsync(DateTimeOffset.MaxValue, cancellationToken));
            return;
        }

        throw new ConformanceException("A file that is too large was not refused.");
    }

    private static async Task BrokenOffAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        using var broken = new Letters(1000, isBroken: true);
        try
        {
            await store.Contents.SaveAsync("shop", "broken", "text/plain", broken, cancellationToken);
        }
        catch (IOException)
        {
            Expect.Equal(0, await store.Contents.RemoveUnusedAsync(DateTimeOffset.MaxValue, cancellationToken));
            return;
        }

        throw new ConformanceException("A file that broke off was saved.");
    }

    private static async Task NamesAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["../../x"] = "x",
            ["/etc/passwd"] = "passwd",
            ["C:\\Users\\ada\\photo.png"] = "photo.png",
            ["a/b\\c/..\\d.txt"] = "d.txt",
            ["a\0b\r\nc\u007F.txt"] = "abc.txt",
            ["photo\u202Egnp.exe"] = "photognp.exe",
            ["folder/"] = "file",
            [".."] = "file",
            [""] = "file",
            ["  \t "] = "file",
            ["\u00C5sa's \u6CE8\u6587 \U0001F600.png"] = "\u00C5sa's \u6CE8\u6587 \U0001F600.png",
            ["CON"] = "CON",
            ["'; DROP TABLE x; --"] = "'; DROP TABLE x; --",
        };
        foreach (var (name, clean) in names)
        {
            var saved = await store.FileAsync(cancellationToken, name, name);
            Expect.Equal(clean, saved.Name);
            Expect.Equal(name.Length == 0 ? "" : name, await store.OpenAsync(saved.Id, cancellationToken));
        }
    }

    private static async Task LongNameAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Expect.Equal(new string('x', 150), (await store.FileAsync(cancellationToken, name: new string('x', 151))).Name);
        Expect.Equal(new string('x', 149), (await store.FileAsync(cancellationToken, name: new string('x', 149) + "\U0001F600")).Name);
    }

    private static async Task RemoveAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var one = await store.FileAsync(cancellationToken, "one");
        var other = await store.FileAsync(cancellationToken, "other");
        await store.Contents.RemoveAsync("shop", [], cancellationToken);
        await store.Contents.RemoveAsync("other", [one.Id], cancellationToken);
        await store.Contents.RemoveAsync("shop", [other.Id, "unknown", other.Id], cancellationToken);
        await store.Contents.RemoveAsync("shop", [other.Id], cancellationToken);
        Expect.Equal("one", await store.OpenAsync(one.Id, cancellationToken));
        Expect.Equal(null, await store.OpenAsync(other.Id, cancellationToken));
    }

    private static async Task UnusedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var used = await store.FileAsync(cancellationToken, "used");
        var unused = await store.FileAsync(cancellationToken, "unused");
        await store.KeepAsync(Change(Ticket(1), Said(1, files: used)), cancellationToken);
        Expect.Equal(0, await store.Contents.RemoveUnusedAsync(DateTimeOffset.UnixEpoch, cancellationToken));
        Expect.Equal("unused", await store.OpenAsync(unused.Id, cancellationToken));
        Expect.Equal(1, await store.Contents.RemoveUnusedAsync(DateTimeOffset.MaxValue, cancellationToken));
        Expect.Equal(0, await store.Contents.RemoveUnusedAsync(DateTimeOffset.MaxValue, cancellationToken));
        Expect.Equal("used", await store.OpenAsync(used.Id, cancellationToken));
        Expect.Equal(null, await store.OpenAsync(unused.Id, cancellationToken));
    }

    /// <summary>So many letters, or so many before it breaks.</summary>
    private sealed class Letters(long length, bool isBroken = false) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - Position);
            if (count == 0 && isBroken)
            {
                throw new IOException("The line broke.");
            }

            buffer[..count].Fill((byte)'x');
            Position += count;
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
