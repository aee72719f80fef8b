using CsCheck;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Xunit;

namespace Support.Sdk.Tests.Orders;

/// <summary>The alarm clock is exact: nothing changes before it rings, and whatever changes by time alone rings it.</summary>
public sealed class NextCheckTests
{
    private static readonly Gen<DateTimeOffset> Moments = Gen.Int[0, 24 * 60].Select(hours => Given.Monday.AddHours(hours));

    private static readonly Gen<DateTimeOffset?> MaybeMoments = Gen.Select(Gen.Bool, Moments).Select(pair => pair.Item1 ? pair.Item2 : (DateTimeOffset?)null);

    private static readonly Gen<TrackingEvent> Scans = Gen.Select(Gen.Enum<TrackingStatus>(), Moments, MaybeMoments)
        .Select(scan => Given.Scan(scan.Item1, scan.Item2, eta: scan.Item3));

    private static readonly Gen<Shipment> Parcels = Gen.Select(OneOf("A", "B"), MaybeMoments, MaybeMoments, Scans.Array[0, 4])
        .Select(parcel => Given.Parcel(parcel.Item1, parcel.Item2, parcel.Item3, parcel.Item4));

    private static readonly Gen<PromiseDate?> Dates = Gen.Select(Gen.Bool, Gen.Int[0, 50])
        .Select(pair => pair.Item1 ? PromiseDate.On(new DateOnly(2026, 11, 2).AddDays(pair.Item2)) : null);

    private static readonly Gen<PromiseWindow?> Promises = Gen.Select(Dates, Dates)
        .Select(pair => pair is (null, null) ? null : new PromiseWindow { ShipBy = pair.Item1, DeliverBy = pair.Item2 });

    private static readonly Gen<OrderSnapshot> Snapshots = Gen.Select(
            Promises,
            MaybeMoments,
            MaybeMoments,
            OneOf(OrderStatus.Open, OrderStatus.OnHold),
            OneOf<string?>("SE", "DE", null),
            Parcels.Array[0, 2]
        )
        .Select(order =>
            Given.Snapshot() with
            {
                Promise = order.Item1,
                PaidAt = order.Item2,
                HeldSince = order.Item3,
                Status = order.Item4,
                DestinationCountry = order.Item5,
                Shipments = order.Item6,
            }
        );

    private static readonly Gen<ShopView> Shops = Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 5].Nullable(), OneOf("UTC", "Europe/Stockholm"))
        .Select(shop =>
            Given.Seen(
                Given.Shop with
                {
                    RecordsDeliveries = shop.Item1,
                    RecordsScans = shop.Item2,
                    Country = "SE",
                    TimeZone = shop.Item4,
                    Tells = [.. NoticeKinds.Default, NoticeKinds.OrderShipped, NoticeKinds.OutForDelivery, NoticeKinds.OrderDelivered],
                    Signals = shop.Item3 is { } days ? [new SignalRule { HandlingDays = days }] : [],
                }
            )
        );

    [Fact]
    public void Nothing_changes_before_the_next_check() =>
        Gen.Select(Snapshots, Shops, Moments, Moments, Gen.Double[0, 1])
            .Sample(
                (snapshot, shop, toldAt, now, part) =>
                {
                    var assessor = new DelayAssessor();
                    var order = PolicyCase.Told(Given.Order(snapshot, shop), toldAt, shop);
                    var assessment = assessor.Assess(order, shop, now);
                    var next = assessment.NextCheckAt ?? now.AddYears(1);
                    var before = now + ((next - now) * part);
                    before = before < next ? before : next.AddTicks(-1);

                    var later = assessor.Assess(order, shop, before);

                    return next > now
                        && string.Equals(Answer(assessment), Answer(later), StringComparison.Ordinal)
                        && later.NextCheckAt == assessment.NextCheckAt;
                },
                iter: 5_000
            );

    [Fact]
    public void What_could_be_told_changes_only_at_a_check_or_when_news_grow_old() =>
        Gen.Select(Snapshots, Shops, Moments, Moments, Gen.Double[0, 1])
            .Sample(
                (snapshot, shop, toldAt, now, part) =>
                {
                    now = now < toldAt ? toldAt : now;
                    var order = PolicyCase.Told(Given.Order(snapshot, shop), toldAt, shop);
                    var next = new DelayAssessor().Assess(order, shop, now).NextCheckAt ?? now.AddYears(1);
                    var before = now + ((next - now) * part);
                    before = before < next ? before : next.AddTicks(-1);
                    return string.Equals(Occasions(order, shop, now), Occasions(order, shop, before), StringComparison.Ordinal);
                },
                iter: 5_000
            );

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string Occasions(WatchedOrder order, ShopView shop, DateTimeOffset now) =>
        string.Join(", ", PolicyCase.Decide(order, now, shop).Select(proposal => proposal.Occasion));

    private static string Answer(DelayAssessment assessment) =>
        $"{assessment.Verdict} {assessment.NewDate} {assessment.BetterDate} {string.Join(", ", assessment.Signals)}";
}
