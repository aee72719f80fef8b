using System.Globalization;
using System.Text;
using Xunit;

namespace Support.Sdk.IntegrationTests.Replay;

public sealed class BadInputTests
{
    private const string Good = "A,delivered,2026-03-02T09:00:00Z,,2026-03-03T09:00:00Z,2026-03-04T09:00:00Z,2026-03-09";

    [Theory]
    [InlineData("A,delivered,2017-13-01,,,,2026-03-09", "orders.csv(2,3): placed_at \"2017-13-01\" is not a time. Write it like 2017-01-31T09:30:00Z.")]
    [InlineData("A,delivered,2026-03-02T09:00:00Z,soon,,,2026-03-09", "orders.csv(2,4): paid_at \"soon\" is not a time.")]
    [InlineData("A,delivered,2026-03-02T09:00:00Z,,2026-03-02T25:00:00Z,,", "orders.csv(2,5): shipped_at \"2026-03-02T25:00:00Z\" is not a time.")]
    [InlineData("A,delivered,2026-03-02T09:00:00Z,,,9026-03-02T09:00:00Z,", "orders.csv(2,6): delivered_at \"9026-03-02T09:00:00Z\" is not a time.")]
    [InlineData("A,delivered,2026-03-02T09:00:00Z,,,,2026-02-30", "orders.csv(2,7): promised_by \"2026-02-30\" is not a date. Write it like 2017-01-31.")]
    [InlineData("A,delivered,2026-03-02T09:00:00Z,,,,2026-03-09T00:00:00Z", "orders.csv(2,7): promised_by")]
    [InlineData("A,delivered,,,,,2026-03-09", "orders.csv(2,3): placed_at is empty.")]
    [InlineData(",delivered,2026-03-02T09:00:00Z,,,,2026-03-09", "orders.csv(2,1): order_id is empty.")]
    [InlineData("A,delivered,2026-03-02T09:00:00Z,,,2026-03-09", "orders.csv(2,7): The row has 6 fields, the header has 7.")]
    [InlineData("A,delivered,2026-03-02T09:00:00Z,,,,2026-03-09,,", "orders.csv(2,8): The row has 9 fields, the header has 7.")]
    [InlineData("A,\"delivered,2026-03-02T09:00:00Z,,,,2026-03-09", "orders.csv(2,2): The quote that opens here is never closed.")]
    [InlineData("A,\"delivered\"x,2026-03-02T09:00:00Z,,,,2026-03-09", "orders.csv(2,2): After the closing quote comes more text.")]
    [InlineData("A,deliv\"ered,2026-03-02T09:00:00Z,,,,2026-03-09", "orders.csv(2,2): A quote stands in the middle of a field.")]
    [InlineData("\"A\nB\",delivered,2026-03-02T09:00:00Z,,,,2026-03-09", "orders.csv(2,1): order_id has a line break")]
    public async Task A_fault_names_file_line_column_and_what_to_do(string row, string message)
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(row);

        var (code, output) = await folder.RunAsync();

        Assert.Equal(2, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Database));
        Assert.Empty(folder.Mails());
    }

    [Fact]
    public async Task An_order_id_of_more_than_200_characters_is_a_fault()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Good.Replace("A,", new string('x', 201) + ",", StringComparison.Ordinal));

        var (code, output) = await folder.RunAsync();

        Assert.Equal(2, code);
        Assert.Contains("orders.csv(2,1): order_id has 201 characters. At most 200 are allowed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_id_that_comes_twice_names_the_line_of_the_first()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Good, Good.Replace("A,", "B,", StringComparison.Ordinal), Good);

        var (code, output) = await folder.RunAsync();

        Assert.Equal(2, code);
        Assert.Contains("orders.csv(4,1): order_id \"A\" stands on line 2 already.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "orders.csv is empty.")]
    [InlineData("order_id,status,placed_at,paid_at,shipped_at,delivered_at,promised_by\n", "orders.csv has no order that can be used below its header.")]
    [InlineData("order_id,status,placed_at,paid_at,delivered_at\nA,,,,\n", "orders.csv(1,6): The header lacks shipped_at, promised_by.")]
    [InlineData("order_id;status;placed_at\n", "orders.csv(1,2): The header lacks")]
    [InlineData("order_id,status,placed_at,paid_at,shipped_at,delivered_at,promised_by,status\n", "orders.csv(1,8): The column status is named twice.")]
    public async Task A_file_without_its_header_or_rows_is_refused(string csv, string message)
    {
        using var folder = new ReplayFolder();
        folder.Write(csv);

        var (code, output) = await folder.RunAsync();

        Assert.Equal(2, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_a_fault()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Good);
        await File.AppendAllBytesAsync(folder.Orders, [.. "B,caf"u8, 0xE9, .. ",2026-03-02T09:00:00Z,,,,\n"u8], TestContext.Current.CancellationToken);

        var (code, output) = await folder.RunAsync();

        Assert.Equal(2, code);
        Assert.Contains("orders.csv(3,2): status has bytes that are not UTF-8.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        using var folder = new ReplayFolder();

        var (code, output) = await folder.RunAsync();

        Assert.Equal(2, code);
        Assert.Contains(folder.Orders, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_time_zone_is_refused()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Good);

        var (code, output) = await folder.RunAsync("--time-zone", "Mars/Base");

        Assert.Equal(2, code);
        Assert.Contains("--time-zone \"Mars/Base\" is not known. Use an IANA name such as Europe/Stockholm.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_option_ends_with_2()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Good);

        var (code, output) = await folder.RunAsync("--fast");

        Assert.Equal(2, code);
        Assert.Contains("--fast", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_faults_are_enough()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows([.. Enumerable.Range(0, 30).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row},delivered,never,,,,"))]);

        var (code, output) = await folder.RunAsync();

        Assert.Equal(2, code);
        Assert.Contains("orders.csv(21,3)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("orders.csv(22,3)", output, StringComparison.Ordinal);
        Assert.Contains("the first 20 faults are above", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_skip_bad_every_good_row_is_replayed()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(
            Good,
            "B,\"never closed,2026-03-02T09:00:00Z,,,,",
            Good.Replace("A,", "C,", StringComparison.Ordinal),
            "D,delivered,soon,,,,",
            Good,
            Good.Replace("A,", "E,", StringComparison.Ordinal)
        );

        var (code, output) = await folder.RunAsync("--skip-bad");

        Assert.Equal(0, code);
        Assert.Contains("3 orders; 3 bad rows were left out.", output, StringComparison.Ordinal);
        Assert.Contains("orders.csv(3,2)", output, StringComparison.Ordinal);
        Assert.Contains("orders.csv(5,3)", output, StringComparison.Ordinal);
        Assert.Contains("orders.csv(6,1)", output, StringComparison.Ordinal);
        Assert.All(["A", "C", "E"], id => Assert.NotEmpty(folder.MailsAbout(id)));
    }

    [Fact]
    public async Task With_skip_bad_a_file_of_bad_rows_is_still_refused()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows("A,delivered,soon,,,,");

        var (code, output) = await folder.RunAsync("--skip-bad");

        Assert.Equal(2, code);
        Assert.Contains("has no order that can be used", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_carriage_returns_and_quoted_line_breaks_are_fine()
    {
        using var folder = new ReplayFolder();
        var csv =
            "order_id,status,placed_at,paid_at,shipped_at,delivered_at,promised_by,customer_name\r\n"
            + "A,delivered,2026-03-02 09:00,,2026-03-03T09:00:00.5+01:00,,2026-03-09,\"Eve \"\"E\"\",\r\nQ\"\r\n";
        await File.WriteAllTextAsync(folder.Orders, csv, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), TestContext.Current.CancellationToken);

        var (code, output) = await folder.RunAsync();

        Assert.True(code == 0, output);
        Assert.NotEmpty(folder.MailsAbout("A"));
    }

    [Fact]
    public async Task A_bad_file_leaves_an_earlier_run_as_it_was()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Good);
        await folder.RunAsync();
        var before = folder.Mails();
        folder.WriteRows(Good, "B");

        var (code, _) = await folder.RunAsync();

        Assert.Equal(2, code);
        Assert.NotEmpty(before);
        Assert.Equal(before, folder.Mails());
        Assert.True(File.Exists(folder.Database));
    }

    [Fact]
    public async Task A_file_that_is_not_ours_is_never_removed()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Good);
        await File.WriteAllTextAsync(folder.Database, "my novel", TestContext.Current.CancellationToken);

        var (code, output) = await folder.RunAsync();

        Assert.Equal(2, code);
        Assert.Contains("is not a database of this sample", output, StringComparison.Ordinal);
        Assert.Equal("my novel", await File.ReadAllTextAsync(folder.Database, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Mails_of_others_stay_in_the_folder()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows(Good);
        await folder.RunAsync();
        await File.WriteAllTextAsync(Path.Combine(folder.Mail, "other.eml"), "X-Support-Order: tiny/1\r\n\r\nHello", TestContext.Current.CancellationToken);
        folder.WriteRows(Good.Replace("A,", "B,", StringComparison.Ordinal));

        await folder.RunAsync();

        Assert.Contains("other.eml", folder.Mails().Keys, StringComparer.Ordinal);
        Assert.Empty(folder.MailsAbout("A"));
        Assert.NotEmpty(folder.MailsAbout("B"));
    }
}
