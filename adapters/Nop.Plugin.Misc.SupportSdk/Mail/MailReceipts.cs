using System.Globalization;
using Nop.Core.Domain.Messages;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Data;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Plugin.Misc.SupportSdk.Tasks;
using Nop.Services.Media;
using Support.Sdk.Deliveries;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Reads in the shop's mail queue what became of our mail, and tells the engine. What is settled is not looked at again.</summary>
internal sealed class MailReceipts(IRepository<QueuedDelivery> deliveries, IRepository<QueuedEmail> queue, IDownloadService downloads, TimeProvider time)
    : ITurn
{
    /// <summary>How often the shop tries, before it leaves a mail in its queue for good.</summary>
    public const int MaxTries = 3;

    private const int Batch = 200;

    public async Task RunAsync(SupportEngine engine, CancellationToken cancellationToken)
    {
        var after = 0;
        while (await NextAsync(after) is { Count: > 0 } open)
        {
            cancellationToken.ThrowIfCancellationRequested();
            after = open[^1].Id;
            var ids = open.ConvertAll(delivery => delivery.QueuedEmailId);
            var rows = await queue
                .Table.Where(mail => ids.Contains(mail.Id))
                .Select(mail => new QueueRow(mail.Id, mail.CreatedOnUtc, mail.SentOnUtc, mail.SentTries))
                .ToListAsync();
            var known = rows.ToDictionary(row => row.Id);
            foreach (var delivery in open)
            {
                var row = known.GetValueOrDefault(delivery.QueuedEmailId);
                await LookAsync(engine, delivery, row is not null && delivery.IsQueuedOn(row.CreatedOnUtc) ? row : null, cancellationToken);
            }
        }
    }

    private Task<List<QueuedDelivery>> NextAsync(int after) =>
        deliveries.Table.Where(delivery => delivery.SettledOnUtc == null && delivery.Id > after).OrderBy(delivery => delivery.Id).Take(Batch).ToListAsync();

    private async Task LookAsync(SupportEngine engine, QueuedDelivery delivery, QueueRow? row, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (ReceiptOf(delivery, row, now) is not { } receipt)
        {
            return;
        }

        // A store that is no longer served has nobody to tell.
        if (engine.Serves(receipt.ShopId))
        {
            await engine.Intake.AcceptAsync([receipt], cancellationToken);
        }

        await RemoveFileAsync(delivery, row);
        delivery.SettledOnUtc = now.UtcDateTime;
        await deliveries.UpdateAsync(delivery, publishEvent: false);
    }

    // Given to the engine twice, a receipt counts once.
    private static DeliveryReceipt? ReceiptOf(QueuedDelivery delivery, QueueRow? row, DateTimeOffset now)
    {
        var receipt = new DeliveryReceipt
        {
            Source = "nopcommerce-queue",
            EventId = $"{delivery.DeliveryId}:{delivery.QueuedEmailId.ToString(CultureInfo.InvariantCulture)}",
            ShopId = StoreShops.IdOf(delivery.StoreId),
            DeliveryId = delivery.DeliveryId,
            Arrived = false,
            Bounce = BounceKind.NotSent,
            At = now,
        };
        return row switch
        {
            null => receipt with { Reason = "The mail was taken out of the shop's queue before it was seen to be sent." },
            { SentOnUtc: { } sent } => receipt with { Arrived = true, At = ShopValues.Utc(sent) },
            { SentTries: >= MaxTries } => receipt with
            {
                Reason = $"The shop's mail server did not take the mail in {MaxTries} tries; the shop's log says why.",
            },
            _ => null,
        };
    }

    // A mail that failed may be put back into the queue by a person, with its file.
    private async Task RemoveFileAsync(QueuedDelivery delivery, QueueRow? row)
    {
        if (delivery.DownloadId is { } id && row is null or { SentOnUtc: not null } && await downloads.GetDownloadByIdAsync(id) is { } file)
        {
            await downloads.DeleteDownloadAsync(file);
        }
    }

    private sealed record QueueRow(int Id, DateTime CreatedOnUtc, DateTime? SentOnUtc, int SentTries);
}
