[assembly: HostingStartup(typeof(QuickStart.Demo.Demos))]

namespace QuickStart.Demo;

/// <summary>
/// <c>dotnet run --project samples/QuickStart -- --demo late-order</c> (or <c>conversation</c>): does what a customer does. A hosting
/// startup, so that Program.cs stays the shop that it is.
/// </summary>
internal sealed class Demos : IHostingStartup
{
    // A day in four minutes.
    private const int HourInTenSeconds = 360;

    public void Configure(IWebHostBuilder builder) =>
        builder.ConfigureServices(
            (context, services) =>
            {
                switch (context.Configuration["demo"])
                {
                    case null:
                        return;
                    case "late-order":
                        services.AddSingleton<TimeProvider>(new DemoClock());
                        services.AddHostedService<LateOrder>();
                        return;
                    case "conversation":
                        services.AddSingleton<TimeProvider>(new DemoClock(HourInTenSeconds));
                        services.AddHostedService<Conversation>();
                        return;
                    case var other:
                        throw new InvalidOperationException($"There is no demo '{other}'. Use --demo late-order or --demo conversation.");
                }
            }
        );
}

/// <summary>The system's clock, moved forward, and so many times as fast.</summary>
internal sealed class DemoClock(int speed = 1) : TimeProvider
{
    private readonly DateTimeOffset _started = System.GetUtcNow();
    private long _forward;

    public override DateTimeOffset GetUtcNow() => _started + ((System.GetUtcNow() - _started) * speed) + TimeSpan.FromTicks(Interlocked.Read(ref _forward));

    public void Move(TimeSpan by) => Interlocked.Add(ref _forward, by.Ticks);
}
