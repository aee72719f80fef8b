using System.Text;

namespace Support.Sdk.Email.Dkim;

/// <summary>The form of headers and body that survives what servers do to blanks and folds (RFC 6376, section 3.4).</summary>
internal static class RelaxedForm
{
    /// <summary>Reads header lines as they are written; the last of several with one name stands.</summary>
    public static IReadOnlyDictionary<string, byte[]> Headers(byte[] lines)
    {
        var headers = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        var rest = lines.AsSpan();
        while (rest.Length > 2)
        {
            var colon = rest.IndexOf((byte)':');
            var end = EndOfField(rest);
            if (colon > 0 && colon < end)
            {
                var name = Encoding.ASCII.GetString(rest[..colon]);
                headers[name] = Header(name, rest[(colon + 1)..end]);
            }

            rest = rest[end..];
        }

        return headers;
    }

    /// <summary>One header, without the end of its line.</summary>
    public static byte[] Header(string name, ReadOnlySpan<byte> value)
    {
        var lower = Encoding.ASCII.GetBytes($"{name.TrimEnd().ToLowerInvariant()}:");
        var output = new byte[lower.Length + value.Length];
        lower.CopyTo(output, 0);
        var written = lower.Length;
        var blank = false;
        foreach (var character in value)
        {
            if (character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                blank = true;
                continue;
            }

            if (blank && written > lower.Length)
            {
                output[written++] = (byte)' ';
            }

            output[written++] = character;
            blank = false;
        }

        return output[..written];
    }

    public static ReadOnlySpan<byte> Body(byte[] body)
    {
        var output = new byte[body.Length + 2];
        var (written, end) = (0, 0);
        var rest = body.AsSpan();
        while (!rest.IsEmpty)
        {
            var length = rest.IndexOf("\r\n"u8);
            var line = length < 0 ? rest : rest[..length];
            written += Line(line, output.AsSpan(written));
            // Empty lines at the end do not count.
            end = written > 0 && output[written - 1] != (byte)'\n' ? written + 2 : end;
            output[written++] = (byte)'\r';
            output[written++] = (byte)'\n';
            rest = length < 0 ? [] : rest[(length + 2)..];
        }

        return output.AsSpan(0, end);
    }

    private static int Line(ReadOnlySpan<byte> line, Span<byte> output)
    {
        var written = 0;
        var blank = false;
        foreach (var character in line)
        {
            if (character is (byte)' ' or (byte)'\t')
            {
                blank = true;
                continue;
            }

            if (blank)
            {
                output[written++] = (byte)' ';
            }

            output[written++] = character;
            blank = false;
        }

        return written;
    }

    private static int EndOfField(ReadOnlySpan<byte> lines)
    {
        var end = 0;
        while (end < lines.Length)
        {
            var length = lines[end..].IndexOf("\r\n"u8);
            end = length < 0 ? lines.Length : end + length + 2;
            if (end >= lines.Length || lines[end] is not ((byte)' ' or (byte)'\t'))
            {
                break;
            }
        }

        return end;
    }
}
