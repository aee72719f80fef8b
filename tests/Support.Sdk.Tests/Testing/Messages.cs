using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Tests.Testing;

internal static class Messages
{
    public static OutboundMessage Plain(string id = "0123456789abcdef") =>
        new()
        {
            Id = id,
            Shop = "main",
            Order = new OrderKey("main", "1001"),
            Occasion = NoticeKinds.OrderDelayed,
            To = new ContactPoint("email", "ada@example.com"),
            ToName = "Ada",
            From = "hello@shop.example",
            FromName = "Tiny Shop",
            Culture = "en",
            Subject = "Your order 1001 is late",
            Text = "It arrives on Friday.\n",
            Html = "<p>It arrives on <b>Friday</b>.</p>",
            DecidedAt = Given.Monday,
        };
}
