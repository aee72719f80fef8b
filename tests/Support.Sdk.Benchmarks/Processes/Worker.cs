using System.Diagnostics;
using Support.Sdk.Benchmarks.Outbox;

namespace Support.Sdk.Benchmarks.Processes;

/// <summary>A process of this same program that delivers between <c>go</c> and <c>stop</c> on its standard input.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private readonly Process _process;

    private Worker(Process process) => _process = process;

    /// <summary>What runs in the process.</summary>
    public static async Task<int> RunAsync(string database)
    {
        await using var engine = new Engine(new SlowChannel(), builder => Stores.Postgres(builder, database));
        await engine.OpenAsync();
        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is { Length: > 0 } command)
        {
            await (command is "go" ? engine.StartAsync() : engine.StopAsync());
            await Console.Out.WriteLineAsync("done");
        }

        return 0;
    }

    public static async Task<Worker> StartAsync(string database)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(Worker).Assembly.Location, "processes-worker", database },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var worker = new Worker(Process.Start(start)!);
        await worker.AnswerAsync();
        return worker;
    }

    public Task GoAsync() => AskAsync("go");

    public Task StopAsync() => AskAsync("stop");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await AnswerAsync();
    }

    private async Task AnswerAsync() =>
        _ = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A worker ended before its work was done.");
}
