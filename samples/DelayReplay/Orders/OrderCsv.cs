using System.Globalization;
using System.Runtime.CompilerServices;

namespace DelayReplay.Orders;

/// <summary>A row of the file, or what is wrong with it.</summary>
internal sealed record OrderCsvLine(int Line, OrderRow? Row, CsvFault? Fault);

/// <summary>The file or its header cannot be used at all.</summary>
internal sealed class BadInputException : Exception
{
    public BadInputException() { }

    public BadInputException(string message)
        : base(message) { }

    public BadInputException(string message, Exception innerException)
        : base(message, innerException) { }
}

/// <summary>Reads orders from a CSV file, one at a time.</summary>
internal sealed class OrderCsv(string path, TimeZoneInfo zone)
{
    private const int MaxOrderId = 200;
    private const char NotUtf8 = '\uFFFD';

    public static IReadOnlyList<string> Required { get; } = ["order_id", "status", "placed_at", "paid_at", "shipped_at", "delivered_at", "promised_by"];

    public static IReadOnlyList<string> Optional { get; } = ["customer_email", "customer_name", "culture", "carrier", "tracking_number", "shipping_method"];

    private readonly string _file = Path.GetFileName(path);

    /// <exception cref="BadInputException">The file is missing or empty, or its header lacks a column.</exception>
    public async IAsyncEnumerable<OrderCsvLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var text = Open();
        var csv = new CsvReader(text, _file);
        var header =
            await csv.ReadAsync(cancellationToken) ?? throw new BadInputException($"{_file} is empty. Its first line must name the columns: {List(Required)}.");
        var columns = Columns(header);
        while (await csv.ReadAsync(cancellationToken) is { } record)
        {
            var row = new RowReader(_file, record, columns, zone);
            var line = record.Fault is { } broken ? new OrderCsvLine(record.Line, null, broken) : row.Read(header.Fields.Count);
            if (record.Fault is null && record.Fields.Count != header.Fields.Count)
            {
                // A row of several lines with too many or too few fields: most likely a quote that was closed by another row's.
                csv.Reread(record, csv.LastLines);
            }

            yield return line;
        }
    }

    private StreamReader Open()
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"{path} cannot be read: {exception.Message} Name a file of orders, or none to replay the one that comes with the sample.",
                exception
            );
        }
    }

    private Dictionary<string, int> Columns(CsvRecord header)
    {
        if (header.Fault is { } fault)
        {
            throw new BadInputException(fault.ToString());
        }

        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < header.Fields.Count; index++)
        {
            if (!columns.TryAdd(header.Fields[index].Trim(), index))
            {
                throw new BadInputException(
                    new CsvFault(_file, header.Line, index + 1, $"The column {header.Fields[index]} is named twice. Rename one of them.").ToString()
                );
            }
        }

        var missing = Required.Where(column => !columns.ContainsKey(column)).ToList();
        return missing.Count == 0
            ? columns
            : throw new BadInputException(
                new CsvFault(
                    _file,
                    header.Line,
                    header.Fields.Count + 1,
                    $"The header lacks {List(missing)}. Its columns, separated by commas, are {List(Required)}; {List(Optional)} may follow."
                ).ToString()
            );
    }

    private static string List(IReadOnlyList<string> columns) => string.Join(", ", columns);

    private sealed class RowReader(string file, CsvRecord record, Dictionary<string, int> columns, TimeZoneInfo zone)
    {
        private CsvFault? _fault;

        public OrderCsvLine Read(int expected)
        {
            if (record.Fields.Count != expected)
            {
                var count = string.Create(CultureInfo.InvariantCulture, $"The row has {record.Fields.Count} fields, the header has {expected}.");
                var column = Math.Min(record.Fields.Count, expected) + 1;
                return new OrderCsvLine(
                    record.Line,
                    null,
                    new CsvFault(file, record.Line, column, count + " Add the missing commas, or quote a field that has a comma in it.")
                );
            }

            var row = new OrderRow
            {
                Id = Id(),
                Status = Optional("status") ?? "",
                PlacedAt = Time("placed_at") ?? Missing("placed_at"),
                PaidAt = Time("paid_at"),
                ShippedAt = Time("shipped_at"),
                DeliveredAt = Time("delivered_at"),
                PromisedBy = Date("promised_by"),
                CustomerEmail = Optional("customer_email"),
                CustomerName = Optional("customer_name"),
                Culture = Optional("culture"),
                Carrier = Optional("carrier"),
                TrackingNumber = Optional("tracking_number"),
                ShippingMethod = Optional("shipping_method"),
            };
            return _fault is null ? new OrderCsvLine(record.Line, row, null) : new OrderCsvLine(record.Line, null, _fault);
        }

        // The id is kept as it is written: spaces and all.
        private string Id()
        {
            var id = Text("order_id");
            if (string.IsNullOrWhiteSpace(id))
            {
                Fault("order_id", "order_id is empty. Every order needs one.");
            }
            else if (id.Length > MaxOrderId)
            {
                Fault(
                    "order_id",
                    string.Create(CultureInfo.InvariantCulture, $"order_id has {id.Length} characters. At most {MaxOrderId} are allowed: shorten it.")
                );
            }
            else if (id.Any(char.IsControl))
            {
                Fault("order_id", "order_id has a line break or another control character in it. Remove it.");
            }

            return id;
        }

        private DateTimeOffset Missing(string column)
        {
            Fault(column, $"{column} is empty. Write it like 2017-01-31T09:30:00Z.");
            return default;
        }

        private DateTimeOffset? Time(string column)
        {
            if (Optional(column) is not { } text)
            {
                return null;
            }

            var time = CsvTimes.Time(text, zone);
            if (time is null)
            {
                Fault(column, $"{column} \"{text}\" is not a time. Write it like 2017-01-31T09:30:00Z.");
            }

            return time;
        }

        private DateOnly? Date(string column)
        {
            if (Optional(column) is not { } text)
            {
                return null;
            }

            var date = CsvTimes.Date(text);
            if (date is null)
            {
                Fault(column, $"{column} \"{text}\" is not a date. Write it like 2017-01-31.");
            }

            return date;
        }

        private string? Optional(string column)
        {
            var text = Text(column).Trim();
            return text.Length == 0 ? null : text;
        }

        private string Text(string column)
        {
            var text = columns.TryGetValue(column, out var index) ? record.Fields[index] : "";
            if (text.Contains(NotUtf8, StringComparison.Ordinal))
            {
                Fault(column, $"{column} has bytes that are not UTF-8. Save the file as UTF-8.");
            }

            return text;
        }

        // The first fault of a row is enough to find it.
        private void Fault(string column, string text) => _fault ??= new CsvFault(file, record.Line, columns[column] + 1, text);
    }
}
