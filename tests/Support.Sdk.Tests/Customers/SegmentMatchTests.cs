using Support.Sdk.Customers;
using Support.Sdk.Orders;
using Support.Sdk.Tests.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Customers;

public sealed class SegmentMatchTests
{
    private static readonly DateTimeOffset Now = Given.Monday.AddDays(10);

    private static readonly Customer Customer = new()
    {
        Shop = "main",
        Id = "1",
        Tags = ["press"],
        CreatedAt = Given.Monday,
        ChangedAt = Given.Monday,
    };

    private static readonly IReadOnlyList<OrderSnapshot> Orders =
    [
        Given.Snapshot("1") with
        {
            Total = new OrderTotal(600, "SEK"),
        },
        Given.Snapshot("2") with
        {
            Total = new OrderTotal(500, "SEK"),
        },
        Given.Snapshot("3") with
        {
            Total = new OrderTotal(9000, "SEK"),
            Status = OrderStatus.Cancelled,
        },
        Given.Snapshot("4") with
        {
            Total = new OrderTotal(9000, "EUR"),
        },
        Given.Snapshot("5"),
    ];

    public static TheoryData<string, Segment, bool> Segments =>
        new()
        {
            { "so many orders", Of() with { MinOrders = 5 }, true },
            { "fewer orders", Of() with { MinOrders = 6 }, false },
            { "no more orders", Of() with { MaxOrders = 5 }, true },
            { "more orders", Of() with { MaxOrders = 4 }, false },
            { "spent, without what was cancelled or in another currency", Of() with { MinSpent = new OrderTotal(1100, "SEK") }, true },
            { "spent less", Of() with { MinSpent = new OrderTotal(1101, "SEK") }, false },
            { "ordered lately", Of() with { OrderedWithin = TimeSpan.FromDays(10) }, true },
            { "ordered long ago", Of() with { OrderedWithin = TimeSpan.FromDays(9) }, false },
            { "asked", Of() with { MinTickets = 1 }, true },
            { "asked less", Of() with { MinTickets = 2 }, false },
            { "tag", Of() with { Tags = ["press"] }, true },
            { "two tags", Of() with { Tags = ["press", "vip"] }, false },
            { "all together", Of() with { MinOrders = 2, Tags = ["press"], MinTickets = 1 }, true },
            { "all but one", Of() with { MinOrders = 2, Tags = ["vip"], MinTickets = 1 }, false },
        };

    [Theory, MemberData(nameof(Segments))]
    public void Every_condition_that_is_set_must_hold(string what, Segment segment, bool fits)
    {
        var found = SegmentMatch.Of([segment with { Name = what }], Customer, Orders, [GivenTicket.Fresh()], Now);
        Assert.Equal(fits ? [what] : [], found);
    }

    private static Segment Of() => new() { Name = "" };
}
