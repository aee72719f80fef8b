using System.Buffers;
using System.Text.Json;

namespace Support.Sdk.Shopify.Webhooks;

/// <summary>Goes through the members of an object to its end, and passes over what their values hold.</summary>
/// <remarks>
/// Of a value nobody asks for, only the end is found: what stands within it is not judged. A body is proven before it comes here, and most
/// of it is of no interest; to read every value of an order takes as long as to hash it twice.
/// </remarks>
internal ref struct JsonMembers(ReadOnlySpan<byte> json)
{
    private static readonly SearchValues<byte> AfterScalar = SearchValues.Create(",}] \t\r\n"u8);
    private readonly ReadOnlySpan<byte> _json = json;
    private ReadOnlySpan<byte> _name;
    private int _at;

    /// <summary>The value as it stands there; never empty.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The value of a member of the object, or nothing when it has none of that name.</summary>
    /// <exception cref="JsonException">It is no object, ends too early or goes on behind its end, or has the member twice.</exception>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, scoped ReadOnlySpan<byte> name)
    {
        var members = new JsonMembers(json);
        ReadOnlySpan<byte> found = [];
        while (members.Next())
        {
            if (members.Is(name))
            {
                found = found.IsEmpty ? members.Value : throw new JsonException("A member stands there twice.");
            }
        }

        return found;
    }

    /// <summary>Moves to the next member; false at the end, behind which nothing stands.</summary>
    /// <exception cref="JsonException">It is no object, ends too early, or goes on behind its end.</exception>
    public bool Next()
    {
        if (_at == 0)
        {
            Take((byte)'{');
            if (Peek() == '}')
            {
                return End();
            }
        }
        else if (Peek() == '}')
        {
            return End();
        }
        else
        {
            Take((byte)',');
        }

        _name = Peek() == '"' ? TakeValue() : throw Fault();
        Take((byte)':');
        Value = TakeValue();
        return true;
    }

    /// <summary>Whether the member has this name, however that is written.</summary>
    public readonly bool Is(scoped ReadOnlySpan<byte> name) => _name[1..^1].SequenceEqual(name) || (_name.Contains((byte)'\\') && IsEscaped(name));

    private readonly bool IsEscaped(scoped ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(_name);
        return reader.Read() && reader.ValueTextEquals(name);
    }

    private bool End()
    {
        _at++;
        return Peek() is { } ? throw Fault() : false;
    }

    private void Take(byte mark) => _at = Peek() == mark ? _at + 1 : throw Fault();

    private ReadOnlySpan<byte> TakeValue()
    {
        var first = Peek();
        var rest = _json[_at..];
        var length = first switch
        {
            (byte)'"' => TextLength(rest),
            (byte)'{' or (byte)'[' => JsonNesting.Length(rest),
            _ => rest.IndexOfAny(AfterScalar),
        };
        _at += length > 0 ? length : throw Fault();
        return rest[..length];
    }

    private static int TextLength(ReadOnlySpan<byte> json)
    {
        for (var at = 1; at < json.Length; at += 2)
        {
            var next = json[at..].IndexOfAny((byte)'"', (byte)'\\');
            at += next;
            if (next < 0 || json[at] == '"')
            {
                return next < 0 ? 0 : at + 1;
            }
        }

        return 0;
    }

    // What comes next that is no blank, or null at the end.
    private byte? Peek()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }

        return _at < _json.Length ? _json[_at] : null;
    }

    private static JsonException Fault() => new("The body is no object, or not one alone and whole.");
}
