using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

/// <summary>Files in a folder, each under its id: whatever its sender called it is no part of a path.</summary>
internal sealed class ContentFolder(string folder)
{
    private const int BufferSize = 81920;

    /// <summary>Writes a file; it is there whole or not at all.</summary>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="ContentTooLargeException">There are more bytes than allowed.</exception>
    public async Task<long> WriteAsync(string id, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var path = PathOf(id);
        var part = path + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            long length;
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, FileOptions.Asynchronous))
            {
                length = await CopyAsync(content, file, maxBytes, cancellationToken);
                await file.FlushAsync(cancellationToken);
#pragma warning disable CA1849 // Only this one waits for the disk.
                file.Flush(flushToDisk: true);
#pragma warning restore CA1849
            }

            File.Move(part, path);
            return length;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Opens a file, or gives null when it is not there.</summary>
    public Stream? Open(string id)
    {
        try
        {
            return new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(string id)
    {
        var path = PathOf(id);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <exception cref="ContentTooLargeException">There are more bytes than allowed.</exception>
    public static async Task<long> CopyAsync(Stream content, Stream destination, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(BufferSize, maxBytes + 1)];
        var length = 0L;
        while (await content.ReadAsync(buffer, cancellationToken) is var read && read > 0)
        {
            length += read;
            if (length > maxBytes)
            {
                throw new ContentTooLargeException();
            }

            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return length;
    }

    // Two letters each, so that no folder grows too large to be listed.
    private string PathOf(string id) => Path.Combine(folder, id[..2], id);
}
