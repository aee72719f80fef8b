using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Tests.Email.Smtp;
using Xunit;

namespace Support.Sdk.IntegrationTests.Faults;

/// <summary>A mail server that misbehaves while the engine sends through it.</summary>
[Collection(FaultsAlone.Name)]
public sealed class SmtpFaultTests : IAsyncDisposable
{
    private const int Orders = 12;
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("support-smtp-");
    private readonly JumpingTime _time = new();
    private readonly FakeSmtpServer _server = new();
    private readonly ServiceProvider _services;

    public SmtpFaultTests()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services
            .AddSupport()
            .AddSqlite(options => options.Path = Path.Combine(_folder.FullName, "support.db"))
            .AddEmail(options =>
            {
                (options.Host, options.Port, options.Security) = ("localhost", _server.Port, EmailSecurity.None);
                options.Timeout = TimeSpan.FromSeconds(1);
            })
            .AddShop(
                new Shop
                {
                    Id = "main",
                    RecordsDeliveries = true,
                    StormFloor = int.MaxValue,
                    Brand = new Brand { Name = "Tiny Shop", EmailFrom = "hello@shop.example" },
                }
            );
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(FakeSmtpServer.Drop)]
    [InlineData(FakeSmtpServer.Stall)]
    public async Task A_server_that_dies_or_stalls_after_the_mail_leaves_that_mail_in_doubt_and_it_is_not_sent_again(string fault)
    {
        _server.Answer = Third(FakeSmtpServer.End, fault);

        await DeliverAsync();

        var states = await StatesAsync();
        Assert.Equal(Orders / 3, states[DeliveryState.InDoubt]);
        Assert.Equal(Orders - (Orders / 3), states[DeliveryState.Accepted]);
        Assert.Equal(Orders - (Orders / 3), _server.Mails.Count);
        Assert.Distinct(_server.MailIds);
    }

    [Theory]
    [InlineData(FakeSmtpServer.End, "451 4.3.0 Come later")]
    [InlineData("RCPT TO", FakeSmtpServer.Stall)]
    [InlineData("DATA", FakeSmtpServer.Drop)]
    [InlineData(FakeSmtpServer.Greeting, "Hello there!")]
    public async Task A_server_that_fails_before_it_has_the_mail_gets_every_mail_once_in_the_end(string moment, string fault)
    {
        _server.Answer = Third(moment, fault);

        await DeliverAsync();

        Assert.Equal(Orders, (await StatesAsync())[DeliveryState.Accepted]);
        Assert.Equal(Orders, _server.Mails.Count);
        Assert.Distinct(_server.MailIds);
    }

    // Every third time at first; a server that never works is another story.
    private static Func<string, string?> Third(string moment, string fault)
    {
        var times = 0;
        return line =>
            line.StartsWith(moment, StringComparison.Ordinal) && Interlocked.Increment(ref times) is var time && time % 3 == 0 && time <= Orders ? fault : null;
    }

    private async Task DeliverAsync()
    {
        await _services.GetRequiredService<ISupportIntake>().AcceptAsync([.. Enumerable.Range(1, Orders).Select(Late)], Token);
        var runner = _services.GetRequiredService<ISupportRunner>();
        await runner.SweepAsync(Token);
        for (var hour = 0; hour < 4; hour++)
        {
            await runner.DeliverAsync(Token);
            _time.Ahead += TimeSpan.FromHours(1);
        }
    }

    private async Task<Dictionary<DeliveryState, int>> StatesAsync() =>
        (await _services.GetRequiredService<IDeliveryDesk>().ListAsync(new DeliveryQuery { Max = 1000 }, Token))
            .CountBy(delivery => delivery.State)
            .ToDictionary();

    private static OrderSnapshot Late(int number) =>
        new()
        {
            Key = new OrderKey("main", number.ToString(CultureInfo.InvariantCulture)),
            PlacedAt = Monday.AddDays(-5),
            UpdatedAt = Monday,
            Customer = new OrderCustomer { Name = "Ada", ContactPoints = [new ContactPoint("email", $"ada{number}@example.com")] },
            Promise = new PromiseWindow { DeliverBy = PromiseDate.On(new DateOnly(2026, 11, 4)) },
            Shipments =
            [
                new Shipment
                {
                    Id = "1",
                    Carrier = "PostNord",
                    TrackingNumber = "SE123",
                    Events =
                    [
                        new TrackingEvent
                        {
                            Status = TrackingStatus.Delayed,
                            At = Monday,
                            Description = "Snow on the roads.",
                        },
                    ],
                },
            ],
        };

    /// <summary>A clock that can be set forward, with timers that run as ever.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private readonly DateTimeOffset _started = System.GetUtcNow();

        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => Monday + (System.GetUtcNow() - _started) + Ahead;
    }
}
