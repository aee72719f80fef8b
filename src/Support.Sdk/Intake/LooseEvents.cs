using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Storefronts;
using Support.Sdk.Tickets;

namespace Support.Sdk.Intake;

/// <summary>Applies events that change no order: what providers say about messages, what customers write, messages in trouble, and what is asked about stored data.</summary>
internal sealed class LooseEvents(
    IInboxStore inbox,
    IOutboxStore outbox,
    ContactHealthWatch contacts,
    TicketWatch tickets,
    PrivacyWatch privacy,
    TimeProvider time
)
{
    public async Task ApplyAsync(IReadOnlyList<InboxEntry> entries, CancellationToken cancellationToken)
    {
        var results = new List<InboxResult>(entries.Count);
        foreach (var entry in entries)
        {
            if (await ApplyAsync(entry, cancellationToken) is { } result)
            {
                results.Add(result);
            }
        }

        if (results.Count > 0)
        {
            await inbox.SaveAsync(results, cancellationToken);
        }
    }

    private async Task<InboxResult?> ApplyAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return SupportJson.ReadEvent(entry.Body) switch
            {
                DeliveryReceipt receipt => await Receipts.ApplyAsync(entry, receipt, outbox, contacts, time.GetUtcNow(), cancellationToken),
                (InboundMessage or DeliveryTrouble) and var about => await tickets.ApplyAsync(entry, about, cancellationToken),
                PrivacyRequested request => await privacy.ApplyAsync(entry, request, cancellationToken),
                _ => new InboxResult
                {
                    Id = entry.Id,
                    LeaseToken = entry.LeaseToken,
                    State = InboxState.Parked,
                    Reason = "The event is about an order, and names none.",
                },
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return InboxRetry.After(entry, exception.Message, time.GetUtcNow());
        }
    }
}
