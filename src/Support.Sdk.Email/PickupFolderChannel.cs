using Microsoft.Extensions.Options;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Email;

/// <summary>Writes each message as <c>id.eml</c> into a folder.</summary>
/// <remarks>
/// A mail is written under a temporary name, flushed to the disk and then renamed: a reader sees all of it or nothing, and
/// accepted means that its content survives a power failure. Its name may not, because the file system keeps that for itself.
/// </remarks>
internal sealed class PickupFolderChannel(IOptions<PickupFolderOptions> options) : IChannel
{
    private const int MaxIdLength = 128;
    private const string Unfinished = ".unfinished-eml";
    private readonly string _folder = Path.GetFullPath(options.Value.Path);
    private int _isCleared;

    public string Name => "email";

    // Most of the time goes into waiting for the disk, which flushes several files at once as fast as one.
    public ChannelTraits Traits { get; } = new() { Idempotent = true, Parallelism = 8 };

    public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // The id becomes a file's name, and must not lead anywhere else.
        if (message.Id.Length is 0 or > MaxIdLength || !message.Id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            return DeliveryResult.Rejected($"The message's id cannot name a file. Use 1 to {MaxIdLength} ASCII letters, digits, '-' and '_'.");
        }

        using var mail = Mail.Create(message, out var refusal);
        if (mail is null)
        {
            return DeliveryResult.Rejected(refusal);
        }

        try
        {
            await WriteAsync(message.Id, mail.Write(), cancellationToken);
            return DeliveryResult.Accepted();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return DeliveryResult.Retry($"The pickup folder cannot be written: {exception.Message}");
        }
    }

    private async Task WriteAsync(string id, byte[] mail, CancellationToken cancellationToken)
    {
        // Somebody may have emptied the place by removing the folder.
        Directory.CreateDirectory(_folder);
        RemoveUnfinished();
        var path = Path.Combine(_folder, $"{id}.eml");
        if (File.Exists(path))
        {
            return;
        }

        // A name of its own for every attempt: two of them never write into one file.
        var unfinished = Path.Combine(_folder, $"{id}.{Path.GetRandomFileName()}{Unfinished}");
        try
        {
            using (var file = File.OpenHandle(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous, mail.Length))
            {
                await RandomAccess.WriteAsync(file, mail, 0, cancellationToken);
                if (options.Value.FlushToDisk)
                {
                    RandomAccess.FlushToDisk(file);
                }
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Removes, once, what a process that died has left behind.</summary>
    private void RemoveUnfinished()
    {
        if (Interlocked.Exchange(ref _isCleared, 1) == 1)
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(_folder, $"*{Unfinished}"))
        {
            try
            {
                using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Delete);
                File.Delete(path);
            }
            catch (IOException)
            {
                // Another process is writing it.
            }
        }
    }
}
