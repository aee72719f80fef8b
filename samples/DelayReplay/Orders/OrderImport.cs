using System.Globalization;
using System.Security.Cryptography;
using Support.Sdk.Orders;

namespace DelayReplay.Orders;

/// <summary>What came of reading the file.</summary>
internal sealed record ImportResult(long Rows, long Bad);

/// <summary>Reads a file of orders into a new order book: whole, or not at all.</summary>
internal static class OrderImport
{
    private const int MaxFaults = 20;

    /// <param name="path">Where the order book is made.</param>
    /// <param name="orders">The CSV file.</param>
    /// <param name="zone">The zone of times that name none, and of promised dates.</param>
    /// <param name="skipBad">Leave out rows that cannot be used, instead of stopping.</param>
    /// <param name="tell">Hears of every fault.</param>
    /// <param name="cancellationToken">Stops the import; nothing of it stays.</param>
    /// <exception cref="BadInputException">The file has faults, or no order at all.</exception>
    public static async Task<ImportResult> RunAsync(
        string path,
        string orders,
        TimeZoneInfo zone,
        bool skipBad,
        Action<CsvFault> tell,
        CancellationToken cancellationToken
    )
    {
        await using var book = await OrderBook.CreateAsync(path, cancellationToken);
        var result = new ImportResult(0, 0);
        await book.InOneTransactionAsync(
            async () =>
            {
                result = await FillAsync(book, orders, zone, skipBad, tell, cancellationToken);
                await book.WriteNoteAsync("file", Path.GetFileName(orders), cancellationToken);
                await book.WriteNoteAsync("sha256", await HashAsync(orders, cancellationToken), cancellationToken);
                await book.WriteNoteAsync("zone", zone.Id, cancellationToken);
                await book.WriteNoteAsync("skipped", result.Bad.ToString(CultureInfo.InvariantCulture), cancellationToken);
            },
            cancellationToken
        );
        return result;
    }

    public static async Task<string> HashAsync(string orders, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(orders);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    private static async Task<ImportResult> FillAsync(
        OrderBook book,
        string orders,
        TimeZoneInfo zone,
        bool skipBad,
        Action<CsvFault> tell,
        CancellationToken cancellationToken
    )
    {
        var (rows, bad) = (0L, 0L);
        await foreach (var line in new OrderCsv(orders, zone).ReadAsync(cancellationToken))
        {
            var fault = line.Fault ?? await AddAsync(book, rows + 1, line, Path.GetFileName(orders), zone, cancellationToken);
            if (fault is null)
            {
                rows++;
                continue;
            }

            bad++;
            tell(fault);
            if (!skipBad && bad == MaxFaults)
            {
                break;
            }
        }

        if (bad > 0 && !skipBad)
        {
            var count =
                bad == MaxFaults ? $"the first {MaxFaults} faults are"
                : bad == 1 ? "the fault is"
                : "the faults are";
            throw new BadInputException($"Nothing was imported; {count} above. Mend the file, or leave bad rows out with --skip-bad.");
        }

        return rows > 0
            ? new ImportResult(rows, bad)
            : throw new BadInputException($"{Path.GetFileName(orders)} has no order that can be used below its header.");
    }

    private static async Task<CsvFault?> AddAsync(
        OrderBook book,
        long number,
        OrderCsvLine line,
        string file,
        TimeZoneInfo zone,
        CancellationToken cancellationToken
    )
    {
        var row = line.Row ?? throw new ArgumentException("The line has no row.", nameof(line));
        var end = row.PromisedBy is { } date ? PromiseDate.On(date, zone.Id).EndsAt(zone) : (DateTimeOffset?)null;
        if (await book.AddAsync(number, line.Line, row, end, cancellationToken))
        {
            return null;
        }

        var first = await book.CountAsync("SELECT line FROM orders WHERE order_id = @id", cancellationToken, ("@id", row.Id));
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"order_id \"{row.Id}\" stands on line {first} already. An order has one row: remove one of the two."
        );
        return new CsvFault(file, line.Line, 1, text);
    }
}
