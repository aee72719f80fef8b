using Support.Sdk.Deliveries;

namespace Support.Sdk.Relational;

/// <summary>Messages as they are stored, with the lease of those that are claimed as they come in.</summary>
internal sealed class NewMessages
{
    /// <summary>The columns of what is said.</summary>
    public const string Texts = "id, shop, order_id, occasion, channel, recipient, decided_at, message";

    /// <summary>The columns of what becomes of it.</summary>
    public const string States = "id, shop, order_id, channel, state, due_at, send_before, attempts, changed_at, reason";

    private readonly List<(MessageDelivery Delivery, TimeSpan Lease)> _leased;

    private NewMessages(List<(MessageDelivery Delivery, TimeSpan Lease)> leased)
    {
        _leased = leased;
        HasClaims = leased.Exists(row => row.Lease > TimeSpan.Zero);
        Rows = HasClaims ? Leased.Of(leased) : Plain.Of(leased);
    }

    /// <summary>Messages that are only added.</summary>
    public static RowShape<(MessageDelivery Delivery, TimeSpan Lease)> Plain { get; } = Shape("@rows");

    /// <summary>Messages of which some are claimed: the column <c>lease</c> is 0 for the others.</summary>
    public static RowShape<(MessageDelivery Delivery, TimeSpan Lease)> Leased { get; } = Shape("@leased").Number("lease", row => Micros.Length(row.Lease));

    public bool HasClaims { get; }

    public int Count => _leased.Count;

    /// <summary>The parameter of the statements: of <see cref="Leased"/> when some are claimed, of <see cref="Plain"/> otherwise.</summary>
    public (string Name, object? Value) Rows { get; }

    public IEnumerable<MessageDelivery> Deliveries => _leased.Select(row => row.Delivery);

    /// <summary>Writes messages down.</summary>
    /// <param name="deliveries">The messages.</param>
    /// <param name="claims">What of them may be claimed; at most one for a channel.</param>
    public static NewMessages Of(IEnumerable<MessageDelivery> deliveries, IReadOnlyList<OutboxClaim> claims)
    {
        var left = claims.ToDictionary(claim => claim.Channel, claim => claim.Max, StringComparer.Ordinal);
        var leased = new List<(MessageDelivery Delivery, TimeSpan Lease)>();
        foreach (var delivery in deliveries)
        {
            var claim = claims.FirstOrDefault(claim => string.Equals(claim.Channel, delivery.Message.To.Channel, StringComparison.Ordinal));
            var isClaimed = claim is not null && left[claim.Channel] > 0 && IsDue(delivery, claim.Now);
            leased.Add((delivery, isClaimed ? claim!.Lease : TimeSpan.Zero));
            if (isClaimed)
            {
                left[claim!.Channel]--;
            }
        }

        return new NewMessages(leased);
    }

    /// <summary>Those that are claimed, as somebody has them who has claimed them.</summary>
    /// <param name="seqs">The numbers of their rows, by their ids.</param>
    public IReadOnlyList<MessageDelivery> Claimed(IReadOnlyDictionary<string, long> seqs) =>
        [
            .. Deliveries
                .IntersectBy(seqs.Keys, delivery => delivery.Message.Id, StringComparer.Ordinal)
                .Select(delivery =>
                    delivery with
                    {
                        State = DeliveryState.Sending,
                        Attempts = delivery.Attempts + 1,
                        LeaseToken = LeaseTokens.Of(seqs[delivery.Message.Id], claims: 1),
                    }
                ),
        ];

    private static bool IsDue(MessageDelivery delivery, DateTimeOffset now) =>
        delivery.State == DeliveryState.Pending && delivery.DueAt <= now && (delivery.SendBefore is not { } before || before > now);

    private static RowShape<(MessageDelivery Delivery, TimeSpan Lease)> Shape(string parameter) =>
        new RowShape<(MessageDelivery Delivery, TimeSpan Lease)>(parameter)
            .Text("id", row => row.Delivery.Message.Id)
            .Text("shop", row => row.Delivery.Message.Shop)
            .Text("order_id", row => row.Delivery.Message.Order?.Id)
            .Text("occasion", row => row.Delivery.Message.Occasion)
            .Text("channel", row => row.Delivery.Message.To.Channel)
            .Text("recipient", row => OutboxStore.Recipient(row.Delivery.Message.To))
            .Number("decided_at", row => Micros.Down(row.Delivery.Message.DecidedAt))
            .Text("message", row => SupportJson.Write(row.Delivery.Message))
            .Text("state", row => row.Delivery.State.ToString())
            .Number("due_at", row => Micros.Up(row.Delivery.DueAt))
            .Number("send_before", row => Micros.Up(row.Delivery.SendBefore))
            .Number("attempts", row => row.Delivery.Attempts)
            .Number("changed_at", row => Micros.Down(row.Delivery.ChangedAt))
            .Text("reason", row => row.Delivery.Reason);
}
