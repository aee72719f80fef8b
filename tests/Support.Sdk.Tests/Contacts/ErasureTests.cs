using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Support.Sdk.Contacts;
using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Testing;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tests.Tickets;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Contacts;

public sealed class ErasureTests
{
    // Whatever the person could be known by, in every form in which it was handed in.
    internal static readonly string[] Traces =
    [
        "ada@example.com",
        "+46700000001",
        "Lovelace",
        "Engine No. 1",
        "SE-TRACK-77",
        "A-90210",
        "Left with neighbour Byron",
        "ada called from",
        "order 1001, 10.0.0.7",
        "My lamp is green",
        "photo-of-the-lamp.txt",
        "She sounded tired",
        "a blue one is on its way",
        "lamp-17",
    ];

    internal const string FileTrace = "the bytes of the lamp";

    private static readonly DateTimeOffset AtRisk = Given.PromiseEnds.AddHours(-48);
    private static readonly ContactPoint Phone = new("sms", "+46700000001");

    [Fact]
    public async Task After_an_erasure_no_table_no_column_and_no_byte_of_the_file_knows_the_person()
    {
        await using var world = await WorldAsync();
        Assert.All(Traces.Append(FileTrace), trace => Assert.NotEmpty(Found(world, trace)));

        var result = await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email, Phone], "eve");

        Assert.True(result.IsComplete);
        Assert.Equal((2, 1, 1, 2), (result.Orders, result.Tickets, result.Customers, result.Contacts));
        Assert.Empty(Found(world, FileTrace));
        Assert.False(FileHolds(world, FileTrace));
        Assert.All(Traces, trace => Assert.Empty(Found(world, trace)));
        Assert.All(Traces, trace => Assert.False(FileHolds(world, trace), $"The file still holds '{trace}'."));
    }

    [Fact]
    public async Task Others_keep_everything()
    {
        await using var world = await WorldAsync();

        await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email, Phone], "eve");

        Assert.NotEmpty(Found(world, "bob@example.com"));
        Assert.Equal("Bob", (await world.OrderAsync("2001")).Snapshot!.Customer.Name);
        await world.AtAsync(Given.PromiseEnds.AddDays(3));
        Assert.Contains(world.Channel.Messages, message => message is { To.Value: "bob@example.com", Occasion: "order-delayed/2" });
    }

    [Fact]
    public async Task Figures_and_decisions_stay_and_say_that_something_was_erased()
    {
        await using var world = await WorldAsync();
        var before = await world.HistoryAsync();

        var result = await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email, Phone], "eve");

        var after = await world.HistoryAsync();
        Assert.Equal(before.Count + 1, after.Count);
        Assert.Equal("The customer's data was erased.", after[^1].Reason);
        var order = await world.OrderAsync();
        Assert.Equal((Given.Monday, "PostNord", 1), (order.Snapshot!.PlacedAt, order.Snapshot.Shipments[0].Carrier, order.Promises.Count));
        Assert.Equal(result, Assert.Single(await world.Get<IPrivacyDesk>().ErasuresAsync("main")));
        var message = (await world.DeliveriesAsync()).First(delivery => delivery.Message.Order == order.Key).Message;
        Assert.Equal((true, "order-at-risk"), (message.IsErased, message.Occasion));
        Assert.False((await world.Desk.ResendAsync(message.Id, "eve")).IsDone);
    }

    [Fact]
    public async Task What_waits_to_be_sent_is_superseded_and_nothing_more_is_told()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        world.Time.SetUtcNow(AtRisk);
        await world.Runner.SweepAsync();

        await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email], "eve");
        await world.AtAsync(Given.PromiseEnds.AddDays(30));

        Assert.Empty(world.Channel.Attempts);
        Assert.Equal(DeliveryState.Superseded, Assert.Single(await world.DeliveriesAsync()).State);
        Assert.Null(await world.Runner.NextDueAsync());
    }

    [Fact]
    public async Task A_snapshot_that_is_sent_again_does_not_bring_the_person_back()
    {
        await using var world = await WorldAsync();
        await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email, Phone], "eve");

        await world.AcceptAsync(
            Snapshot() with
            {
                EventId = "again",
            },
            new ShipmentTracked { Key = new OrderKey("main", "1001"), Shipment = Snapshot().Shipments[0] }
        );
        await world.RunAsync();

        Assert.All(Traces, trace => Assert.Empty(Found(world, trace)));
        Assert.Null((await world.OrderAsync()).Snapshot!.Customer.Name);
    }

    [Fact]
    public async Task A_suppression_outlives_the_address_and_a_new_order_is_not_told()
    {
        await using var world = new World();
        await world.Get<ISuppressionDesk>().SuppressAsync("main", [Given.Email], "eve", "Ada called");
        await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email], "eve");
        await world.AcceptAsync(Given.Snapshot("1003"));

        await world.AtAsync(AtRisk);

        Assert.Empty(world.Channel.Messages);
        var kept = Assert.Single(await world.Get<ISuppressionDesk>().ListAsync("main"));
        Assert.Equal((null, null, "eve"), (kept.Point, kept.Suppressed!.Why, kept.Suppressed.By));
    }

    [Fact]
    public async Task An_erased_person_has_no_consent_to_offers_whatever_an_old_order_says()
    {
        await using var world = new World();
        var desk = world.Get<IContactDesk>();
        await desk.ConsentAsync("main", Given.Email, Word(granted: true));
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email], "eve");

        var contact = await desk.ConsentAsync("main", Given.Email, Word(granted: true) with { Source = ConsentSource.Import });

        Assert.NotNull(contact.WhyNot(MessageClass.Marketing));
        Assert.Equal(
            [ConsentSource.Shop, ConsentSource.Erasure, ConsentSource.Import],
            (await desk.HistoryAsync("main", Given.Email)).Select(word => word.Source)
        );
    }

    [Fact]
    public async Task A_message_that_is_being_sent_makes_the_erasure_incomplete_and_the_next_call_completes_it()
    {
        using var sending = new SemaphoreSlim(0);
        using var sent = new SemaphoreSlim(0);
        await using var world = new World(
            channel: new RecordingChannel().Answer(_ =>
            {
                sending.Release();
                sent.Wait();
                return DeliveryResult.Accepted();
            })
        );
        await world.AcceptAsync(Given.Snapshot());
        world.Time.SetUtcNow(AtRisk);
        await world.Runner.SweepAsync();
        var delivering = Task.Run(() => world.Runner.DeliverAsync());
        await sending.WaitAsync(TestContext.Current.CancellationToken);

        var early = await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email], "eve");
        sent.Release();
        await delivering;
        var late = await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email], "eve");

        Assert.False(early.IsComplete);
        Assert.Equal((true, 1, 1), (late.IsComplete, late.Orders, late.Deliveries));
        Assert.Equal(DeliveryState.Accepted, Assert.Single(await world.DeliveriesAsync()).State);
        Assert.Empty(Found(world, "ada@example.com"));
    }

    [Fact]
    public async Task Erasing_twice_finds_nothing_the_second_time()
    {
        await using var world = await WorldAsync();
        await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email, Phone], "eve");

        var again = await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email, Phone], "eve");

        Assert.Equal((0, 0, 0, 0, true), (again.Orders, again.Deliveries, again.Events, again.Contacts, again.IsComplete));
    }

    [Fact]
    public async Task An_export_is_one_document_with_everything_that_an_erasure_takes()
    {
        await using var world = await WorldAsync();
        using var stream = new MemoryStream();

        await world.Get<IPrivacyDesk>().ExportAsync("main", [Given.Email, Phone], stream);

        using var document = JsonDocument.Parse(stream.ToArray());
        var text = document.RootElement.GetRawText();
        Assert.All(Traces, trace => Assert.Contains(trace, text.Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("bob@example.com", text, StringComparison.Ordinal);
        Assert.Equal(
            ["shop", "contactPoints", "exportedAt", "contacts", "orders", "customers", "deliveries", "waitingEvents"],
            document.RootElement.EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal(2, document.RootElement.GetProperty("orders").GetArrayLength());
        Assert.Equal(1, document.RootElement.GetProperty("waitingEvents").GetArrayLength());
    }

    [Fact]
    public async Task An_erased_ticket_keeps_its_times_and_takes_nothing_more()
    {
        await using var world = await WorldAsync();
        await world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email], "eve");
        var key = new TicketKey("main", 1);
        var ticket = (await world.Get<ITickets>().FindAsync(key))!.Ticket;
        Assert.Equal((TicketStatus.Closed, TicketKind.Other, true), (ticket.Status, ticket.Kind, ticket.FirstReplyAt is not null));
        Assert.NotEmpty(ticket.Clocks);
        Assert.Equal(TicketOutcome.Refused, (await world.Get<ITicketDesk>().ReplyAsync(key, new TicketReply { Text = "Hello" }, "bo")).Outcome);

        await world.AcceptAsync(GivenTicket.Message("Me again", world.Time.GetUtcNow()) with { Ticket = 1 });
        await world.RunAsync();
        var tickets = await world.Get<ITickets>().ListAsync(new TicketQuery { Shop = "main" });
        Assert.Equal(2, tickets.Count);
        Assert.DoesNotContain(await world.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = key }), entry => entry.Text is not null);
    }

    [Fact]
    public async Task A_customer_s_other_addresses_are_the_same_person()
    {
        await using var world = new World();
        await world.AcceptAsync(GivenTicket.Message("Hello", world.Time.GetUtcNow()));
        await world.RunAsync();
        var desk = world.Get<ICustomerDesk>();
        var id = (await desk.OfContactAsync("main", Given.Email))!.Customer.Id;
        await desk.ChangeAsync("main", id, new CustomerEdit { AddContacts = [Phone] });
        await world.Get<IPrivacyDesk>().EraseAsync("main", [Phone], "eve");
        Assert.Empty(Found(world, "ada@example.com"));
    }

    [Fact]
    public async Task Nobody_is_not_a_person()
    {
        await using var world = new World();

        await Assert.ThrowsAsync<ArgumentException>(() => world.Get<IPrivacyDesk>().EraseAsync("main", [], "eve"));
        await Assert.ThrowsAsync<ArgumentException>(() => world.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email], " "));
        await Assert.ThrowsAsync<ArgumentException>(() => world.Get<IPrivacyDesk>().ExportAsync("main", [new ContactPoint("email", "")], Stream.Null));
    }

    /// <summary>A person in every table: orders, messages, a parked event, consents, preferences, a suppression, and an operator's words.</summary>
    internal static async Task<World> WorldAsync()
    {
        var world = new World();
        var bob = Given.Snapshot("2001") with
        {
            Customer = new OrderCustomer { Name = "Bob", ContactPoints = [new ContactPoint("email", "bob@example.com")] },
        };
        await world.AcceptAsync(Snapshot(), Snapshot("1002") with { Shipments = [] }, bob);
        await world.AtAsync(AtRisk);
        Assert.Equal(3, world.Channel.Messages.Count);
        await TalkAsync(world);
        var first = world.Channel.Messages.First(message => message.Order?.Id is "1002");
        var again = await world.Desk.ResendAsync(first.Id, "eve");
        await world.Desk.DiscardAsync(again.DeliveryId!, "eve", "ada called from home");
        var desk = world.Get<IContactDesk>();
        await desk.ConsentAsync("main", Given.Email, Word(granted: true) with { Evidence = "order 1001, 10.0.0.7" });
        await desk.PreferAsync("main", Given.Email, new ContactPreferences { Culture = "en" });
        await world.Get<ISuppressionDesk>().SuppressAsync("main", [Phone], "eve", "ada called from the office");
        await ParkAsync(world, Snapshot("1004"));
        return world;
    }

    private static async Task TalkAsync(World world)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(FileTrace));
        var file = await world.Get<IContentStore>().SaveAsync("main", "../photo-of-the-lamp.txt", "text/plain", bytes);
        await world.AcceptAsync(
            GivenTicket.Message("My lamp is green", world.Time.GetUtcNow()) with
            {
                Name = "Ada Lovelace",
                OrderId = "1001",
                Attachments = [file],
                Products = ["lamp-17"],
            }
        );
        await world.RunAsync();
        var desk = world.Get<ITicketDesk>();
        await desk.NoteAsync(new TicketKey("main", 1), new TicketNote { Text = "She sounded tired" }, "bo");
        await desk.ReplyAsync(new TicketKey("main", 1), new TicketReply { Text = "Sorry, a blue one is on its way" }, "bo");
        await world.RunAsync();
    }

    private static async Task ParkAsync(World world, OrderSnapshot snapshot)
    {
        await world.AcceptAsync(snapshot);
        var claimed = await world.Get<IInboxStore>().ClaimAsync(world.Time.GetUtcNow(), 10, TimeSpan.Zero);
        await world
            .Get<IInboxStore>()
            .SaveAsync([
                new InboxResult
                {
                    Id = claimed[0].Id,
                    State = InboxState.Parked,
                    Reason = "for Ada Lovelace",
                },
            ]);
    }

    private static OrderSnapshot Snapshot(string id = "1001") =>
        Given.Snapshot(id) with
        {
            Number = "A-90210",
            Customer = new OrderCustomer { Name = "Ada Lovelace", ContactPoints = [Given.Email with { Value = "Ada@Example.com" }, Phone] },
            Items = [new OrderItem { Name = "Engine No. 1" }],
            Shipments =
            [
                Given.Parcel(shippedAt: Given.Day(3), scans: Given.Scan(TrackingStatus.InTransit, Given.Day(4), "Left with neighbour Byron")) with
                {
                    TrackingNumber = "SE-TRACK-77",
                },
            ],
        };

    private static ConsentRecord Word(bool granted) =>
        new()
        {
            Purpose = MessageClass.Marketing,
            Granted = granted,
            At = Given.Monday,
            Source = ConsentSource.Shop,
        };

    /// <summary>Walks over every column of every row of every table.</summary>
    internal static List<string> Found(World world, string trace)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = world.Database, Pooling = false }.ToString());
        connection.Open();
        var found = new List<string>();
        foreach (var table in Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table'").Select(row => row[0]))
        {
            var rows = Read(connection, $"SELECT * FROM \"{table}\"").SelectMany(row => row).Where(value => Holds(value, trace));
            found.AddRange(rows.Select(value => $"{table}: {value}"));
        }

        return found;
    }

    // JSON may write a character as an escape.
    private static bool Holds(string value, string trace) =>
        value.Contains(trace, StringComparison.OrdinalIgnoreCase) || value.Contains(JsonEncodedText.Encode(trace).Value, StringComparison.OrdinalIgnoreCase);

    internal static bool FileHolds(World world, string trace) =>
        Directory
            .EnumerateFiles(Path.GetDirectoryName(world.Database)!, "support.db*")
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .Any(file =>
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(stream, Encoding.Latin1);
                return Holds(reader.ReadToEnd(), trace);
            });

    private static List<string[]> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are those of the schema.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column)))]);
        }

        return rows;
    }

    private static string Text(object value) => value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : $"{value}";
}
