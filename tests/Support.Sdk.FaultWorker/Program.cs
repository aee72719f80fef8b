using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Support.Sdk;
using Support.Sdk.Deliveries;
using Support.Sdk.FaultWorker;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;

// A shop's process for the fault suite: the engine as it is, behind its own webhook, with a channel that posts to a sink. Its leases are short.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls("http://127.0.0.1:0");
var settings = builder.Configuration.GetSection("Worker").Get<WorkerSettings>() ?? throw new InvalidOperationException("No settings.");
builder.Services.AddSingleton<TimeProvider>(new SkewedTime(TimeSpan.FromMinutes(settings.SkewMinutes)));
builder.Services.AddSingleton(new EngineTimes { Lease = settings.Lease, SendingSlack = TimeSpan.FromSeconds(1) });
builder.Services.AddSingleton<IChannel>(new SinkChannel(settings));
if (settings.Stalled)
{
    builder.Services.AddSingleton<IChannel>(new StalledChannel());
}

var support = builder
    .Services.AddSupport()
    .AddShop(
        new Shop
        {
            Id = "main",
            RecordsDeliveries = true,
            StormFloor = int.MaxValue,
            Brand = new Brand { Name = "Tiny Shop", EmailFrom = "hello@shop.example" },
        }
    );
_ = settings.Store switch
{
    "postgres" => support.AddPostgres(options => options.ConnectionString = settings.Database),
    "sqlite" => support.AddSqlite(options => options.Path = settings.Database),
    _ => throw new InvalidOperationException($"No store is named {settings.Store}."),
};
var application = builder.Build();
application.MapSupportWebhooks();
await application.StartAsync();
var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"listening {new Uri(address).Port}"));
await application.WaitForShutdownAsync();
