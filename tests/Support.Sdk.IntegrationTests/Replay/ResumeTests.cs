using System.Diagnostics;
using System.Text.Json;
using DelayReplay;
using DelayReplay.Orders;
using Xunit;

namespace Support.Sdk.IntegrationTests.Replay;

public sealed class ResumeTests
{
    private const int Rows = 150;
    private const int Seed = 7;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Killed_at_three_moments_and_resumed_it_ends_with_the_same_mails()
    {
        Requirement.IsSlow();
        using var whole = new ReplayFolder();
        using var killed = new ReplayFolder();
        whole.Write(OrderGenerator.Write(Rows, Seed));
        killed.Write(OrderGenerator.Write(Rows, Seed));
        await whole.RunAsync();
        var expected = whole.Mails();

        var dice = new Dice(Seed);
        foreach (var third in Enumerable.Range(0, 3))
        {
            // One moment in each third, so that every run gets somewhere.
            var after = (int)(expected.Count * (third + (0.8 * dice.Roll()) + 0.1) / 3);
            await RunAndKillAsync(killed, after);
            Assert.InRange(killed.Mails().Count, after, expected.Count - 1);
        }

        var (code, output) = await killed.RunAsync("--resume");

        Assert.True(code == 0, output);
        Assert.Equal(expected, killed.Mails());
        Assert.Equal(await FiguresAsync(whole), await FiguresAsync(killed));
    }

    [Fact]
    public async Task Resuming_a_finished_run_changes_nothing()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows("A,delivered,2026-03-02T09:00:00Z,,2026-03-03T09:00:00Z,2026-03-04T09:00:00Z,2026-03-09");
        await folder.RunAsync();
        var (mails, figures) = (folder.Mails(), await FiguresAsync(folder));

        var (code, _) = await folder.RunAsync("--resume");

        Assert.Equal(0, code);
        Assert.Equal(mails, folder.Mails());
        Assert.Equal(figures, await FiguresAsync(folder));
    }

    [Fact]
    public async Task Without_a_run_to_resume_it_begins_one()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows("A,delivered,2026-03-02T09:00:00Z,,2026-03-03T09:00:00Z,2026-03-04T09:00:00Z,2026-03-09");

        var (code, _) = await folder.RunAsync("--resume");

        Assert.Equal(0, code);
        Assert.NotEmpty(folder.MailsAbout("A"));
    }

    [Fact]
    public async Task Another_file_or_time_zone_is_not_resumed()
    {
        using var folder = new ReplayFolder();
        folder.WriteRows("A,delivered,2026-03-02T09:00:00Z,,,,2026-03-09");
        await folder.RunAsync();

        var (zoneCode, zoneOutput) = await folder.RunAsync("--resume", "--time-zone", "Europe/Stockholm");
        folder.WriteRows("B,delivered,2026-03-02T09:00:00Z,,,,2026-03-09");
        var (fileCode, fileOutput) = await folder.RunAsync("--resume");

        Assert.Equal(2, zoneCode);
        Assert.Contains("was begun with --time-zone UTC", zoneOutput, StringComparison.Ordinal);
        Assert.Equal(2, fileCode);
        Assert.Contains("replays another file", fileOutput, StringComparison.Ordinal);
    }

    // A process of its own, because only that can be killed as the power or an operator kills it.
    private static async Task RunAndKillAsync(ReplayFolder folder, int mails)
    {
        Directory.CreateDirectory(folder.Mail);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(folder.Mail, "*.eml");
        watcher.Created += (_, _) => Look();
        watcher.Renamed += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        using var process = Process.Start(Command(folder))!;
        var ended = process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var first = await Task.WhenAny(reached.Task, ended);
        process.Kill();
        await ended;
        Assert.Same(reached.Task, first);

        void Look()
        {
            if (Directory.GetFiles(folder.Mail, "*.eml").Length >= mails)
            {
                reached.TrySetResult();
            }
        }
    }

    // The sample lies beside the tests and shares their libraries.
    private static ProcessStartInfo Command(ReplayFolder folder)
    {
        var tests = Path.ChangeExtension(typeof(ResumeTests).Assembly.Location, null);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        string[] host = ["exec", "--runtimeconfig", tests + ".runtimeconfig.json", "--depsfile", tests + ".deps.json", typeof(ReplayCommand).Assembly.Location];
        foreach (var argument in (string[])[.. host, .. folder.Arguments, "--resume"])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    // All but the time that it took.
    private static async Task<Dictionary<string, double>> FiguresAsync(ReplayFolder folder)
    {
        var json = await File.ReadAllTextAsync(folder.Json, TestContext.Current.CancellationToken);
        var figures = JsonSerializer.Deserialize<Dictionary<string, double>>(json)!;
        figures.Remove("wall_seconds");
        return figures;
    }
}
