using System.Globalization;
using System.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Data;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Messages;
using Support.Sdk.Deliveries;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Puts e-mail into the shop's own queue, each delivery once. What the queue says later comes with <see cref="MailReceipts"/>.</summary>
internal sealed class QueuedMailChannel(IServiceScopeFactory scopes, TimeProvider time) : IChannel
{
    public string Name => "email";

    public ChannelTraits Traits { get; } = new() { Idempotent = true, Parallelism = 2 };

    public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (StoreShops.StoreIdOf(message.Shop) is not { } storeId)
        {
            return DeliveryResult.Rejected("The message belongs to no store.");
        }

        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<MailQueue>().AddAsync(message, storeId, time.GetUtcNow());
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return await AfterFaultAsync(message.Id, fault);
        }
    }

    // Another node was faster, or only the answer was lost: the row says so. Otherwise nothing was written, and it is tried again.
    private async Task<DeliveryResult> AfterFaultAsync(string deliveryId, Exception fault)
    {
        // The text of a database's fault can quote values.
        var reason = $"The shop's database did not take the mail ({fault.GetType().Name}).";
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var found = await scope.ServiceProvider.GetRequiredService<MailQueue>().FindAsync(deliveryId);
            return found is null ? DeliveryResult.Retry(reason) : MailQueue.Accepted(found);
        }
        catch (Exception again) when (again is not OperationCanceledException)
        {
            return DeliveryResult.Retry(reason);
        }
    }
}

/// <summary>Writes into the shop's mail queue and our own table, both or neither.</summary>
internal sealed class MailQueue(IRepository<QueuedDelivery> deliveries, IQueuedEmailService queue, MailWriter writer)
{
    public static DeliveryResult Accepted(QueuedDelivery delivery) => DeliveryResult.Accepted(delivery.QueuedEmailId.ToString(CultureInfo.InvariantCulture));

    public Task<QueuedDelivery?> FindAsync(string deliveryId) =>
        deliveries.Table.Where(delivery => delivery.DeliveryId == deliveryId).FirstOrDefaultAsync() as Task<QueuedDelivery?>;

    public async Task<DeliveryResult> AddAsync(OutboundMessage message, int storeId, DateTimeOffset now)
    {
        // The account is read before: inside, each connection is closed before the next is opened, so that one transaction holds them all.
        var letter = await writer.WriteAsync(message, storeId, now);
        if (letter.Refusal is { } refusal)
        {
            return refusal;
        }

        using var scope = new TransactionScope(
            TransactionScopeOption.RequiresNew,
            new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted },
            TransactionScopeAsyncFlowOption.Enabled
        );
        if (await FindAsync(message.Id) is { } known)
        {
            scope.Complete();
            return Accepted(known);
        }

        var mail = letter.Mail!;
        mail.AttachedDownloadId = await writer.StoreAsync(letter.File);
        await queue.InsertQueuedEmailAsync(mail);
        var delivery = new QueuedDelivery
        {
            DeliveryId = message.Id,
            QueuedEmailId = mail.Id,
            StoreId = storeId,
            DownloadId = mail.AttachedDownloadId == 0 ? null : mail.AttachedDownloadId,
            CreatedOnUtc = now.UtcDateTime,
        };
        await deliveries.InsertAsync(delivery, publishEvent: false);
        scope.Complete();
        return Accepted(delivery);
    }
}
