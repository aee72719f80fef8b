using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Core.Domain.Gdpr;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Services.Events;
using Support.Sdk.Contacts;
using Support.Sdk.Intake;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Erases what the engine stores about a person, and before it the mail that the shop's queue has of the same messages.</summary>
/// <remarks>Cut off between the two, or when the queue cannot be changed, the erasure is repeated: the engine still knows the messages.</remarks>
internal sealed class MailErasure(IPrivacyStore store, IServiceScopeFactory scopes) : IPrivacyStore
{
    public async Task<ErasureRest> EraseAsync(ErasureBatch batch, CancellationToken cancellationToken = default)
    {
        if (batch.Messages.Count > 0)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<MailRemoval>().RemoveAsync(batch.Messages.Select(message => message.Id));
        }

        return await store.EraseAsync(batch, cancellationToken);
    }

    public Task<IReadOnlyList<InboxEntry>> WaitingAsync(string shop, long after, int max, CancellationToken cancellationToken = default) =>
        store.WaitingAsync(shop, after, max, cancellationToken);

    public Task<int> ForgetShopAsync(string shop, int max, CancellationToken cancellationToken = default) =>
        store.ForgetShopAsync(shop, max, cancellationToken);

    public Task<IReadOnlyList<ErasureResult>> ErasuresAsync(string shop, int max, CancellationToken cancellationToken = default) =>
        store.ErasuresAsync(shop, max, cancellationToken);

    public Task<int> RemoveAsync(RetentionCut cut, CancellationToken cancellationToken = default) => store.RemoveAsync(cut, cancellationToken);
}

/// <summary>Hears that a customer was erased, and takes our mail to the address out of the queue before another one is sent.</summary>
/// <remarks>It runs inside the shop's own request: whatever fails here is written down, without what it says of the person.</remarks>
internal sealed class ErasedCustomer(MailRemoval mail, EngineJournal journal) : IConsumer<CustomerPermanentlyDeleted>
{
    public async Task HandleEventAsync(CustomerPermanentlyDeleted eventMessage)
    {
        try
        {
            if (!string.IsNullOrWhiteSpace(eventMessage.Email))
            {
                await mail.RemoveToAsync(eventMessage.Email);
            }
        }
        catch (Exception exception)
        {
            journal.Add(
                LogLevel.Warning,
                $"The mail to customer {eventMessage.CustomerId}, who was erased, could not be taken out of the queue ({exception.GetType().Name}). Look through System > Message queue."
            );
        }
    }
}
