using System.Transactions;
using Nop.Core.Domain.Messages;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Data;
using Nop.Services.Media;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Takes mail of ours out of the shop's queue, sent or not, with its file and our own row: all of it or nothing.</summary>
internal sealed class MailRemoval(IRepository<QueuedDelivery> deliveries, IRepository<QueuedEmail> queue, IDownloadService downloads)
{
    /// <summary>Removes the mail of deliveries.</summary>
    public async Task RemoveAsync(IEnumerable<string> deliveryIds)
    {
        var ids = deliveryIds.ToList();
        await RemoveAsync(await deliveries.Table.Where(delivery => ids.Contains(delivery.DeliveryId)).ToListAsync());
    }

    /// <summary>Removes all mail to an address, also what the engine has kept long enough and does not know any more.</summary>
    public async Task RemoveToAsync(string address)
    {
        var found = await queue
            .Table.Where(mail => mail.To == address)
            .Join(deliveries.Table, mail => mail.Id, delivery => delivery.QueuedEmailId, (mail, delivery) => new { Delivery = delivery, mail.CreatedOnUtc })
            .ToListAsync();
        await RemoveAsync([.. found.Where(mail => mail.Delivery.IsQueuedOn(mail.CreatedOnUtc)).Select(mail => mail.Delivery)]);
    }

    private async Task RemoveAsync(List<QueuedDelivery> found)
    {
        using var scope = new TransactionScope(
            TransactionScopeOption.RequiresNew,
            new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted },
            TransactionScopeAsyncFlowOption.Enabled
        );
        foreach (var delivery in found)
        {
            var (id, mailId) = (delivery.Id, delivery.QueuedEmailId);
            var (from, to) = (delivery.CreatedOnUtc - QueuedDelivery.Precision, delivery.CreatedOnUtc + QueuedDelivery.Precision);
            await queue.DeleteAsync(mail => mail.Id == mailId && mail.CreatedOnUtc >= from && mail.CreatedOnUtc <= to);
            if (delivery.DownloadId is { } file && await downloads.GetDownloadByIdAsync(file) is { } download)
            {
                await downloads.DeleteDownloadAsync(download);
            }

            await deliveries.DeleteAsync(known => known.Id == id);
        }

        scope.Complete();
    }
}
