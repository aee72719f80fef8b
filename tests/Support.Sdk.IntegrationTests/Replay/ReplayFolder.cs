using DelayReplay;
using DelayReplay.Orders;
using Xunit;

namespace Support.Sdk.IntegrationTests.Replay;

/// <summary>A folder of its own for one replay, and the command that runs in it.</summary>
internal sealed class ReplayFolder : IDisposable
{
    private const string Header = "order_id,status,placed_at,paid_at,shipped_at,delivered_at,promised_by";
    private readonly string _path = Directory.CreateTempSubdirectory("replay-tests-").FullName;

    public string Orders => In("orders.csv");

    public string Database => In("replay.db");

    public string Mail => In("mails");

    public string Json => In("replay.json");

    public string Report => In("replay.html");

    public string[] Arguments => [Orders, "--database", Database, "--mail", Mail, "--report", Report, "--json", Json];

    public string In(string name) => Path.Combine(_path, name);

    public void Write(string csv) => File.WriteAllText(Orders, csv);

    public void WriteRows(params string[] rows) => Write(string.Join('\n', [Header, .. rows]) + "\n");

    public async Task<(int Code, string Output)> RunAsync(params string[] more)
    {
        await using var output = new StringWriter();
        var code = await ReplayCommand.RunAsync([.. Arguments, .. more], output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    public Task<OrderBook> OpenBookAsync() => OrderBook.OpenAsync(OrderBook.PathOf(Database), TestContext.Current.CancellationToken);

    /// <summary>Every file in the mail folder, with its content.</summary>
    public Dictionary<string, string> Mails() =>
        Directory.Exists(Mail) ? Directory.GetFiles(Mail).ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal) : [];

    public IEnumerable<string> MailsAbout(string order) =>
        Mails().Values.Where(mail => mail.Contains($"X-Support-Order: replay/{order}\r\n", StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
