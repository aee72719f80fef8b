using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Intake;

/// <summary>Applies what providers say later about messages that they had accepted.</summary>
internal static class Receipts
{
    public static async Task<InboxResult> ApplyAsync(
        InboxEntry entry,
        DeliveryReceipt receipt,
        IOutboxStore outbox,
        ContactHealthWatch contacts,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var result = await ApplyAsync(entry, receipt, outbox, now, cancellationToken);
        if (result.State == InboxState.Done)
        {
            // Also when the delivery had ended: a complaint follows an arrival.
            await contacts.HearAsync(receipt, cancellationToken);
        }

        return result;
    }

    private static async Task<InboxResult> ApplyAsync(
        InboxEntry entry,
        DeliveryReceipt receipt,
        IOutboxStore outbox,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var to = Outcome(receipt);
        foreach (var from in Before(to))
        {
            if ((await outbox.SaveAsync([Update(receipt, from, to, now)], cancellationToken)).Count == 0)
            {
                return new InboxResult
                {
                    Id = entry.Id,
                    LeaseToken = entry.LeaseToken,
                    State = InboxState.Done,
                };
            }
        }

        return await MissedAsync(entry, receipt, outbox, now, cancellationToken);
    }

    private static DeliveryState Outcome(DeliveryReceipt receipt) =>
        receipt.Arrived ? DeliveryState.Delivered
        : receipt.Bounce == BounceKind.NotSent ? DeliveryState.Failed
        : DeliveryState.Bounced;

    // A receipt may overtake the record of the attempt, and a bounce may follow a first word of arrival.
    private static IEnumerable<DeliveryState> Before(DeliveryState outcome) =>
        outcome == DeliveryState.Bounced
            ? [DeliveryState.Accepted, DeliveryState.InDoubt, DeliveryState.Delivered]
            : [DeliveryState.Accepted, DeliveryState.InDoubt];

    private static async Task<InboxResult> MissedAsync(
        InboxEntry entry,
        DeliveryReceipt receipt,
        IOutboxStore outbox,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var found = await outbox.ListAsync(new DeliveryQuery { Id = receipt.DeliveryId, Shop = receipt.Shop }, cancellationToken);
        return found is [{ State: DeliveryState.Pending or DeliveryState.Sending or DeliveryState.Retry }]
            ? InboxRetry.After(entry, "The message is not yet recorded as accepted.", now)
            : new InboxResult
            {
                Id = entry.Id,
                LeaseToken = entry.LeaseToken,
                State = InboxState.Done,
                Reason = found.Count == 0 ? "No such delivery." : "The delivery had ended already.",
            };
    }

    private static DeliveryUpdate Update(DeliveryReceipt receipt, DeliveryState from, DeliveryState to, DateTimeOffset now) =>
        new()
        {
            Id = receipt.DeliveryId,
            From = from,
            To = to,
            At = now,
            Reason = receipt.Reason,
        };
}
