using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>Reads the log of what was told in a store.</summary>
internal sealed class MessagePages(OrderPages orders)
{
    public const int PageSize = 50;
    public const int MaxHeld = 1000;

    public async Task<MessageListModel> ListAsync(DeskStore store, MessageListModel asked, CancellationToken cancellationToken)
    {
        var held = await HeldAsync(store, cancellationToken);
        OrderKey? key = null;
        if (asked.Order is { } number)
        {
            if (await orders.FindAsync(store.Id, number) is not { } id)
            {
                return asked with { Held = held.Count };
            }

            key = new OrderKey(store.Shop.Id, FormattableString.Invariant($"{id}"));
        }

        var query = new DeliveryQuery
        {
            Shop = store.Shop.Id,
            Order = key,
            States = States(asked.Show),
            After = asked.After,
            Max = PageSize + 1,
        };
        var found = await store.Get<IDeliveryDesk>().ListAsync(query, cancellationToken);
        return asked with
        {
            Rows = [.. found.Take(PageSize).Select(delivery => Row(store, delivery))],
            Next = found.Count > PageSize ? found[PageSize - 1].Message.Id : null,
            Held = held.Count,
        };
    }

    /// <summary>The messages of a store that wait for an approval, the newest first.</summary>
    public static Task<IReadOnlyList<MessageDelivery>> HeldAsync(DeskStore store, CancellationToken cancellationToken) =>
        store
            .Get<IDeliveryDesk>()
            .ListAsync(
                new DeliveryQuery
                {
                    Shop = store.Shop.Id,
                    States = [DeliveryState.Held],
                    Max = MaxHeld,
                },
                cancellationToken
            );

    /// <summary>A message of a store, or null when the store has no such one.</summary>
    public static async Task<MessageDelivery?> FindAsync(DeskStore store, string id, CancellationToken cancellationToken) =>
        id.Length is > 0 and <= 200
        && await store
            .Get<IDeliveryDesk>()
            .ListAsync(
                new DeliveryQuery
                {
                    Id = id,
                    Shop = store.Shop.Id,
                    Max = 1,
                },
                cancellationToken
            )
            is [var found]
            ? found
            : null;

    public static MessageModel Whole(DeskStore store, MessageDelivery delivery)
    {
        var message = delivery.Message;
        var isOpen = delivery.State is DeliveryState.Pending or DeliveryState.Retry;
        return new MessageModel
        {
            Id = message.Id,
            DecidedAt = store.Times.Write(message.DecidedAt),
            Subject = message.Subject,
            Occasion = message.Occasion,
            To = message.To.Value,
            Order = message.Order?.Id,
            Ticket = message.Ticket?.Number,
            State = delivery.State,
            Reason = delivery.Reason,
            Store = store.Choice,
            ToName = message.ToName,
            From = message.FromName is { } name ? $"{name} <{message.From}>" : message.From,
            Channel = message.To.Channel,
            Culture = message.Culture,
            Text = message.Text,
            Html = message.Html,
            IsErased = message.IsErased,
            Attempts = delivery.Attempts,
            ChangedAt = store.Times.Write(delivery.ChangedAt),
            DueAt = isOpen ? store.Times.Write(delivery.DueAt) : null,
            SendBefore = isOpen || delivery.State == DeliveryState.Held ? store.Times.Write(delivery.SendBefore) : null,
            ProviderId = delivery.ProviderId,
        };
    }

    private static MessageRowModel Row(DeskStore store, MessageDelivery delivery) =>
        new()
        {
            Id = delivery.Message.Id,
            DecidedAt = store.Times.Write(delivery.Message.DecidedAt),
            Subject = delivery.Message.Subject,
            Occasion = delivery.Message.Occasion,
            To = delivery.Message.To.Value,
            Order = delivery.Message.Order?.Id,
            Ticket = delivery.Message.Ticket?.Number,
            State = delivery.State,
            Reason = delivery.Reason,
        };

    private static IReadOnlyList<DeliveryState> States(MessageShow show) =>
        show switch
        {
            MessageShow.Held => [DeliveryState.Held, DeliveryState.InDoubt],
            MessageShow.Waiting => [DeliveryState.Pending, DeliveryState.Sending, DeliveryState.Retry],
            MessageShow.Told => [DeliveryState.Accepted, DeliveryState.Delivered],
            MessageShow.Trouble => [DeliveryState.Bounced, DeliveryState.Rejected, DeliveryState.Failed, DeliveryState.InDoubt],
            MessageShow.Unsent => [DeliveryState.Suppressed, DeliveryState.Superseded, DeliveryState.Expired],
            _ => [],
        };
}
