using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Data;
using Nop.Services.Directory;
using static Nop.Plugin.Misc.SupportSdk.Setup.ShopValues;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>When one past order was complete, shipped and delivered.</summary>
internal sealed record PastShipping
{
    public required int OrderId { get; init; }

    public string? Method { get; init; }

    /// <summary>Two letters, or null when the shop does not say.</summary>
    public string? Country { get; init; }

    /// <summary>Placed, or paid later: from then on days count.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When the first parcel was shipped, or null.</summary>
    public DateTimeOffset? Shipped { get; init; }

    /// <summary>When the last parcel arrived, or null while one has not.</summary>
    public DateTimeOffset? Delivered { get; init; }

    /// <summary>How many parcels were shipped.</summary>
    public int ShippedParcels { get; init; }

    /// <summary>How many of them have a delivery date.</summary>
    public int DeliveredParcels { get; init; }
}

/// <summary>Reads what the shop itself knows of its past orders, with three queries.</summary>
internal sealed class PromiseHistory(IRepository<Order> orders, IRepository<Shipment> parcels, IRepository<Address> addresses, ICountryService countries)
{
    /// <summary>How far back it reads.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(180);

    /// <summary>The most orders that it reads, the newest.</summary>
    public const int Most = 20_000;

    /// <param name="storeId">The store, or 0 for all.</param>
    /// <param name="now">The end.</param>
    public async Task<IReadOnlyList<PastShipping>> ReadAsync(int storeId, DateTimeOffset now)
    {
        var from = (now - Span).UtcDateTime;
        var known = Known(storeId, from);
        var newest = await known.OrderByDescending(order => order.Id).Select(order => order.Id).Take(Most).ToListAsync();
        if (newest.Count == 0)
        {
            return [];
        }

        var oldest = newest[^1];
        var read = Known(storeId, from).Where(order => order.Id >= oldest);
        var rows = await read.Select(order => new
            {
                order.Id,
                order.ShippingMethod,
                order.CreatedOnUtc,
                order.PaidDateUtc,
            })
            .ToListAsync();
        var sent = await read.Join(
                parcels.Table,
                order => order.Id,
                parcel => parcel.OrderId,
                (order, parcel) =>
                    new
                    {
                        parcel.OrderId,
                        parcel.ShippedDateUtc,
                        parcel.DeliveryDateUtc,
                    }
            )
            .ToListAsync();
        var homes = await read.Where(order => order.ShippingAddressId != null)
            .Join(addresses.Table, order => order.ShippingAddressId, address => (int?)address.Id, (order, address) => new { order.Id, address.CountryId })
            .ToListAsync();
        var codes = (await countries.GetAllCountriesAsync(showHidden: true)).ToDictionary(country => country.Id, country => Text(country.TwoLetterIsoCode));
        var byOrder = sent.Where(parcel => parcel.ShippedDateUtc != null).ToLookup(parcel => parcel.OrderId);
        var home = homes.ToDictionary(one => one.Id, one => one.CountryId);
        return
        [
            .. rows.Select(row =>
            {
                var shipped = byOrder[row.Id].ToList();
                return new PastShipping
                {
                    OrderId = row.Id,
                    Method = Text(row.ShippingMethod),
                    Country = home.GetValueOrDefault(row.Id) is { } country ? codes.GetValueOrDefault(country) : null,
                    From = Utc(row.PaidDateUtc > row.CreatedOnUtc ? row.PaidDateUtc.Value : row.CreatedOnUtc),
                    Shipped = shipped.Count == 0 ? null : Utc(shipped.Min(parcel => parcel.ShippedDateUtc!.Value)),
                    Delivered =
                        shipped.Count == 0 || shipped.Exists(parcel => parcel.DeliveryDateUtc is null)
                            ? null
                            : Utc(shipped.Max(parcel => parcel.DeliveryDateUtc!.Value)),
                    ShippedParcels = shipped.Count,
                    DeliveredParcels = shipped.Count(parcel => parcel.DeliveryDateUtc is not null),
                };
            }),
        ];
    }

    // Orders that nothing of is sent tell nothing about how long sending takes.
    private IQueryable<Order> Known(int storeId, DateTime from) =>
        orders.Table.Where(order =>
            (storeId == 0 || order.StoreId == storeId)
            && order.CreatedOnUtc >= from
            && !order.Deleted
            && !order.PickupInStore
            && order.OrderStatusId != (int)OrderStatus.Cancelled
            && order.ShippingStatusId != (int)ShippingStatus.ShippingNotRequired
        );
}
