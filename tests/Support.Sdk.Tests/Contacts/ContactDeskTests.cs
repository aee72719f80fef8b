using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Testing;
using Support.Sdk.Tests.Engine;
using Xunit;

namespace Support.Sdk.Tests.Contacts;

public sealed class ContactDeskTests
{
    private static readonly DateTimeOffset AtRisk = Given.PromiseEnds.AddHours(-48);

    [Fact]
    public async Task A_hard_bounce_closes_the_address_for_every_order_of_its_shop()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        await world.AtAsync(AtRisk);
        await world.AcceptAsync(Receipt(world.Channel.Messages[0], arrived: false));
        await world.RunAsync();

        await DelayAsync(world, "1002", AtRisk);

        Assert.Equal(ContactHealth.Bouncing, (await ContactAsync(world)).Health);
        Assert.Single(world.Channel.Messages);
        Assert.Equal("Messages to the customer's address come back.", Assert.Single(await world.HistoryAsync("1002")).Reason);
    }

    [Fact]
    public async Task Soft_bounces_pass_until_there_are_three_in_a_row()
    {
        await using var world = new World();
        for (var hour = 0; hour < 4; hour++)
        {
            await DelayAsync(world, $"{hour}", AtRisk.AddHours(hour));
            await world.AcceptAsync(Receipt(world.Channel.Messages[^1], arrived: false) with { Bounce = BounceKind.Soft });
            await world.RunAsync();
            Assert.Equal(hour < 2 ? ContactHealth.Fine : ContactHealth.Bouncing, (await ContactAsync(world)).Health);
        }

        Assert.Equal(["0", "1", "2"], world.Channel.Messages.Select(message => message.Order!.Value.Id));
    }

    [Fact]
    public async Task A_message_that_never_left_says_nothing_about_the_address()
    {
        await using var world = new World();
        await DelayAsync(world, "1", AtRisk);

        await world.AcceptAsync(Receipt(world.Channel.Messages[0], arrived: false) with { Bounce = BounceKind.NotSent, Reason = "the server is away" });
        await world.RunAsync();

        var delivery = Assert.Single(await world.DeliveriesAsync());
        Assert.Equal((DeliveryState.Failed, "the server is away"), (delivery.State, delivery.Reason));
        var contact = await world.Get<IContactDesk>().FindAsync("main", Given.Email);
        Assert.Equal((ContactHealth.Fine, 0), (contact.Health, contact.SoftBounces));
    }

    [Fact]
    public async Task A_message_that_arrived_had_left_whatever_is_said_later()
    {
        await using var world = new World();
        await DelayAsync(world, "1", AtRisk);
        await world.AcceptAsync(Receipt(world.Channel.Messages[0], arrived: true));
        await world.RunAsync();

        await world.AcceptAsync(Receipt(world.Channel.Messages[0], arrived: false) with { Bounce = BounceKind.NotSent });
        await world.RunAsync();

        Assert.Equal(DeliveryState.Delivered, Assert.Single(await world.DeliveriesAsync()).State);
    }

    [Fact]
    public async Task A_message_that_arrives_ends_the_row_of_bounces()
    {
        await using var world = new World();
        await DelayAsync(world, "1", AtRisk);
        await world.AcceptAsync(Receipt(world.Channel.Messages[0], arrived: false) with { Bounce = BounceKind.Soft });
        await world.RunAsync();
        Assert.Equal(1, (await ContactAsync(world)).SoftBounces);

        await DelayAsync(world, "2", AtRisk.AddDays(1));
        await world.AcceptAsync(Receipt(world.Channel.Messages[1], arrived: true));
        await world.RunAsync();

        Assert.Equal(0, (await ContactAsync(world)).SoftBounces);
    }

    [Fact]
    public async Task A_message_that_the_provider_refuses_is_a_hard_bounce()
    {
        await using var world = new World(channel: new RecordingChannel().Answer(_ => DeliveryResult.Rejected("no such mailbox")));
        await world.AcceptAsync(Given.Snapshot());

        await world.AtAsync(AtRisk);

        Assert.Equal(ContactHealth.Bouncing, (await ContactAsync(world)).Health);
    }

    [Fact]
    public async Task A_complaint_after_the_arrival_closes_the_address()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        await world.AtAsync(AtRisk);
        var receipt = Receipt(world.Channel.Messages[0], arrived: true);
        await world.AcceptAsync(receipt);
        await world.RunAsync();

        await world.AcceptAsync(receipt with { Complained = true });
        await world.AtAsync(Given.PromiseEnds.AddDays(3));

        Assert.Equal(ContactHealth.Complained, (await ContactAsync(world)).Health);
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await world.DeliveriesAsync()).State);
    }

    [Fact]
    public async Task Suppressing_supersedes_what_waits_and_restoring_lets_it_be_told()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        world.Time.SetUtcNow(AtRisk);
        await world.Runner.SweepAsync();

        Assert.Equal(1, await Suppression(world).SuppressAsync("main", [Given.Email, Given.Email with { Value = "ADA@example.com" }], "eve", "asked by phone"));
        Assert.Equal(0, await Suppression(world).SuppressAsync("main", [Given.Email], "eve", "again"));
        await world.RunAsync();

        Assert.Empty(world.Channel.Messages);
        Assert.Equal(DeliveryState.Superseded, Assert.Single(await world.DeliveriesAsync()).State);
        Assert.Equal("The customer's address is on the shop's suppression list.", (await world.HistoryAsync())[^1].Reason);
        var listed = Assert.Single(await Suppression(world).ListAsync("main"));
        Assert.Equal((Given.Email, "eve", "asked by phone"), (listed.Point, listed.Suppressed!.By, listed.Suppressed.Why));

        Assert.True(await Suppression(world).RestoreAsync("main", Given.Email, "eve", "called back"));
        Assert.False(await Suppression(world).RestoreAsync("main", Given.Email, "eve", "called back"));
        Assert.Equal("called back", (await ContactAsync(world)).Restored!.Why);
        await world.RunAsync();
        Assert.Single(world.Channel.Messages);
    }

    [Fact]
    public async Task Thousands_of_addresses_can_be_imported()
    {
        await using var world = new World();
        var points = Enumerable.Range(0, 1500).Select(number => new ContactPoint("email", $"p{number}@example.com")).ToList();

        Assert.Equal(1500, await Suppression(world).SuppressAsync("main", points, "import", "former system"));

        var first = await Suppression(world).ListAsync("main", 1000);
        var second = await Suppression(world).ListAsync("main", 1000, first[^1].Key);
        Assert.Equal(1500, first.Concat(second).Select(contact => contact.Point).Distinct().Count());
    }

    [Fact]
    public async Task Every_word_of_consent_is_kept_with_its_proof_and_the_newest_holds()
    {
        await using var world = new World();
        var desk = world.Get<IContactDesk>();
        var agreed = Word(granted: true, Given.Monday.AddDays(-1)) with { Wording = "Offers, v2", Evidence = "order 1001" };
        var older = Word(granted: false, Given.Monday.AddDays(-2)) with { Source = ConsentSource.Import, By = "import" };

        await desk.ConsentAsync("main", Given.Email, agreed);
        var contact = await desk.ConsentAsync("main", Given.Email, older);

        Assert.Equal([agreed, older], await desk.HistoryAsync("main", Given.Email));
        Assert.Null(contact.WhyNot(MessageClass.Marketing));
        await desk.ConsentAsync("main", Given.Email, Word(granted: false, Given.Monday) with { Source = ConsentSource.OneClick });
        Assert.Equal("The customer unsubscribed from offers.", (await desk.FindAsync("main", Given.Email)).WhyNot(MessageClass.Marketing));
        Assert.NotNull((await desk.FindAsync("other", Given.Email)).WhyNot(MessageClass.Marketing));
    }

    [Fact]
    public async Task A_refusal_taken_back_lets_an_order_that_carries_it_be_told()
    {
        await using var world = new World();
        var refused = Given.Snapshot().Customer with { Consents = [new ContactConsent("email", MessageClass.Transactional, Granted: false)] };
        await world.AcceptAsync(Given.Snapshot() with { Customer = refused }, Given.Snapshot("1002") with { Customer = refused });
        world.Time.SetUtcNow(Given.Monday.AddDays(1));
        await world
            .Get<IContactDesk>()
            .ConsentAsync("main", Given.Email, Word(granted: true, Given.Monday.AddDays(1)) with { Purpose = MessageClass.Transactional });

        await world.AtAsync(AtRisk);

        Assert.Equal(2, world.Channel.Messages.Count);
    }

    [Fact]
    public async Task What_the_customer_chose_decides_language_channel_and_kind()
    {
        await using var world = new World(with: services => services.AddSingleton<IChannel>(new RecordingChannel("sms")));
        var sms = (RecordingChannel)world.Get<IEnumerable<IChannel>>().Single(channel => channel.Name is "sms");
        var phone = new ContactPoint("sms", "+46700000001");
        await world.AcceptAsync(Given.Snapshot() with { Customer = new OrderCustomer { ContactPoints = [Given.Email, phone] } });
        var chosen = new ContactPreferences
        {
            Channels = ["sms"],
            Culture = "sv",
            RefusedKinds = [NoticeKinds.OrderShipped],
        };
        await world.Get<IContactDesk>().PreferAsync("main", Given.Email, chosen);

        await world.AcceptAsync(
            Given.Snapshot() with
            {
                Customer = new OrderCustomer { ContactPoints = [Given.Email, phone] },
                UpdatedAt = Given.Day(3),
                Shipments = [Given.Parcel(shippedAt: Given.Day(3))],
            }
        );
        await world.AtAsync(Given.Day(3, 12));
        Assert.Empty(sms.Messages);
        await world.AtAsync(AtRisk.AddHours(12));

        Assert.Empty(world.Channel.Messages);
        Assert.Equal("sv", Assert.Single(sms.Messages).Culture);
        Assert.Contains(await world.HistoryAsync(), decision => decision.Reason is "The customer does not want order-shipped.");
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        await using var world = new World();
        var desk = world.Get<IContactDesk>();

        await Assert.ThrowsAsync<ArgumentException>(() => desk.ConsentAsync("main", Given.Email, Word(granted: true, Given.Monday.AddMinutes(6))));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            desk.ConsentAsync("main", Given.Email, Word(granted: true, Given.Monday) with { Evidence = new string('x', 1001) })
        );
        await Assert.ThrowsAsync<ArgumentException>(() => desk.FindAsync("main", new ContactPoint("email", " ")));
        await Assert.ThrowsAsync<ArgumentException>(() => desk.PreferAsync("main", Given.Email, new ContactPreferences { Culture = "qq-nowhere-here" }));
        await Assert.ThrowsAsync<ArgumentException>(() => desk.PreferAsync("main", Given.Email, new ContactPreferences { RefusedKinds = ["offers"] }));
        await Assert.ThrowsAsync<ArgumentException>(() => Suppression(world).SuppressAsync("main", [Given.Email], "eve", " "));
    }

    /// <summary>An order that is at risk at that moment.</summary>
    private static async Task DelayAsync(World world, string id, DateTimeOffset at)
    {
        var promise = new PromiseWindow { DeliverBy = PromiseDate.At(at.AddHours(48)) };
        await world.AcceptAsync(Given.Snapshot(id) with { ReadAt = null, UpdatedAt = null, Promise = promise });
        await world.AtAsync(at);
    }

    private static Task<Contact> ContactAsync(World world) => world.Get<IContactDesk>().FindAsync("main", Given.Email);

    private static ISuppressionDesk Suppression(World world) => world.Get<ISuppressionDesk>();

    private static ConsentRecord Word(bool granted, DateTimeOffset at) =>
        new()
        {
            Purpose = MessageClass.Marketing,
            Granted = granted,
            At = at,
            Source = ConsentSource.Shop,
        };

    private static DeliveryReceipt Receipt(OutboundMessage message, bool arrived) =>
        new()
        {
            ShopId = "main",
            DeliveryId = message.Id,
            Arrived = arrived,
            At = message.DecidedAt,
        };
}
