using Npgsql;
using Support.Sdk.Relational;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.IntegrationTests.Postgres;

/// <summary>What the planner makes of an operator's lists, where nearly every ticket is closed.</summary>
[Collection(nameof(FullTables))]
public sealed class PostgresTicketPlanTests(FullDatabase full, ITestOutputHelper output)
{
    private static readonly PostgresDialect Dialect = new();
    private static readonly TicketQuery Every = new() { Shop = "main" };

    private static readonly Dictionary<string, TicketQuery> Lists = new(StringComparer.Ordinal)
    {
        ["every"] = Every,
        ["open"] = Every with { OnlyOpen = true },
        ["status"] = Every with { Status = TicketStatus.Solved },
        ["open status"] = Every with { Status = TicketStatus.OnHold, OnlyOpen = true },
        ["agent"] = Every with { Assignee = "agent-3" },
        ["open of an agent"] = Every with { Assignee = "agent-3", OnlyOpen = true },
        ["team"] = Every with { Team = "team-3" },
        ["open of a team"] = Every with { Team = "team-3", OnlyOpen = true },
        ["customer"] = Every with { CustomerId = "customer-5" },
        ["order"] = Every with { OrderId = "many-7" },
        ["tag"] = Every with { Tag = "tag-3" },
        ["open with a tag"] = Every with { Tag = "tag-0", OnlyOpen = true },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("every", "support_tickets_shop_number_key", "support_tickets_due")]
    [InlineData("open", "support_tickets_open", "support_tickets_due")]
    [InlineData("status", "support_tickets_status", "support_tickets_due")]
    [InlineData("open status", "support_tickets_status", "support_tickets_due")]
    [InlineData("agent", "support_tickets_assignee", "support_tickets_due_assignee")]
    [InlineData("open of an agent", "support_tickets_open_assignee", "support_tickets_due_assignee")]
    [InlineData("team", "support_tickets_team", "support_tickets_due_team")]
    [InlineData("open of a team", "support_tickets_open_team", "support_tickets_due_team")]
    [InlineData("tag", "support_ticket_tags_pkey", "support_tickets_due")]
    [InlineData("open with a tag", "support_tickets_open", "support_tickets_due")]
    public async Task A_list_is_walked_to(string list, string newest, string due)
    {
        foreach (var plan in await PlansAsync(list, TicketOrder.Newest))
        {
            Assert.Matches($@"Index (Only )?Scan Backward using {newest} ", plan);
            Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        }

        foreach (var plan in await PlansAsync(list, TicketOrder.Due))
        {
            Assert.Matches($@"Index Scan using {due} ", plan);
            Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("customer", "support_tickets_customer")]
    [InlineData("order", "support_ticket_orders_pkey")]
    public async Task The_few_of_a_customer_or_an_order_are_found(string list, string index)
    {
        foreach (var plan in (IEnumerable<string>)[.. await PlansAsync(list, TicketOrder.Newest), .. await PlansAsync(list, TicketOrder.Due)])
        {
            Assert.Matches($@"Index (Only )?Scan (Backward )?using {index} ", plan);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_of_a_hundred_thousand_entries_is_walked_to_from_either_end(bool latest)
    {
        var query = new TicketEntryQuery
        {
            Key = new TicketKey("main", 20_000),
            After = latest ? 0 : 99_000,
            Latest = latest,
        };
        foreach (var one in (TicketEntryQuery[])[query, query with { OnlyPublic = true }])
        {
            var plan = await ExplainAsync(
                TicketEntries.Select(one, Dialect),
                [("@shop", one.Key.Shop), ("@ticket", one.Key.Number), ("@after", one.After), ("@max", one.Max)]
            );
            output.WriteLine(plan);
            Assert.Contains("using support_ticket_entries_pkey", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        }
    }

    private async Task<List<string>> PlansAsync(string list, TicketOrder order)
    {
        var plans = new List<string>();
        var place = new TicketPlace(25_000, Micros.Time(4_000_000_000_000_000 + 25_000));
        foreach (var query in (TicketQuery[])[Lists[list], Lists[list] with { After = place }])
        {
            var (text, parameters) = TicketList.Of(query with { Order = order }, Dialect);
            plans.Add(await ExplainAsync(text, parameters));
            output.WriteLine($"{text}\n{plans[^1]}\n");
        }

        return plans;
    }

    private async Task<string> ExplainAsync(string text, (string Name, object? Value)[] parameters)
    {
        var (_, connection) = await full.GetAsync();
#pragma warning disable CA2100 // The texts are those of the stores.
        await using var command = new NpgsqlCommand("EXPLAIN " + text, connection);
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }
        await using var reader = await command.ExecuteReaderAsync(Token);
        var lines = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            lines.Add(reader.GetString(0));
        }
        return string.Join('\n', lines);
    }
}
