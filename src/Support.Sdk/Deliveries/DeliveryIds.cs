using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;

namespace Support.Sdk.Deliveries;

/// <summary>Makes the id of a message from what it is, so that the same decision cannot become a second message.</summary>
/// <remarks>An HMAC under the installation's key: nobody can guess an id from an order number.</remarks>
internal sealed class DeliveryIds(byte[] key)
{
    private const int Length = 20;

    /// <param name="order">The subject.</param>
    /// <param name="occasion">What the message is about.</param>
    /// <param name="role">Who is told: <c>customer</c> or <c>shop</c>.</param>
    /// <param name="attempt">How many messages about the occasion came before, so that a fall-back or repetition does not collide.</param>
    public string Create(OrderKey order, string occasion, string role, int attempt) => Create(order.Shop, order.Id, occasion, role, attempt);

    /// <summary>The same for a ticket. Its messages have occasions of their own, so that no order's id can collide with its number.</summary>
    public string OfTicket(TicketKey ticket, string occasion, string role, int attempt) =>
        Create(ticket.Shop, string.Create(CultureInfo.InvariantCulture, $"ticket/{ticket.Number}"), occasion, role, attempt);

    private string Create(string shop, string subject, string occasion, string role, int attempt)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in (ReadOnlySpan<string>)[shop, subject, occasion, role])
        {
            // The length goes first: otherwise shop "a", order "bc" and shop "ab", order "c" would be one.
            var bytes = Encoding.UTF8.GetBytes(part);
            hmac.AppendData(Number(bytes.Length));
            hmac.AppendData(bytes);
        }

        hmac.AppendData(Number(attempt));
        return Convert.ToHexStringLower(hmac.GetHashAndReset().AsSpan(0, Length));
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
