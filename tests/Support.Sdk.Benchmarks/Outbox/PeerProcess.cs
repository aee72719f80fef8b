using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>A peer in a process of its own.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private PeerProcess(string program)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet")
            {
                ArgumentList = { program },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
    }

    public static async Task<PeerProcess> StartAsync(string program, string database, Sample sample)
    {
        var process = new PeerProcess(program);
        foreach (var text in new[] { database, sample.Order, sample.Message })
        {
            await process._process.StandardInput.WriteLineAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
        }

        await process.AnswerAsync();
        return process;
    }

    public Task<double> FlowAsync(int messages, int perTransaction) => AskAsync($"flow {messages} {perTransaction}");

    public Task<double> DrainAsync(int messages) => AskAsync($"drain {messages}");

    public Task PauseAsync() => SignalAsync("STOP");

    public Task ResumeAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await ResumeAsync();
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    // Where there are no signals it goes on polling.
    private async Task SignalAsync(string signal)
    {
        if (!OperatingSystem.IsWindows())
        {
            using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }
    }

    private async Task<double> AskAsync(FormattableString question)
    {
        await _process.StandardInput.WriteLineAsync(question.ToString(CultureInfo.InvariantCulture));
        return double.Parse(await AnswerAsync(), CultureInfo.InvariantCulture);
    }

    private async Task<string> AnswerAsync()
    {
        if (await _process.StandardOutput.ReadLineAsync() is { } answer)
        {
            return answer;
        }

        await _process.WaitForExitAsync();
        lock (_errors)
        {
            throw new InvalidOperationException($"The peer ended: {_errors}");
        }
    }

    private void Remember(string? line)
    {
        lock (_errors)
        {
            _errors.AppendLine(line);
        }
    }
}
