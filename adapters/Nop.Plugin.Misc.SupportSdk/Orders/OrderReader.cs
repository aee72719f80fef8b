using System.Globalization;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Data;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Configuration;
using Nop.Services.Directory;
using Nop.Services.Localization;
using Support.Sdk;
using Support.Sdk.Orders;
using static Nop.Plugin.Misc.SupportSdk.Setup.ShopValues;
using Order = Nop.Core.Domain.Orders.Order;
using OrderItem = Nop.Core.Domain.Orders.OrderItem;
using OrderStatus = Support.Sdk.Orders.OrderStatus;
using Parcel = Nop.Core.Domain.Shipping.Shipment;
using Shipment = Support.Sdk.Orders.Shipment;

namespace Nop.Plugin.Misc.SupportSdk.Orders;

/// <summary>Reads orders as the engine wants them, many with the same few queries.</summary>
internal sealed class OrderReader(
    IRepository<Order> orders,
    IRepository<OrderItem> items,
    IRepository<Product> products,
    IRepository<Parcel> parcels,
    IRepository<ShipmentItem> parcelItems,
    IRepository<Address> addresses,
    IRepository<OrderTransit> transits,
    ICountryService countries,
    ILanguageService languages,
    ISettingService settings
)
{
    /// <summary>Reads the orders of some ids; ids without an order are left out.</summary>
    public async Task<IReadOnlyList<OrderSnapshot>> ReadAsync(IReadOnlyCollection<int> ids)
    {
        var found = await orders.Table.Where(order => ids.Contains(order.Id)).ToListAsync();
        var lines = await items.Table.Where(item => ids.Contains(item.OrderId)).ToListAsync();
        var productIds = lines.Select(line => line.ProductId).Distinct().ToList();
        var addressIds = found.SelectMany(AddressIds).Distinct().ToList();
        var sent = await parcels.Table.Where(parcel => ids.Contains(parcel.OrderId)).ToListAsync();
        var sentIds = sent.ConvertAll(parcel => parcel.Id);
        var facts = new Facts
        {
            Lines = lines.ToLookup(line => line.OrderId),
            Products = (await products.Table.Where(product => productIds.Contains(product.Id)).ToListAsync()).ToDictionary(product => product.Id),
            Parcels = sent.ToLookup(parcel => parcel.OrderId),
            ParcelItems = (await parcelItems.Table.Where(item => sentIds.Contains(item.ShipmentId)).ToListAsync()).ToLookup(item => item.ShipmentId),
            Addresses = (await addresses.Table.Where(address => addressIds.Contains(address.Id)).ToListAsync()).ToDictionary(address => address.Id),
            Transits = (await transits.Table.Where(transit => ids.Contains(transit.OrderId)).ToListAsync()).ToLookup(transit => transit.OrderId),
        };
        var snapshots = new List<OrderSnapshot>(found.Count);
        foreach (var order in found)
        {
            snapshots.Add(await SnapshotAsync(order, facts));
        }

        return snapshots;
    }

    private async Task<OrderSnapshot> SnapshotAsync(Order order, Facts facts)
    {
        var billing = facts.Addresses.GetValueOrDefault(order.BillingAddressId);
        var destination = order.PickupInStore ? order.PickupAddressId : order.ShippingAddressId;
        var country = (destination is { } id ? facts.Addresses.GetValueOrDefault(id) : billing)?.CountryId;
        var language = order.CustomerLanguageId == 0 ? null : await languages.GetLanguageByIdAsync(order.CustomerLanguageId);
        return new OrderSnapshot
        {
            Source = "nopcommerce",
            Key = new OrderKey(StoreShops.IdOf(order.StoreId), order.Id.ToString(CultureInfo.InvariantCulture)),
            Number = Text(order.CustomOrderNumber),
            PlacedAt = Utc(order.CreatedOnUtc),
            PaidAt = order.PaidDateUtc is { } paid ? Utc(paid) : null,
            AwaitsPayment = await AwaitsPaymentAsync(order),
            Status = StatusOf(order, facts),
            RawStatus = order.Deleted ? "Deleted" : $"{(Nop.Core.Domain.Orders.OrderStatus)order.OrderStatusId}, {(ShippingStatus)order.ShippingStatusId}",
            Customer = CustomerOf(billing, Text(language?.LanguageCulture)),
            ShippingMethod = Text(order.ShippingMethod),
            TransitDays = facts.Transits[order.Id].FirstOrDefault()?.Days,
            DestinationCountry = country is { } countryId ? Text((await countries.GetCountryByIdAsync(countryId))?.TwoLetterIsoCode) : null,
            Items = [.. facts.Lines[order.Id].Select(line => Item(line, line.Quantity, facts))],
            Shipments = [.. facts.Parcels[order.Id].OrderBy(parcel => parcel.Id).Select(parcel => ShipmentOf(parcel, order, facts))],
        };
    }

    // Nothing travels of a downloaded order, and one that its customer fetches is not delivered. Where the parcels themselves say that all has
    // arrived, they are left to say it; otherwise the shop's word counts.
    private static OrderStatus StatusOf(Order order, Facts facts)
    {
        if (order.Deleted || order.OrderStatusId == (int)Nop.Core.Domain.Orders.OrderStatus.Cancelled)
        {
            return OrderStatus.Cancelled;
        }

        var isDelivered = order.ShippingStatusId == (int)ShippingStatus.Delivered;
        if (isDelivered && facts.Parcels[order.Id].Any() && facts.Parcels[order.Id].All(parcel => parcel.DeliveryDateUtc is not null))
        {
            return OrderStatus.Open;
        }

        var isDone = isDelivered || order.OrderStatusId == (int)Nop.Core.Domain.Orders.OrderStatus.Complete;
        return isDone || order.PickupInStore || order.ShippingStatusId == (int)ShippingStatus.ShippingNotRequired ? OrderStatus.Completed : OrderStatus.Open;
    }

    private async Task<bool> AwaitsPaymentAsync(Order order)
    {
        if (order.PaymentStatusId != (int)PaymentStatus.Pending)
        {
            return false;
        }

        var own = await settings.LoadSettingAsync<SupportSettings>(order.StoreId);
        return !(own.ShipsUnpaid ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Contains(order.PaymentMethodSystemName, StringComparer.OrdinalIgnoreCase);
    }

    private static OrderCustomer CustomerOf(Address? billing, string? culture) =>
        new()
        {
            Name = Text($"{billing?.FirstName} {billing?.LastName}"),
            Culture = culture,
            ContactPoints = Text(billing?.Email) is { } email && email.Contains('@', StringComparison.Ordinal) ? [new ContactPoint("email", email)] : [],
        };

    private static Shipment ShipmentOf(Parcel parcel, Order order, Facts facts)
    {
        var lines = facts.Lines[order.Id].ToDictionary(line => line.Id);
        return new Shipment
        {
            Id = parcel.Id.ToString(CultureInfo.InvariantCulture),
            TrackingNumber = Text(parcel.TrackingNumber),
            ShippedAt = parcel.ShippedDateUtc is { } shipped ? Utc(shipped) : null,
            DeliveredAt = parcel.DeliveryDateUtc is { } delivered ? Utc(delivered) : null,
            Items =
            [
                .. facts
                    .ParcelItems[parcel.Id]
                    .Where(item => lines.ContainsKey(item.OrderItemId))
                    .Select(item => Item(lines[item.OrderItemId], item.Quantity, facts)),
            ],
        };
    }

    private static Support.Sdk.Orders.OrderItem Item(OrderItem line, int quantity, Facts facts) =>
        new()
        {
            Name = Text(facts.Products.GetValueOrDefault(line.ProductId)?.Name) ?? "?",
            Sku = Text(facts.Products.GetValueOrDefault(line.ProductId)?.Sku),
            Quantity = Math.Max(1, quantity),
        };

    private static IEnumerable<int> AddressIds(Order order)
    {
        yield return order.BillingAddressId;
        if (order.ShippingAddressId is { } shipping)
        {
            yield return shipping;
        }

        if (order.PickupAddressId is { } pickup)
        {
            yield return pickup;
        }
    }

    private sealed record Facts
    {
        public required ILookup<int, OrderItem> Lines { get; init; }

        public required Dictionary<int, Product> Products { get; init; }

        public required ILookup<int, Parcel> Parcels { get; init; }

        public required ILookup<int, ShipmentItem> ParcelItems { get; init; }

        public required Dictionary<int, Address> Addresses { get; init; }

        public required ILookup<int, OrderTransit> Transits { get; init; }
    }
}
