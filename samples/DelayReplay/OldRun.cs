using DelayReplay.Orders;

namespace DelayReplay;

/// <summary>Clears away an earlier run, and nothing that is not of this sample.</summary>
internal static class OldRun
{
    /// <exception cref="BadInputException">A file in the way is not this sample's, or is in use.</exception>
    public static async Task CheckAsync(string database, CancellationToken cancellationToken)
    {
        var book = OrderBook.PathOf(database);
        if (!File.Exists(database) && !File.Exists(book))
        {
            return;
        }

        if (!await OrderBook.IsAtAsync(book, cancellationToken))
        {
            throw new BadInputException($"{database} exists and is not a database of this sample. Name another file with --database, or remove it yourself.");
        }

        CheckLock(database + ".lock", database);
    }

    public static void Remove(string database, string mail)
    {
        foreach (var path in (string[])[database, OrderBook.PathOf(database)])
        {
            foreach (var suffix in (string[])["", "-wal", "-shm", ".lock"])
            {
                File.Delete(path + suffix);
            }
        }

        if (!Directory.Exists(mail))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(mail, "*.eml"))
        {
            if (IsOurs(file))
            {
                File.Delete(file);
            }
        }
    }

    // Other samples may use the same folder: only mails of this shop are removed.
    private static bool IsOurs(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            if (line.Length == 0)
            {
                return false;
            }

            if (line.StartsWith($"X-Support-Order: {OrderView.Shop}/", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static void CheckLock(string file, string database)
    {
        if (!File.Exists(file))
        {
            return;
        }

        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new BadInputException($"{database} is in use by another process. Wait for it, or name another file with --database.", exception);
        }
    }
}
