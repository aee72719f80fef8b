using System.Text.Json;
using DelayReplay.Orders;
using MimeKit;
using Xunit;

namespace Support.Sdk.IntegrationTests.Replay;

public sealed class ReplayTests
{
    private const string Late = "late 1,delivered,2026-03-02T09:00:00Z,2026-03-02T09:01:00Z,2026-03-03T09:00:00Z,2026-03-12T09:00:00Z,2026-03-09";
    private const string InTime = "ok,delivered,2026-03-02T09:00:00Z,,2026-03-03T09:00:00Z,2026-03-04T09:00:00Z,2026-03-09";
    private const string Close = "close,delivered,2026-03-02T09:00:00Z,,2026-03-03T09:00:00Z,2026-03-09T20:00:00Z,2026-03-09";
    private const string Lost = "lost,shipped,2026-03-02T09:00:00Z,,2026-03-03T09:00:00Z,,2026-03-09";

    [Fact]
    public async Task A_late_order_is_told_before_its_promise_has_ended()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Late, InTime, Close, Lost);

        var (code, output) = await folder.RunAsync();

        Assert.True(code == 0, output);
        var figures = await FiguresAsync(folder);
        Assert.Equal(4, figures.GetProperty("orders").GetInt64());
        Assert.Equal(1, figures.GetProperty("late_orders").GetInt64());
        Assert.Equal(2, figures.GetProperty("told_before_promise").GetInt64());
        Assert.Equal(0, figures.GetProperty("told_after_promise").GetInt64());
        Assert.Equal(1, figures.GetProperty("false_alarms").GetInt64());
        Assert.Equal(0.5, figures.GetProperty("precision").GetDouble());
        Assert.Equal(1.0, figures.GetProperty("recall").GetDouble());
        Assert.Equal(2.0, figures.GetProperty("median_lead_days").GetDouble());
        Assert.Equal(3, figures.GetProperty("shipping_notices").GetInt64());
        Assert.Equal(3, figures.GetProperty("delivered_notices").GetInt64());
        Assert.Equal(0, figures.GetProperty("duplicates").GetInt64());
        Assert.Equal(1, figures.GetProperty("not_delivered_told").GetInt64());
        Assert.Contains(folder.MailsAbout("late 1"), mail => mail.Contains("X-Support-Occasion: order-at-risk", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_figures_have_exactly_the_fields_that_are_documented()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(InTime);

        await folder.RunAsync();

        var names = (await FiguresAsync(folder)).EnumerateObject().Select(field => field.Name);
        Assert.Equal(
            "orders,late_orders,delay_notices,told_before_promise,told_after_promise,false_alarms,precision,recall,median_lead_days,revised_dates_kept,"
                + "shipping_notices,delivered_notices,duplicates,held,suppressed,superseded,failed,not_delivered_told,wall_seconds",
            string.Join(',', names)
        );
    }

    [Fact]
    public async Task Delivery_at_the_midnight_that_ends_the_promise_is_late()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(
            "at,delivered,2026-03-02T09:00:00Z,,2026-03-03T09:00:00Z,2026-03-09T23:00:00Z,2026-03-09",
            "before,delivered,2026-03-02T09:00:00Z,,2026-03-03T09:00:00Z,2026-03-09T22:59:59Z,2026-03-09"
        );

        await folder.RunAsync("--time-zone", "Europe/Stockholm");

        Assert.Equal(1, (await FiguresAsync(folder)).GetProperty("late_orders").GetInt64());
    }

    [Fact]
    public async Task Two_runs_of_the_same_file_write_the_same_mails()
    {
        using var one = new ReplayFolder();
        using var other = new ReplayFolder();
        one.WriteRows(Late, InTime, Close, Lost);
        other.WriteRows(Late, InTime, Close, Lost);

        await one.RunAsync();
        await other.RunAsync();
        var first = other.Mails();
        await other.RunAsync();

        Assert.NotEmpty(first);
        Assert.Equal(one.Mails(), first);
        Assert.Equal(first, other.Mails());
    }

    [Theory]
    [InlineData("early,delivered,2026-03-02T09:00:00Z,,2026-03-05T09:00:00Z,2026-03-04T09:00:00Z,2026-03-09")]
    [InlineData("first,delivered,2026-03-02T09:00:00Z,2026-03-01T09:00:00Z,2026-02-28T09:00:00Z,2026-03-04T09:00:00Z,2026-03-09")]
    [InlineData("past,delivered,2026-03-02T09:00:00Z,,2026-03-05T09:00:00Z,2026-03-06T09:00:00Z,2026-02-09")]
    [InlineData("at once,delivered,2026-03-02T09:00:00Z,2026-03-02T09:00:00Z,2026-03-02T09:00:00Z,2026-03-02T09:00:00Z,2026-03-02")]
    [InlineData("future,processing,2199-12-31T09:00:00Z,,,,2199-12-31")]
    [InlineData("Ünïcode “id” 李,delivered,2026-03-02T09:00:00Z,,2026-03-05T09:00:00Z,2026-03-06T09:00:00Z,2026-03-09")]
    [InlineData("no promise,delivered,2026-03-02T09:00:00Z,,2026-03-05T09:00:00Z,2026-03-06T09:00:00Z,")]
    public async Task A_strange_row_is_replayed_as_it_is(string row)
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(row, Late);

        var (code, output) = await folder.RunAsync();

        Assert.True(code == 0, output);
        var figures = await FiguresAsync(folder);
        Assert.Equal(2, figures.GetProperty("orders").GetInt64());
        Assert.Equal(0, figures.GetProperty("duplicates").GetInt64());
        Assert.Equal(0, figures.GetProperty("failed").GetInt64());
        Assert.NotEmpty(folder.MailsAbout("late 1"));
    }

    [Fact]
    public async Task Hostile_names_and_addresses_are_printed_and_nothing_more()
    {
        using var folder = new ReplayFolder();
        folder.Write(
            "order_id,status,placed_at,paid_at,shipped_at,delivered_at,promised_by,customer_name,customer_email\n"
                + "A,delivered,2026-03-02T09:00:00Z,,2026-03-03T09:00:00Z,,2026-03-09,\"{{ order.number }} %Token% <script>alert(1)</script>\nBcc: x@example.org\",a@example.org\n"
        );

        var (code, output) = await folder.RunAsync();

        Assert.True(code == 0, output);
        Assert.NotEmpty(folder.MailsAbout("A"));
        foreach (var file in Directory.GetFiles(folder.Mail))
        {
            using var mail = await MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken);
            Assert.Empty(mail.Bcc);
            Assert.Equal("a@example.org", Assert.Single(mail.To.Mailboxes).Address);
            Assert.Contains("{{ order.number }} %Token% <script>alert(1)</script>", mail.TextBody, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", mail.HtmlBody, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("<script", await File.ReadAllTextAsync(folder.Report, TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task One_order_is_told_from_the_database_without_a_replay()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Late, InTime);
        await folder.RunAsync();
        File.Delete(folder.Json);

        var (code, output) = await folder.RunAsync("--order", "late 1");

        Assert.Equal(0, code);
        Assert.False(File.Exists(folder.Json));
        var facts = new[] { "placed", "paid", "shipped", "Send order-at-risk", "Accepted", ".eml", "the promised day has ended", "delivered" };
        Assert.Equal(facts.Order(StringComparer.Ordinal), facts.Where(fact => output.Contains(fact, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.True(output.IndexOf("shipped", StringComparison.Ordinal) < output.IndexOf("order-at-risk", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_order_is_told_after_a_replay_when_there_is_no_database()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Late, InTime);

        var (code, output) = await folder.RunAsync("--order", "late 1");

        Assert.Equal(0, code);
        Assert.True(File.Exists(folder.Json));
        Assert.Contains("Send order-at-risk", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_nobody_knows_ends_with_1()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Late);
        await folder.RunAsync();

        var (code, output) = await folder.RunAsync("--order", "nobody's [order]");

        Assert.Equal(1, code);
        Assert.Contains("There is no order \"nobody's [order]\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_stands_alone()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Late, InTime, Close);

        await folder.RunAsync();

        var report = await File.ReadAllTextAsync(folder.Report, TestContext.Current.CancellationToken);
        Assert.Equal(3, report.Split("<svg ").Length - 1);
        Assert.Contains("<iframe sandbox=\"\"", report, StringComparison.Ordinal);
        Assert.Contains("None: every order that became late was told", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", report, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" src=", report, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_generator_writes_the_same_file_again()
    {
        var shipped = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "orders.csv"), TestContext.Current.CancellationToken);

        Assert.Equal(shipped, OrderGenerator.Write(OrderGenerator.DefaultRows, OrderGenerator.DefaultSeed));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Of_the_made_up_orders_every_late_one_is_told_in_time_and_nobody_twice()
    {
        Requirement.IsSlow();
        using var folder = new ReplayFolder();
        folder.Write(OrderGenerator.Write(OrderGenerator.DefaultRows, OrderGenerator.DefaultSeed));

        var (code, output) = await folder.RunAsync();

        Assert.True(code == 0, output);
        var figures = await FiguresAsync(folder);
        Assert.Equal(2000, figures.GetProperty("orders").GetInt64());
        Assert.InRange(figures.GetProperty("late_orders").GetInt64(), 100, 160);
        Assert.Equal(1.0, figures.GetProperty("recall").GetDouble());
        Assert.InRange(figures.GetProperty("precision").GetDouble(), 0.7, 1);
        Assert.Equal(0, figures.GetProperty("duplicates").GetInt64());
        Assert.Equal(0, figures.GetProperty("failed").GetInt64());
        await ShippedOnceAsync(folder);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Of_the_real_orders_every_late_one_is_told_in_time_and_nobody_twice()
    {
        Requirement.IsSlow();
        var real = RealOrders();
        Assert.SkipWhen(real is null, "The real orders are not beside this repository (shared/data/orders-2016-2018.csv).");
        using var folder = new ReplayFolder();
        File.Copy(real!, folder.Orders);

        var (code, output) = await folder.RunAsync();

        Assert.True(code == 0, output);
        var figures = await FiguresAsync(folder);
        Assert.Equal(5999, figures.GetProperty("orders").GetInt64());
        Assert.Equal(423, figures.GetProperty("late_orders").GetInt64());
        Assert.Equal(1.0, figures.GetProperty("recall").GetDouble());
        Assert.InRange(figures.GetProperty("precision").GetDouble(), 0.74, 1);
        Assert.InRange(figures.GetProperty("median_lead_days").GetDouble(), 1.95, 100);
        Assert.Equal(0, figures.GetProperty("duplicates").GetInt64());
        await ShippedOnceAsync(folder);
    }

    // Every order that was really placed, shipped and delivered in that order hears of its shipment exactly once.
    private static async Task ShippedOnceAsync(ReplayFolder folder)
    {
        const string InOrder = "FROM orders WHERE lower(status) = 'delivered' AND placed_at <= shipped_at AND shipped_at <= delivered_at";
        const string Told = "(SELECT COUNT(*) FROM messages m WHERE m.n = orders.n AND kind = 'order-shipped' AND state = 'Accepted')";
        await using var book = await folder.OpenBookAsync();
        Assert.NotEqual(0, await book.CountAsync($"SELECT COUNT(*) {InOrder}", TestContext.Current.CancellationToken));
        Assert.Equal(0, await book.CountAsync($"SELECT COUNT(*) {InOrder} AND {Told} <> 1", TestContext.Current.CancellationToken));
    }

    private static string? RealOrders()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", "orders-2016-2018.csv");
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    private static async Task<JsonElement> FiguresAsync(ReplayFolder folder)
    {
        await using var stream = File.OpenRead(folder.Json);
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        return document.RootElement.Clone();
    }
}
