using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>A place in a list, to go on from.</summary>
/// <remarks>
/// The seal tells the cursor of another list, of other filters or of another version of this code, and a damaged one. It is no secret:
/// whoever makes a cursor by hand sees what the filters show anyway.
/// </remarks>
internal static class ApiCursor
{
    public const string Fault = "Is no cursor of this list. Take it from 'next' of the page before, and keep the filters.";
    private const byte Form = 1;
    private const int SealBytes = 8;
    private const int MaxLength = 600;

    /// <param name="list">What is listed, with its filters.</param>
    /// <param name="place">The place in it.</param>
    public static string Write(string list, string place)
    {
        var bytes = Encoding.UTF8.GetBytes(place);
        return Base64Url.EncodeToString([Form, .. Seal(list, bytes), .. bytes]);
    }

    public static bool TryRead(string list, string cursor, out string place)
    {
        place = "";
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(cursor);
        // Blanks, padding and loose bits are read over there and refused here: one place has one cursor.
        if (bytes.Length <= SealBytes || bytes[0] != Form || !string.Equals(Base64Url.EncodeToString(bytes), cursor, StringComparison.Ordinal))
        {
            return false;
        }

        var payload = bytes.AsSpan(1 + SealBytes);
        place = Encoding.UTF8.GetString(payload);
        return bytes.AsSpan(1, SealBytes).SequenceEqual(Seal(list, payload));
    }

    private static byte[] Seal(string list, ReadOnlySpan<byte> place)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(list));
        hash.AppendData([0]);
        hash.AppendData(place);
        return hash.GetHashAndReset()[..SealBytes];
    }
}
