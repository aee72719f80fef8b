using Support.Sdk;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

var builder = WebApplication.CreateBuilder(args);
builder
    .Services.AddSupport()
    .AddSqlite() // one file, support.db
    .AddPickupFolder() // writes .eml files to the folder mails
    .AddShop(
        new Shop
        {
            Id = "tiny",
            TimeZone = "Europe/Stockholm",
            RecordsDeliveries = true,
            Brand = new Brand { Name = "Tiny Teapots", EmailFrom = "hello@tiny-teapots.example" },
        }
    );

var app = builder.Build();
app.MapSupportInbox(); // http://localhost:5000/support/inbox, in Development only
app.MapSupportWebhooks(); // http://localhost:5000/support/webhooks/NAME, for what Support:Webhooks sets up

// The shop's own checkout: hand the order over at every change, and support does the rest.
app.MapPost(
    "/checkout",
    async (Checkout checkout, ISupportIntake support, TimeProvider time, CancellationToken cancellationToken) =>
    {
        var order = new OrderSnapshot
        {
            Key = new OrderKey("tiny", checkout.OrderId),
            PlacedAt = time.GetUtcNow(),
            UpdatedAt = time.GetUtcNow(),
            Customer = new OrderCustomer { Name = checkout.Name, ContactPoints = [new ContactPoint("email", checkout.Email)] },
            Items = [new OrderItem { Name = checkout.Item }],
            Promise = new PromiseWindow { DeliverBy = PromiseDate.On(checkout.PromisedBy) },
        };
        await support.AcceptAsync([order], cancellationToken);
        return Results.Accepted();
    }
);

app.Run();

internal sealed record Checkout(string OrderId, string Name, string Email, string Item, DateOnly PromisedBy);
