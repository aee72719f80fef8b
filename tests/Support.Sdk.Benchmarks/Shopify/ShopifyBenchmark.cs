using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Support.Sdk.Benchmarks.Comparisons;
using Support.Sdk.Benchmarks.Intake;
using Support.Sdk.Benchmarks.Outbox;
using Support.Sdk.Shopify;

namespace Support.Sdk.Benchmarks.Shopify;

/// <summary>Shopify's webhooks over HTTP, proven and translated and not stored, against Kestrel that only reads the same bodies.</summary>
internal static class ShopifyBenchmark
{
    private const int Rounds = 8;
    private const int Seconds = 3;

    // More than any side answers in that time: the clock ends a round.
    private const int Most = 1_000_000;

    private static readonly byte[] Key = Encoding.UTF8.GetBytes(ShopifyLoad.Secret);

    public static async Task<int> RunAsync()
    {
        var intake = new ForgetfulIntake();
        await using var ours = await IntakeServer.StartAsync(services => AddOurs(services, intake), application => application.MapSupportWebhooks());
        await using var bare = await IntakeServer.StartAsync(_ => { }, BareIntake.MapNothing);
        await using var hashed = await IntakeServer.StartAsync(_ => { }, MapHash);
        await using var generator = LoadGenerator.Start();
        IntakeServer[] sides = [ours, bare, hashed];
        var isMet = true;
        foreach (var load in (string[])[ShopifyLoad.Named, ShopifyLoad.Whole])
        {
            isMet &= await CompareAsync(generator, sides, load);
        }

        if (ours.Acknowledged != intake.Count)
        {
            throw new InvalidOperationException($"{ours.Acknowledged} requests were acknowledged and brought {intake.Count} events.");
        }

        return isMet ? 0 : 1;
    }

    private static async Task<bool> CompareAsync(LoadGenerator generator, IntakeServer[] sides, string load)
    {
        var rates = await Turns.MediansAsync(Rounds, [.. sides.Select(side => (Func<Task<double>>)(() => side.MeasureAsync(generator, Most, Seconds, load)))]);
        var table = new ComparisonTable($"Shopify webhook, {ShopifyLoad.Body(load, 0).Length:N0} bytes", "acknowledged/s", rates[0])
            .Ours("Support.Sdk")
            .Add("bare Kestrel", rates[1], new Goal(0.75, 0.85))
            .Add("Kestrel with one HMAC", rates[2], goal: null)
            .Note(
                string.Equals(load, ShopifyLoad.Named, StringComparison.Ordinal)
                    ? "orders/updated with the two fields that the adapter subscribes to."
                    : "orders/updated with the whole order, as a subscription made by hand posts it: most of the distance is the hash of its bytes."
            )
            .Note(
                $"Medians of {Rounds} rounds of {Seconds} s, the sides in turn, every other round backwards; {IntakeServer.Connections} connections from another process."
            )
            .Note(
                "Bare Kestrel reads the body and answers 200. Ours finds the endpoint, proves the body and names the order that changed. Nobody stores anything."
            );
        table.Print();
        return table.IsMet;
    }

    private static void MapHash(WebApplication application) =>
        application.Run(context =>
            BareIntake.WithBodyAsync(
                context,
                body =>
                {
                    Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
                    HMACSHA256.HashData(Key, body.Span, hash);
                    context.Response.ContentLength = 0;
                    return Task.CompletedTask;
                }
            )
        );

    private static void AddOurs(IServiceCollection services, ForgetfulIntake intake)
    {
        services
            .AddSupport()
            .AddShop(Workload.Shop)
            .AddShopify(options =>
                options.Shops[Workload.Shop.Id] = new ShopifyShop
                {
                    Domain = ShopifyLoad.Domain,
                    ClientSecrets = { ShopifyLoad.Secret },
                    AccessToken = "shpat_benchmark",
                }
            );
        services.Replace(ServiceDescriptor.Singleton<ISupportIntake>(intake));
        // There is no store and no shop to ask: of the loops, none may run.
        foreach (var loop in services.Where(IsLoop).ToList())
        {
            services.Remove(loop);
        }
    }

    private static bool IsLoop(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && service.ImplementationType?.Assembly.GetName().Name?.StartsWith("Support.Sdk", StringComparison.Ordinal) == true;
}
