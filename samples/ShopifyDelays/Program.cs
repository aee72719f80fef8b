// Tells the customers of a Shopify shop about delays. Everything is set by environment variables; the README says which.
var builder = WebApplication.CreateBuilder(args);
var support = builder
    .Services.AddSupport()
    .AddSqlite() // one file, support.db
    .AddShopify();

if (builder.Configuration["Support:Email:Host"] is null)
{
    support.AddPickupFolder(); // writes .eml files to the folder mails
}
else
{
    support.AddEmail();
}

builder.Services.AddAntiforgery(); // for the desk's forms

var app = builder.Build();
app.MapSupportWebhooks("/webhooks"); // Shopify posts to /webhooks/shopify
app.MapSupportPages(); // the customers' own pages
if (app.Environment.IsDevelopment())
{
    app.MapSupportInbox(); // http://localhost:5080/support/inbox: what customers were told
    app.MapSupportDesk(); // http://localhost:5080/support/desk: orders, decisions and tickets, for the shop's people
}

app.Run();
