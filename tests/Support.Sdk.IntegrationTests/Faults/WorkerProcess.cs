using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Support.Sdk.IntegrationTests.Faults;

/// <summary>A process of the fault worker.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    public const string Secret = "the-fault-suite-signs-with-this-secret-01";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Where events are posted to.</summary>
    public Uri Webhook { get; private set; } = new("http://127.0.0.1");

    public long ReadyAt { get; private set; }

    /// <summary>What it wrote: its warnings and errors.</summary>
    public string Said => string.Join('\n', _said);

    /// <param name="settings">The settings of the worker, by name.</param>
    public static async Task<WorkerProcess> StartAsync(params (string Name, object Value)[] settings)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(Root(), "tests", "Support.Sdk.FaultWorker", "bin", configuration, "net10.0", "Support.Sdk.FaultWorker.dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["Support__Webhooks__shop__Secrets__0"] = Secret;
        start.Environment["Support__Webhooks__shop__Shops__0"] = "main";
        foreach (var (name, value) in settings)
        {
            start.Environment[$"Worker__{name}"] = Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        var worker = new WorkerProcess(Process.Start(start)!);
        await worker.ListenAsync();
        return worker;
    }

    /// <summary>SIGKILL: nothing in it runs any more.</summary>
    /// <returns>The moment, in ticks of the stopwatch.</returns>
    public async Task<long> KillAsync()
    {
        _process.Kill();
        await EndAsync();
        return Stopwatch.GetTimestamp();
    }

    /// <summary>SIGTERM: as a service manager stops it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await EndAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Support.Sdk.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The repository was not found.");
        }

        return folder.FullName;
    }

    private async Task EndAsync()
    {
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process.WaitForExitAsync(late.Token);
    }

    private async Task ListenAsync()
    {
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The worker ended at its start: " + Said));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var port = await listening.Task.WaitAsync(Patience, TimeProvider.System);
        Webhook = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/support/webhooks/shop"));
        ReadyAt = Stopwatch.GetTimestamp();

        void Read(string? line)
        {
            if (line is null)
            {
                return;
            }

            _said.Enqueue(line);
            if (line.StartsWith("listening ", StringComparison.Ordinal))
            {
                listening.TrySetResult(int.Parse(line.AsSpan("listening ".Length), CultureInfo.InvariantCulture));
            }
        }
    }
}
