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

builder.Services.AddAntiforgery(); // for the desk's forms

var app = builder.Build();
app.MapSupportInbox(); // http://localhost:5000/support/inbox, in Development only: what customers were told
app.MapSupportPages(); // http://localhost:5000/support/contact/tiny: the contact form, and the customers' own pages
app.MapSupportDesk(); // http://localhost:5000/support/desk: tickets and orders, for the shop's people
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
