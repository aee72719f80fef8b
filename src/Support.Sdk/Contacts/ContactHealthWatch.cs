using Microsoft.Extensions.Logging;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Contacts;

/// <summary>Draws the conclusions about contact points from what becomes of messages.</summary>
internal sealed partial class ContactHealthWatch(ContactBook book, IOutboxStore outbox, TimeProvider time, ILogger<ContactHealthWatch> logger)
{
    /// <summary>Applies a provider's later word.</summary>
    public async Task HearAsync(DeliveryReceipt receipt, CancellationToken cancellationToken)
    {
        if (receipt is { Arrived: false, Bounce: BounceKind.NotSent })
        {
            return;
        }

        var found = await outbox.ListAsync(new DeliveryQuery { Id = receipt.DeliveryId, Shop = receipt.Shop }, cancellationToken);
        if (found is not [{ Message: { IsErased: false } message }])
        {
            return;
        }

        var now = time.GetUtcNow();
        await ApplyAsync(
            message,
            contact =>
                receipt.Complained ? ContactRules.Complained(contact, now)
                : receipt.Arrived ? ContactRules.Alive(contact)
                : ContactRules.Bounced(contact, receipt.Bounce, now),
            cancellationToken
        );
    }

    /// <summary>Applies a provider's refusal, which is a hard bounce that came at once.</summary>
    public Task RefusedAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ApplyAsync(message, contact => ContactRules.Bounced(contact, BounceKind.Hard, now), cancellationToken);
    }

    private async Task ApplyAsync(OutboundMessage message, Func<Contact, Contact> apply, CancellationToken cancellationToken)
    {
        var (contact, isChanged) = await book.ChangeAsync(
            message.Shop,
            message.To,
            known => apply(known) is var next && next != known ? new ContactChange { Contact = next } : null,
            cancellationToken
        );
        if (isChanged)
        {
            LogHealth(message.Shop, contact.Key, contact.Health);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Contact {Contact} of shop {Shop} is {Health}.")]
    private partial void LogHealth(string shop, string contact, ContactHealth health);
}
