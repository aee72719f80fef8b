using Support.Sdk.Relational;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Relational;

/// <summary>An operator's list is a walk along an index that has its order, however many tickets there are.</summary>
public sealed class SqliteTicketPlanTests : IAsyncLifetime
{
    private const string Numbers = "sqlite_autoindex_support_tickets_1";
    private const string Sorted = "USE TEMP B-TREE FOR ORDER BY";
    private static readonly TicketQuery Every = new() { Shop = "main" };

    private static readonly Dictionary<string, TicketQuery> Lists = new(StringComparer.Ordinal)
    {
        ["every"] = Every,
        ["open"] = Every with { OnlyOpen = true },
        ["status"] = Every with { Status = TicketStatus.Solved },
        ["open status"] = Every with { Status = TicketStatus.OnHold, OnlyOpen = true },
        ["agent"] = Every with { Assignee = "bob" },
        ["open of an agent"] = Every with { Assignee = "bob", OnlyOpen = true },
        ["open status of an agent"] = Every with { Assignee = "bob", Status = TicketStatus.Open },
        ["team"] = Every with { Team = "returns" },
        ["open of a team"] = Every with { Team = "returns", OnlyOpen = true },
        ["customer"] = Every with { CustomerId = "ada" },
        ["order"] = Every with { OrderId = "1001" },
        ["tag"] = Every with { Tag = "vip" },
        ["open with a tag"] = Every with { Tag = "vip", OnlyOpen = true },
        ["channel, priority and kind"] = Every with { Channel = "chat", Priority = TicketPriority.High, Kind = TicketKind.Return },
    };

    private readonly SqliteFile _file = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var database = _file.Open();
        await database.StartAsync(Stop);
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("every", $"t USING INDEX {Numbers} (shop=? AND number<?)")]
    [InlineData("open", "t USING INDEX support_tickets_open (shop=? AND number<?)")]
    [InlineData("status", "t USING INDEX support_tickets_status (shop=? AND status=? AND number<?)")]
    [InlineData("open status", "t USING INDEX support_tickets_status (shop=? AND status=? AND number<?)")]
    [InlineData("agent", "t USING INDEX support_tickets_assignee (shop=? AND assignee=? AND number<?)")]
    [InlineData("open of an agent", "t USING INDEX support_tickets_open_assignee (shop=? AND assignee=? AND number<?)")]
    [InlineData("open status of an agent", "t USING INDEX support_tickets_open_assignee (shop=? AND assignee=? AND number<?)")]
    [InlineData("team", "t USING INDEX support_tickets_team (shop=? AND team=? AND number<?)")]
    [InlineData("open of a team", "t USING INDEX support_tickets_open_team (shop=? AND team=? AND number<?)")]
    [InlineData("customer", "t USING INDEX support_tickets_customer (shop=? AND customer_id=? AND number<?)")]
    [InlineData("order", $"t USING INDEX {Numbers} (shop=? AND number=?)")]
    [InlineData("tag", "w USING PRIMARY KEY (shop=? AND tag=? AND number<?)")]
    [InlineData("open with a tag", "t USING INDEX support_tickets_open (shop=? AND number<?)")]
    [InlineData("channel, priority and kind", $"t USING INDEX {Numbers} (shop=? AND number<?)")]
    public void The_newest_are_walked_to(string list, string walk)
    {
        var plan = Plan(Lists[list] with { After = new TicketPlace(7) });

        Assert.Equal("SEARCH " + walk, plan[0]);
        Assert.DoesNotContain(Sorted, plan);
    }

    [Theory]
    [InlineData("every", "support_tickets_due (shop=? AND (due_at,number)>(?,?))")]
    [InlineData("open", "support_tickets_due (shop=? AND (due_at,number)>(?,?))")]
    [InlineData("status", "support_tickets_due (shop=? AND (due_at,number)>(?,?))")]
    [InlineData("open status", "support_tickets_due (shop=? AND (due_at,number)>(?,?))")]
    [InlineData("agent", "support_tickets_due_assignee (shop=? AND assignee=? AND (due_at,number)>(?,?))")]
    [InlineData("open of an agent", "support_tickets_due_assignee (shop=? AND assignee=? AND (due_at,number)>(?,?))")]
    [InlineData("open status of an agent", "support_tickets_due_assignee (shop=? AND assignee=? AND (due_at,number)>(?,?))")]
    [InlineData("team", "support_tickets_due_team (shop=? AND team=? AND (due_at,number)>(?,?))")]
    [InlineData("open of a team", "support_tickets_due_team (shop=? AND team=? AND (due_at,number)>(?,?))")]
    [InlineData("tag", "support_tickets_due (shop=? AND (due_at,number)>(?,?))")]
    [InlineData("open with a tag", "support_tickets_due (shop=? AND (due_at,number)>(?,?))")]
    [InlineData("channel, priority and kind", "support_tickets_due (shop=? AND (due_at,number)>(?,?))")]
    public void What_is_due_first_is_walked_to(string list, string walk)
    {
        var plan = Plan(Lists[list] with { Order = TicketOrder.Due, After = new TicketPlace(7, DateTimeOffset.UnixEpoch) });

        Assert.Equal("SEARCH t USING INDEX " + walk, plan[0]);
        Assert.DoesNotContain(Sorted, plan);
    }

    [Theory]
    [InlineData("customer", "support_tickets_customer (shop=? AND customer_id=?)")]
    [InlineData("order", $"{Numbers} (shop=? AND number=?)")]
    public void The_few_that_a_customer_or_an_order_has_are_found_and_sorted(string list, string walk)
    {
        var plan = Plan(Lists[list] with { Order = TicketOrder.Due });

        Assert.Equal("SEARCH t USING INDEX " + walk, plan[0]);
        Assert.Contains(Sorted, plan);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_page_of_entries_is_walked_to_from_either_end(bool latest)
    {
        var query = new TicketEntryQuery { Key = new TicketKey("main", 1), Latest = latest };
        foreach (var one in (TicketEntryQuery[])[query, query with { OnlyPublic = true }])
        {
            var step = Assert.Single(_file.Plan(TicketEntries.Select(one, new SqliteDialect())));
            Assert.Equal("SEARCH support_ticket_entries USING INDEX sqlite_autoindex_support_ticket_entries_1 (shop=? AND ticket=? AND number>?)", step);
        }
    }

    [Fact]
    public void What_was_asked_for_under_an_id_is_looked_up()
    {
        var query = new TicketEntryQuery { Key = new TicketKey("main", 1), RequestId = "r" };

        Assert.StartsWith(
            "SEARCH support_ticket_entries USING INDEX support_ticket_entries_request",
            _file.Plan(TicketEntries.Select(query, new SqliteDialect()))[0],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("UPDATE support_tickets SET lease_until", "check_at <=", "SEARCH support_tickets USING INDEX support_tickets_check (shop=? AND check_at<?)")]
    [InlineData("WITH RECURSIVE shops", "FROM asked", "SEARCH t USING INDEX support_tickets_check (shop=? AND check_at>?)")]
    [InlineData(
        "UPDATE support_tickets SET version",
        "r.r_body",
        "SEARCH support_tickets USING INDEX sqlite_autoindex_support_tickets_1 (shop=? AND number=?)"
    )]
    [InlineData("UPDATE support_tickets SET version", "closed_at <=", "SEARCH support_tickets USING INDEX support_tickets_closed (closed_at<?)")]
    [InlineData("SELECT c.shop", "support_customer_contacts", "SEARCH p USING PRIMARY KEY (shop=? AND channel=? AND contact=?)")]
    [InlineData("SELECT c.shop", "c.listed = 1", "SEARCH c USING INDEX sqlite_autoindex_support_customers_1 (shop=? AND customer_id>?)")]
    [InlineData("UPDATE support_contents SET", "saved_at <=", "SEARCH support_contents USING INDEX support_contents_unused (saved_at<?)")]
    [InlineData(
        "INSERT INTO support_ticket_entries",
        "@offset",
        "SEARCH support_ticket_entries USING INDEX sqlite_autoindex_support_ticket_entries_1 (shop=? AND ticket=? AND number"
    )]
    public void What_is_asked_all_the_time_finds_its_index(string begins, string has, string step)
    {
        var texts = StatementTexts
            .Of(new SqliteDialect())
            .Where(text => text.StartsWith(begins, StringComparison.Ordinal) && text.Contains(has, StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.Contains(_file.Plan(text), one => one.StartsWith(step, StringComparison.Ordinal)));
    }

    private List<string> Plan(TicketQuery query) => _file.Plan(TicketList.Of(query, new SqliteDialect()).Sql);
}
