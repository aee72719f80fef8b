using System.Diagnostics;
using System.Globalization;
using DelayReplay;
using Spectre.Console;

namespace Support.Sdk.Benchmarks;

/// <summary>The highest resident memory of the whole replay, each size in a process of its own (Linux, from /proc).</summary>
internal static class MemoryBenchmark
{
    private static readonly int[] Sizes = [1_000, 4_000, 8_000];

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("support-memory-").FullName;
        try
        {
            var peaks = new List<double>();
            foreach (var size in Sizes)
            {
                peaks.Add(await PeakAsync(Path.Combine(folder, $"{size}"), size));
            }

            return Report(peaks);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Report(List<double> peaks)
    {
        var table = new Table().AddColumns("orders", "peak resident, MB", "against the smallest");
        for (var index = 0; index < Sizes.Length; index++)
        {
            table.AddRow(Text(Sizes[index], "N0"), Text(peaks[index], "F0"), Text(peaks[index] / peaks[0], "F2"));
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine("[grey]Eight times the orders may not take half as much memory again.[/]");
        return peaks[^1] / peaks[0] <= 1.5 ? 0 : 1;
    }

    private static async Task<double> PeakAsync(string folder, int size)
    {
        Directory.CreateDirectory(folder);
        var orders = Path.Combine(folder, "orders.csv");
        await ReplayCommand.RunAsync(["generate", orders, "--rows", Text(size, "F0")], TextWriter.Null, CancellationToken.None);
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(ReplayCommand).Assembly.Location);
        start.ArgumentList.Add(orders);
        // The collector must not take the machine's size for an invitation.
        start.Environment["DOTNET_gcServer"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0.0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, await HighWaterAsync(process.Id));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return process.ExitCode == 0 ? peak : throw new InvalidOperationException(await output);
    }

    private static async Task<double> HighWaterAsync(int process)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync($"/proc/{process}/status");
            var line = lines.FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            // The process has just ended.
            return 0;
        }
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
