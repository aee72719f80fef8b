using System.Globalization;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;
using NopOrder = Nop.Core.Domain.Orders.Order;
using NopOrderItem = Nop.Core.Domain.Orders.OrderItem;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>Keeps a ticket for each of the shop's return requests, so that a clock runs, and its status in step.</summary>
internal sealed class Returns(
    IRepository<ReturnRequest> requests,
    IRepository<NopOrderItem> items,
    IRepository<NopOrder> orders,
    IRepository<Product> products,
    IRepository<Address> addresses,
    Words words
)
{
    /// <summary>Whose acts the ticket's history names.</summary>
    public const string By = "nopcommerce";

    private const string RequestId = "returnId";
    private const string StatusId = "returnStatus";
    private const int MaxField = 500;
    private const int MaxComments = 20_000;

    /// <summary>What is promised for returns where the shop sets nothing else: an answer as for e-mail, and the end within 14 days, as a refund has to be made (Directive 2011/83/EU, Article 13).</summary>
    public static SlaPolicy Policy { get; } =
        new()
        {
            Name = "returns",
            When = new SlaCondition { Kinds = [TicketKind.Return] },
            Targets =
            [
                Answer(SlaMetric.FirstResponse),
                Answer(SlaMetric.NextResponse),
                new SlaTarget
                {
                    Metric = SlaMetric.Resolution,
                    Within = TimeSpan.FromDays(14),
                    Counts = SlaTime.Always,
                },
            ],
        };

    /// <summary>Hands a request over to be opened as a ticket, once however often it is called.</summary>
    public async Task AcceptAsync(SupportEngine engine, ReturnRequest request, CancellationToken cancellationToken)
    {
        if (engine.Serves(StoreShops.IdOf(request.StoreId)) && await OrderAsync(request) is { } order)
        {
            await engine.Intake.AcceptAsync([await MessageAsync(request, order)], cancellationToken);
        }
    }

    /// <summary>Brings the ticket of a request up to date.</summary>
    public async Task FollowAsync(SupportEngine engine, ReturnRequest request, CancellationToken cancellationToken)
    {
        if (!engine.Serves(StoreShops.IdOf(request.StoreId)) || await OrderAsync(request) is not { } order)
        {
            return;
        }

        if (await TicketAsync(engine, request, cancellationToken) is not { } ticket)
        {
            await engine.Intake.AcceptAsync([await MessageAsync(request, order)], cancellationToken);
            return;
        }

        var (was, isNow) = (ticket.Fields.GetValueOrDefault(StatusId), Text(request.ReturnRequestStatusId));
        var orderId = Text(order.Id);
        var hasOrder = ticket.Orders.Contains(orderId, StringComparer.Ordinal);
        var isSame = string.Equals(was, isNow, StringComparison.Ordinal);
        if (ticket.ErasedAt is not null || (isSame && hasOrder))
        {
            return;
        }

        var edit = new TicketEdit
        {
            Fields = new Dictionary<string, string>(StringComparer.Ordinal) { [StatusId] = isNow },
            AddOrders = hasOrder ? [] : [orderId],
            Status = isSame ? null : StatusOf(ticket, was, request),
            Reason = isSame
                ? null
                : await words.InAsync(order.CustomerLanguageId, "Return.Moved", Number(request), await StatusAsync(request, order.CustomerLanguageId)),
        };
        await engine.Get<ITicketDesk>().ChangeAsync(ticket.Key, edit, By, cancellationToken);
    }

    /// <summary>The return request that a ticket is about, or null.</summary>
    public async Task<ReturnRequest?> OfTicketAsync(Ticket ticket) =>
        ticket.Kind == TicketKind.Return
        && int.TryParse(ticket.Fields.GetValueOrDefault(RequestId), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && await requests.GetByIdAsync(id) is { } request
        && string.Equals(StoreShops.IdOf(request.StoreId), ticket.Key.Shop, StringComparison.Ordinal)
            ? request
            : null;

    /// <summary>The order that something comes back from.</summary>
    public async Task<NopOrder?> OrderAsync(ReturnRequest request) =>
        await items.GetByIdAsync(request.OrderItemId) is { } item ? await orders.GetByIdAsync(item.OrderId) : null;

    /// <summary>What comes back.</summary>
    public async Task<string> ItemAsync(ReturnRequest request)
    {
        var item = await items.GetByIdAsync(request.OrderItemId);
        var name = item is null ? null : (await products.GetByIdAsync(item.ProductId))?.Name;
        return string.Create(CultureInfo.InvariantCulture, $"{request.Quantity} × {Support.Sdk.Templates.PlainLine.Clean(name)}");
    }

    /// <summary>What the shop and its customer call it.</summary>
    public static string Number(ReturnRequest request) => Typed.Line(request.CustomNumber) ?? Text(request.Id);

    /// <summary>Whether nothing more happens to it.</summary>
    public static bool IsOver(int status) =>
        (ReturnRequestStatus)status
            is ReturnRequestStatus.ItemsRepaired
                or ReturnRequestStatus.ItemsRefunded
                or ReturnRequestStatus.RequestRejected
                or ReturnRequestStatus.Cancelled;

    /// <summary>How it stands, in words of ours: what the shop calls it, its customer reads on the page.</summary>
    public Task<string> StatusAsync(ReturnRequest request, int languageId) =>
        words.InAsync(
            languageId,
            $"Return.Status.{(Enum.IsDefined((ReturnRequestStatus)request.ReturnRequestStatusId) ? ((ReturnRequestStatus)request.ReturnRequestStatusId).ToString() : "Pending")}"
        );

    private static TicketStatus? StatusOf(Ticket ticket, string? was, ReturnRequest request)
    {
        var wasOver = int.TryParse(was, NumberStyles.None, CultureInfo.InvariantCulture, out var before) && IsOver(before);
        return IsOver(request.ReturnRequestStatusId) ? (ticket.IsOpen ? TicketStatus.Solved : null)
            : wasOver && ticket.Status == TicketStatus.Solved ? TicketStatus.Open
            : null;
    }

    private static async Task<Ticket?> TicketAsync(SupportEngine engine, ReturnRequest request, CancellationToken cancellationToken)
    {
        var query = new TicketQuery
        {
            Shop = StoreShops.IdOf(request.StoreId),
            OpenedBy = TicketOrigin.OfEvent(By, EventId(request)),
            Max = 1,
        };
        return await engine.Get<ITickets>().ListAsync(query, cancellationToken) is [var opened]
            ? await CustomerTickets.FollowAsync(engine, opened.Key, cancellationToken)
            : null;
    }

    // The order is added to the ticket afterwards: named here, the word would go on with whatever ticket the order has already.
    private async Task<InboundMessage> MessageAsync(ReturnRequest request, NopOrder order)
    {
        var billing = await addresses.GetByIdAsync(order.BillingAddressId);
        var (language, number, item) = (order.CustomerLanguageId, Number(request), await ItemAsync(request));
        var text = await words.InAsync(
            language,
            "Return.Text",
            item,
            order.CustomOrderNumber ?? "",
            Cut(request.ReasonForReturn),
            Cut(request.RequestedAction)
        );
        var comments = Typed.Text(request.CustomerComments);
        return new InboundMessage
        {
            Source = By,
            EventId = EventId(request),
            ShopId = StoreShops.IdOf(request.StoreId),
            Channel = "form",
            From = Typed.Line(billing?.Email) is { } email ? new ContactPoint("email", email) : null,
            Name = Typed.Line($"{billing?.FirstName} {billing?.LastName}"),
            Subject = await words.InAsync(language, "Return.Subject", number, order.CustomOrderNumber ?? ""),
            Text = comments.Length == 0 ? text : $"{text}\n\n{comments[..Math.Min(comments.Length, MaxComments)]}",
            SentAt = ShopValues.Utc(request.CreatedOnUtc),
            Kind = TicketKind.Return,
            Fields = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [CustomerTickets.Account] = CustomerTickets.Id(request.CustomerId),
                [RequestId] = Text(request.Id),
                ["returnNumber"] = number,
                ["returnReason"] = Cut(request.ReasonForReturn),
                [StatusId] = Text((int)ReturnRequestStatus.Pending),
            },
            // The shop itself tells its customer that the request arrived.
            IsAutomatic = true,
        };
    }

    private static SlaTarget Answer(SlaMetric metric) =>
        new()
        {
            Metric = metric,
            Within = TimeSpan.FromHours(24),
            Counts = SlaTime.OpenDays,
        };

    private static string EventId(ReturnRequest request) => $"return-{Text(request.Id)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Cut(string? text) => Typed.Line(text) is { } line ? line[..Math.Min(line.Length, MaxField)] : "";
}
