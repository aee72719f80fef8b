using Support.Sdk.Deliveries;

namespace Support.Sdk.Contacts;

/// <summary>Supersedes messages that wait to be sent to somebody who may no longer get them. Their orders fall due and are decided again.</summary>
internal sealed class WaitingMessages(IOutboxStore outbox, TimeProvider time)
{
    private const int Page = 100;

    public async Task SupersedeAsync(
        string shop,
        ContactPoint point,
        Func<OutboundMessage, bool> isUnwanted,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var query = new DeliveryQuery
        {
            Shop = shop,
            To = point,
            States = [DeliveryState.Pending, DeliveryState.Retry, DeliveryState.Held],
            Max = Page,
        };
        IReadOnlyList<MessageDelivery> found;
        do
        {
            found = await outbox.ListAsync(query, cancellationToken);
            var updates = found.Where(delivery => isUnwanted(delivery.Message)).Select(delivery => Update(delivery, reason)).ToList();
            if (updates.Count > 0)
            {
                await outbox.SaveAsync(updates, cancellationToken);
            }

            query = query with { After = found.Count > 0 ? found[^1].Message.Id : null };
        } while (found.Count == Page);
    }

    private DeliveryUpdate Update(MessageDelivery delivery, string reason) =>
        new()
        {
            Id = delivery.Message.Id,
            From = delivery.State,
            To = DeliveryState.Superseded,
            At = time.GetUtcNow(),
            Reason = reason,
        };
}
