using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Orders;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Writes into the notes of an order, for the customer to see, what was told about it and when.</summary>
/// <remarks>The notes are read first, also those that a person hid: called again, it writes nothing twice.</remarks>
internal sealed class OrderNotes(IServiceScopeFactory scopes, IOutboxStore outbox, IReadOnlyList<Shop> shops) : IOrderWriteBack
{
    public bool Serves(string shop) => shops.Any(known => string.Equals(known.Id, shop, StringComparison.Ordinal));

    public async Task WriteAsync(WatchedOrder order, DelayAssessment assessment, CancellationToken cancellationToken = default)
    {
        var told = order
            .Notices.Where(notice => notice.Kind is not NoticeKinds.ShopAlert && notice.State is DeliveryState.Accepted or DeliveryState.Delivered)
            .Select(notice => notice.DeliveryId)
            .ToHashSet(StringComparer.Ordinal);
        if (
            told.Count == 0
            || order.ErasedAt is not null
            || StoreShops.StoreIdOf(order.Key.Shop) is not { } storeId
            || !int.TryParse(order.Key.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var orderId)
        )
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        if (!(await services.GetRequiredService<ISettingService>().LoadSettingAsync<SupportSettings>(storeId)).WritesOrderNotes)
        {
            return;
        }

        var orders = services.GetRequiredService<IOrderService>();
        if (await orders.GetOrderByIdAsync(orderId) is not { } shopOrder)
        {
            return;
        }

        var deliveries = await outbox.ListAsync(new DeliveryQuery { Shop = order.Key.Shop, Order = order.Key }, cancellationToken);
        var notes = (await orders.GetOrderNotesByOrderIdAsync(orderId)).ToList();
        foreach (var message in deliveries.Select(delivery => delivery.Message).Where(message => told.Contains(message.Id) && !message.IsErased).Reverse())
        {
            // Databases differ in the parts of a second that they keep.
            var at = new DateTime(message.DecidedAt.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
            if (!notes.Exists(note => Second(note.CreatedOnUtc) == Second(at) && note.Note?.Contains(message.Subject, StringComparison.Ordinal) == true))
            {
                var words = await services
                    .GetRequiredService<ILocalizationService>()
                    .GetResourceAsync($"{SupportDefaults.ResourcePrefix}.Mail.OrderNote", shopOrder.CustomerLanguageId, defaultValue: "{0}: {1}");
                var note = new OrderNote
                {
                    OrderId = orderId,
                    Note = words
                        .Replace("{0}", Day(message.DecidedAt, order.Key.Shop), StringComparison.Ordinal)
                        .Replace("{1}", message.Subject, StringComparison.Ordinal),
                    DisplayToCustomer = true,
                    CreatedOnUtc = at,
                };
                await orders.InsertOrderNoteAsync(note);
                notes.Add(note);
            }
        }
    }

    private string Day(DateTimeOffset moment, string shop)
    {
        var name = shops.FirstOrDefault(known => string.Equals(known.Id, shop, StringComparison.Ordinal))?.TimeZone ?? "UTC";
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : TimeZoneInfo.Utc;
        return TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static long Second(DateTime moment) => moment.Ticks / TimeSpan.TicksPerSecond;
}
