using System.Text.Json;
using DelayReplay;
using Support.Sdk.Orders;
using Xunit;

namespace Support.Sdk.IntegrationTests.Replay;

/// <summary>The backtest plays the same judgement as the engine: over the sample's own file both come to the same figures.</summary>
public sealed class BacktestTests
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_backtest_of_the_sample_s_file_agrees_with_its_replay()
    {
        Requirement.IsSlow();
        using var folder = new ReplayFolder();
        folder.Write(await DeliveredAsync(400));

        var (code, output) = await folder.RunAsync();
        var report = await BacktestCommand.RunAsync(folder.Orders, TimeZoneInfo.Utc, TestContext.Current.CancellationToken);

        Assert.True(code == 0, output);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(folder.Json, TestContext.Current.CancellationToken));
        var replayed = json.RootElement;
        Assert.Equal(replayed.GetProperty("orders").GetInt64(), report.Orders);
        Assert.Equal(replayed.GetProperty("late_orders").GetInt64(), report.Late);
        Assert.Equal(replayed.GetProperty("false_alarms").GetInt64(), report.FalseAlarms);
        Assert.Equal(replayed.GetProperty("delivered_notices").GetInt64(), report.Notices[NoticeKinds.OrderDelivered]);
        Assert.Equal(
            replayed.GetProperty("delay_notices").GetInt64(),
            report.Notices[NoticeKinds.OrderAtRisk] + report.Notices.GetValueOrDefault(NoticeKinds.OrderDelayed)
        );
    }

    [Fact]
    public async Task The_command_prints_what_the_data_can_carry_and_what_it_lacks()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows("late,delivered,2026-03-02T09:00:00Z,,2026-03-03T09:00:00Z,2026-03-12T09:00:00Z,2026-03-09");
        await using var output = new StringWriter();

        var code = await ReplayCommand.RunAsync(["backtest", folder.Orders], output, CancellationToken.None);

        Assert.Equal(0, code);
        Assert.Contains("AtRisk", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Stalled: No parcel has a scan.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_named_with_the_line()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows("late,delivered,yesterday,,,,2026-03-09");
        await using var output = new StringWriter();

        var code = await ReplayCommand.RunAsync(["backtest", folder.Orders], output, CancellationToken.None);

        Assert.Equal(2, code);
        Assert.Contains("(2,3)", output.ToString(), StringComparison.Ordinal);
    }

    // The replay's figures leave out what has another last status, or no promise of its own.
    private static async Task<string> DeliveredAsync(int count)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "orders.csv"), TestContext.Current.CancellationToken);
        var rows = lines.Skip(1).Where(line => line.Split(',') is [_, "delivered", _, _, _, _, { Length: > 0 }, ..]);
        return string.Join('\n', rows.Take(count).Prepend(lines[0])) + "\n";
    }
}
