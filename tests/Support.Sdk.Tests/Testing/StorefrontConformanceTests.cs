using System.Globalization;
using System.Runtime.CompilerServices;
using Support.Sdk.Orders;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.Tests.Testing;

/// <summary>Each rule is shown an adapter that breaks it.</summary>
public sealed class StorefrontConformanceTests
{
    [Fact]
    public Task A_sound_adapter_passes() => StorefrontConformance.CheckAsync(Target(new BrokenStorefront()), TestContext.Current.CancellationToken);

    [Fact]
    public Task An_adapter_that_only_reads_passes() =>
        StorefrontConformance.CheckAsync(
            Target(new BrokenStorefront { ListedShops = [] }) with
            {
                WriteBack = null,
                DeliverAsync = null,
                TakeAwayAsync = null,
            },
            TestContext.Current.CancellationToken
        );

    [Fact]
    public Task One_that_serves_every_shop_fails() => FailsAsync("It serves its shop", new BrokenStorefront { ServesAll = true });

    [Fact]
    public Task One_that_loses_digits_of_ids_fails() =>
        FailsAsync(
            "what the customer ordered",
            new BrokenStorefront
            {
                Spoil = order =>
                    order with
                    {
                        Key = order.Key with { Id = double.Parse(order.Key.Id, CultureInfo.InvariantCulture).ToString("F0", CultureInfo.InvariantCulture) },
                    },
            }
        );

    [Fact]
    public Task One_that_forgets_the_customer_fails() =>
        FailsAsync("what the customer ordered", new BrokenStorefront { Spoil = order => order with { Customer = new OrderCustomer() } });

    [Fact]
    public Task One_that_knows_every_order_fails() => FailsAsync("never was", new BrokenStorefront { KnowsAll = true });

    [Fact]
    public Task One_that_calls_a_shipped_order_completed_fails() =>
        FailsAsync(
            "A parcel is read",
            new BrokenStorefront { Spoil = order => order.Shipments.Count > 0 ? order with { Status = OrderStatus.Completed } : order }
        );

    [Fact]
    public Task One_that_keeps_the_last_parcel_only_fails() =>
        FailsAsync("second parcel", new BrokenStorefront { Spoil = order => order with { Shipments = [.. order.Shipments.TakeLast(1)] } });

    [Fact]
    public Task One_that_sees_no_arrival_fails() =>
        FailsAsync(
            "An arrival",
            new BrokenStorefront { Spoil = order => order with { Shipments = [.. order.Shipments.Select(shipment => shipment with { DeliveredAt = null })] } }
        );

    [Fact]
    public Task One_that_reads_a_cancelled_order_as_open_fails() =>
        FailsAsync("cancelled order is cancelled", new BrokenStorefront { Spoil = order => order with { Status = OrderStatus.Open } });

    [Fact]
    public Task One_that_answers_while_it_is_away_fails() => FailsAsync("away is an exception and not", new BrokenStorefront { HidesTrouble = true });

    [Fact]
    public Task One_that_cannot_be_cancelled_fails() => FailsAsync("given up", new BrokenStorefront { IgnoresCancellation = true });

    [Fact]
    public Task One_that_lists_the_first_page_only_fails() => FailsAsync("goes to its end", new BrokenStorefront { List = orders => orders.Take(250) });

    [Fact]
    public Task One_that_lists_everything_fails() => FailsAsync("what did not", new BrokenStorefront { ListsAll = true });

    [Fact]
    public Task One_that_lists_the_latest_first_fails() => FailsAsync("oldest change", new BrokenStorefront { List = orders => orders.Reverse() });

    [Fact]
    public Task One_that_lists_less_than_it_reads_fails() =>
        FailsAsync("what a reading says", new BrokenStorefront { List = orders => orders.Select(order => order with { Shipments = [] }) });

    [Fact]
    public Task One_that_writes_twice_fails() => FailsAsync("not written again", new BrokenStorefront { WritesAlways = true });

    [Fact]
    public Task One_that_writes_nothing_fails() => FailsAsync("told is written", new BrokenStorefront { WritesNever = true });

    private static async Task FailsAsync(string rule, BrokenStorefront storefront)
    {
        var found = StorefrontConformance.Rules.Single(one => one.Name.Contains(rule, StringComparison.Ordinal));
        await Assert.ThrowsAsync<ConformanceException>(() => found.CheckAsync(Target(storefront), TestContext.Current.CancellationToken));
    }

    private static StorefrontUnderTest Target(BrokenStorefront storefront) =>
        new()
        {
            Shop = "main",
            Source = storefront,
            WriteBack = storefront,
            PlaceAsync = (order, _) => Task.FromResult(storefront.Place(order)),
            ShipAsync = (id, parcel, _) => storefront.Change(id, order => order with { Shipments = [.. order.Shipments, Parcel(order, parcel)] }),
            DeliverAsync = (id, number, _) =>
                storefront.Change(
                    id,
                    order =>
                        order with
                        {
                            Shipments =
                            [
                                .. order.Shipments.Select(one =>
                                    string.Equals(one.TrackingNumber, number, StringComparison.Ordinal) ? one with { DeliveredAt = Given.Monday } : one
                                ),
                            ],
                        }
                ),
            CancelAsync = (id, _) => storefront.Change(id, order => order with { Status = OrderStatus.Cancelled }),
            TakeAwayAsync = isAway =>
            {
                storefront.IsAway = isAway;
                return Task.CompletedTask;
            },
            CountWritesAsync = () => Task.FromResult(storefront.Writes),
        };

    private static Shipment Parcel(OrderSnapshot order, StorefrontParcel parcel) =>
        new()
        {
            Id = $"{order.Shipments.Count + 1}",
            Carrier = parcel.Carrier,
            TrackingNumber = parcel.TrackingNumber,
            TrackingUrl = parcel.Url,
            ShippedAt = Given.Monday,
        };

    /// <summary>A sound storefront in memory, until a test breaks a part of it.</summary>
    private sealed class BrokenStorefront : IOrderSource, IOrderWriteBack
    {
        private readonly Dictionary<string, OrderSnapshot> _orders = new(StringComparer.Ordinal);
        private readonly HashSet<string> _written = new(StringComparer.Ordinal);
        private long _next = 9007199254740993;
        private int _changes;

        public IReadOnlyCollection<string> ListedShops { get; init; } = ["main"];

        public Func<OrderSnapshot, OrderSnapshot> Spoil { get; init; } = order => order;

        public Func<IEnumerable<OrderSnapshot>, IEnumerable<OrderSnapshot>> List { get; init; } = orders => orders;

        public bool ServesAll { get; init; }

        public bool KnowsAll { get; init; }

        public bool ListsAll { get; init; }

        public bool HidesTrouble { get; init; }

        public bool IgnoresCancellation { get; init; }

        public bool WritesAlways { get; init; }

        public bool WritesNever { get; init; }

        public bool IsAway { get; set; }

        public int Writes { get; private set; }

        public string Place(StorefrontOrder order)
        {
            var id = _next.ToString(CultureInfo.InvariantCulture);
            _next += 2;
            _orders[id] = Given.Snapshot(id) with
            {
                UpdatedAt = Stamp(),
                ReadAt = null,
                DestinationCountry = order.Country,
                Items = [new OrderItem { Name = order.Item, Quantity = order.Quantity }],
                Customer = new OrderCustomer { ContactPoints = [new ContactPoint("email", order.Email)] },
            };
            return id;
        }

        public Task Change(string id, Func<OrderSnapshot, OrderSnapshot> change)
        {
            _orders[id] = change(_orders[id]) with { UpdatedAt = Stamp() };
            return Task.CompletedTask;
        }

        public bool Serves(string shop) => ServesAll || shop is "main";

        public Task<OrderSnapshot?> FindAsync(OrderKey key, CancellationToken cancellationToken = default)
        {
            if (!IgnoresCancellation)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (IsAway)
            {
                return HidesTrouble ? Task.FromResult<OrderSnapshot?>(null) : throw new HttpRequestException("Away.");
            }

            var found = _orders.GetValueOrDefault(key.Id);
            return Task.FromResult(
                found is not null ? Spoil(found)
                : KnowsAll ? Given.Snapshot(key.Id)
                : null
            );
        }

        public async IAsyncEnumerable<OrderSnapshot> ChangedSinceAsync(
            string shop,
            DateTimeOffset? since,
            [EnumeratorCancellation] CancellationToken cancellationToken = default
        )
        {
            await Task.Yield();
            var changed = _orders.Values.Where(order => ListsAll || since is null || order.UpdatedAt >= since).OrderBy(order => order.UpdatedAt).ToList();
            foreach (var order in List(changed))
            {
                yield return Spoil(order);
            }
        }

        public Task WriteAsync(WatchedOrder order, DelayAssessment assessment, CancellationToken cancellationToken = default)
        {
            if (IsAway)
            {
                throw new HttpRequestException("Away.");
            }

            var isNew = order.Notices.Select(notice => _written.Add($"{order.Key} {notice.DeliveryId}")).ToList().Contains(true);
            Writes += !WritesNever && (isNew || WritesAlways) ? 1 : 0;
            return Task.CompletedTask;
        }

        private DateTimeOffset Stamp() => Given.Monday.AddSeconds(++_changes);
    }
}
