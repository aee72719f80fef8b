using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace Support.Sdk.Shopify.Webhooks;

/// <summary>Finds where an object or a list ends, 64 bytes at a time.</summary>
/// <remarks>
/// Each byte of a block is a bit of a number. The sum of the quotes to the left of a bit, odd or even, tells whether it lies in a text, as in
/// "Parsing Gigabytes of JSON per Second" (Langdale and Lemire, https://arxiv.org/abs/1902.08318, section 3.1); brackets in texts do not count.
/// </remarks>
internal static class JsonNesting
{
    private const int Block = 64;

    // An opening bracket and an opening brace differ in this bit alone, and the closing ones too.
    private const byte Fold = 0x20;

    /// <summary>How many bytes the object or list takes that these bytes begin with; 0 when it has no end.</summary>
    public static int Length(ReadOnlySpan<byte> json)
    {
        var state = new State();
        for (var at = 0; at < json.Length; at += Block)
        {
            if (state.Read(Load(json[at..])) is >= 0 and var end)
            {
                return at + end + 1;
            }
        }

        return 0;
    }

    private static Vector512<byte> Load(ReadOnlySpan<byte> json)
    {
        if (json.Length >= Block)
        {
            return Vector512.Create(json);
        }

        Span<byte> padded = stackalloc byte[Block];
        padded.Clear();
        json.CopyTo(padded);
        return Vector512.Create<byte>(padded);
    }

    private struct State
    {
        // All bits are set while a block begins in a text.
        private ulong _inText;
        private bool _isEscaped;
        private int _depth;

        /// <summary>Reads one block; where the value ends in it, or -1.</summary>
        public int Read(Vector512<byte> block)
        {
            var quotes = Where(block, '"') & ~Escaped(Where(block, '\\'));
            var text = Odd(quotes) ^ _inText;
            _inText = (ulong)((long)text >> (Block - 1));
            var folded = block | Vector512.Create(Fold);
            var opens = Where(folded, '{') & ~text;
            var closes = Where(folded, '}') & ~text;
            if (BitOperations.PopCount(closes) >= _depth)
            {
                return Close(opens, closes);
            }

            _depth += BitOperations.PopCount(opens) - BitOperations.PopCount(closes);
            return -1;
        }

        private int Close(ulong opens, ulong closes)
        {
            for (var marks = opens | closes; marks != 0; marks &= marks - 1)
            {
                var at = BitOperations.TrailingZeroCount(marks);
                _depth += ((opens >> at) & 1) == 1 ? 1 : -1;
                if (_depth == 0)
                {
                    return at;
                }
            }

            return -1;
        }

        // What stands behind a backslash means itself, and be it a backslash.
        private ulong Escaped(ulong slashes)
        {
            var escaped = _isEscaped ? 1UL : 0;
            slashes &= ~escaped;
            _isEscaped = false;
            while (slashes != 0)
            {
                var at = BitOperations.TrailingZeroCount(slashes);
                _isEscaped = at == Block - 1;
                var next = _isEscaped ? 0 : 1UL << (at + 1);
                escaped |= next;
                slashes &= (slashes - 1) & ~next;
            }

            return escaped;
        }

        private static ulong Where(Vector512<byte> block, char mark) => Vector512.Equals(block, Vector512.Create((byte)mark)).ExtractMostSignificantBits();

        // Each bit becomes the sum of itself and all below it, odd or even.
        private static ulong Odd(ulong bits)
        {
            for (var shift = 1; shift < Block; shift *= 2)
            {
                bits ^= bits << shift;
            }

            return bits;
        }
    }
}
