using System.Globalization;
using System.Text;
using Support.Sdk.Benchmarks.Outbox;

namespace Support.Sdk.Benchmarks.Peers;

/// <summary>
/// Lets another process measure one side: it hands over the database and the two sample texts, then asks for rounds, a line each
/// (<c>flow MESSAGES PER-TRANSACTION</c> or <c>drain MESSAGES</c>), and gets the messages a second.
/// </summary>
internal static class PeerHost
{
    public static async Task RunAsync(IOutboxSide side)
    {
        // Whatever a library prints must not be taken for an answer.
        var answers = Console.Out;
        Console.SetOut(Console.Error);
        await using (side)
        {
            var arrivals = new Arrivals();
            var database = await TextAsync();
            var sample = new Sample(await TextAsync(), await TextAsync());
            await side.OpenAsync(database, sample, arrivals);
            await answers.WriteLineAsync("ready");
            var run = new OutboxRun(side, arrivals);
            while (await Console.In.ReadLineAsync() is { Length: > 0 } line)
            {
                var words = line.Split(' ');
                var rate = words is ["drain", var count] ? await run.DrainAsync(Number(count)) : await run.FlowAsync(Number(words[1]), Number(words[2]));
                await answers.WriteLineAsync(rate.ToString("R", CultureInfo.InvariantCulture));
            }
        }
    }

    private static async Task<string> TextAsync() =>
        Encoding.UTF8.GetString(
            Convert.FromBase64String(
                await Console.In.ReadLineAsync() ?? throw new InvalidOperationException("The benchmark starts this program; it asks on standard input.")
            )
        );

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
