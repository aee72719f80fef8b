using System.Text;

namespace DelayReplay.Orders;

/// <summary>One record of the file: its fields, or what is wrong with it.</summary>
internal sealed record CsvRecord
{
    /// <summary>The line on which it begins; the first line is 1.</summary>
    public required int Line { get; init; }

    public IReadOnlyList<string> Fields { get; init; } = [];

    public CsvFault? Fault { get; init; }
}

/// <summary>Reads records as RFC 4180 has them, and tells exactly where one is broken.</summary>
/// <remarks>
/// A broken record costs its first line only: a quote that somebody forgot to close would otherwise swallow every row after
/// it. A record that spans more lines than anybody writes counts as unclosed, so that memory stays bounded.
/// </remarks>
internal sealed class CsvReader(TextReader text, string file)
{
    private const int MaxLines = 100;
    private readonly LinkedList<string> _ahead = new();
    private readonly StringBuilder _field = new();
    private int _line;

    /// <summary>Reads the next record that is not an empty line, or null at the end.</summary>
    public async Task<CsvRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await NextLineAsync(cancellationToken) is { } line)
        {
            _line++;
            if (line.Length > 0)
            {
                return await ReadAsync(line, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>Gives back every line of a record but its first.</summary>
    public void Reread(CsvRecord record, IReadOnlyList<string> lines)
    {
        _line = record.Line;
        for (var index = lines.Count - 1; index > 0; index--)
        {
            _ahead.AddFirst(lines[index]);
        }
    }

    /// <summary>The lines of the record that was read last.</summary>
    public IReadOnlyList<string> LastLines { get; private set; } = [];

    private async Task<CsvRecord> ReadAsync(string first, CancellationToken cancellationToken)
    {
        var begin = _line;
        var lines = new List<string> { first };
        var record = first;
        while (true)
        {
            var (fields, quoted, problem) = Split(record);
            if (problem is null && !quoted)
            {
                LastLines = lines;
                return new CsvRecord { Line = begin, Fields = fields };
            }

            if (problem is null && lines.Count < MaxLines && await NextLineAsync(cancellationToken) is { } next)
            {
                _line++;
                lines.Add(next);
                record += "\n" + next;
                continue;
            }

            var broken = new CsvRecord
            {
                Line = begin,
                Fault = new CsvFault(
                    file,
                    begin,
                    fields.Count,
                    problem ?? "The quote that opens here is never closed. Close it, or double it (\"\") to mean a quote."
                ),
            };
            LastLines = lines;
            Reread(broken, lines);
            return broken;
        }
    }

    private (List<string> Fields, bool Quoted, string? Problem) Split(string record)
    {
        var fields = new List<string>();
        var index = 0;
        while (true)
        {
            _field.Clear();
            if (index < record.Length && record[index] == '"')
            {
                index = Quoted(record, index + 1);
                fields.Add(_field.ToString());
                if (index < 0)
                {
                    return (fields, true, null);
                }

                if (index < record.Length && record[index] != ',')
                {
                    return (fields, false, "After the closing quote comes more text. Double a quote (\"\") that belongs to the text.");
                }
            }
            else
            {
                var end = record.IndexOf(',', index);
                end = end < 0 ? record.Length : end;
                fields.Add(record[index..end]);
                index = end;
                if (fields[^1].Contains('"', StringComparison.Ordinal))
                {
                    return (fields, false, "A quote stands in the middle of a field. Put the whole field in quotes and double the quote (\"\").");
                }
            }

            if (index >= record.Length)
            {
                return (fields, false, null);
            }

            index++;
        }
    }

    // Returns the position after the closing quote, or -1 when there is none.
    private int Quoted(string record, int index)
    {
        while (index < record.Length)
        {
            if (record[index] != '"')
            {
                _field.Append(record[index++]);
            }
            else if (index + 1 < record.Length && record[index + 1] == '"')
            {
                _field.Append('"');
                index += 2;
            }
            else
            {
                return index + 1;
            }
        }

        return -1;
    }

    private async ValueTask<string?> NextLineAsync(CancellationToken cancellationToken)
    {
        if (_ahead.First is { } first)
        {
            _ahead.RemoveFirst();
            return first.Value;
        }

        return await text.ReadLineAsync(cancellationToken);
    }
}

/// <summary>What is wrong with the file, where, and what to do.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Line">The line; the first is 1.</param>
/// <param name="Column">The number of the field; the first is 1.</param>
/// <param name="Text">What is wrong and what to do.</param>
internal sealed record CsvFault(string File, int Line, int Column, string Text)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File}({Line},{Column}): {Text}");
}
