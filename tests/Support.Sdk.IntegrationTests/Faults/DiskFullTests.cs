using System.Diagnostics;
using Support.Sdk.IntegrationTests.Postgres;
using Xunit;

namespace Support.Sdk.IntegrationTests.Faults;

/// <summary>The disk under the database is full, and has room again.</summary>
[Collection(FaultsAlone.Name)]
[Trait("Category", "Slow")]
public sealed class DiskFullTests
{
    [Fact]
    public async Task On_SQLite()
    {
        Requirement.IsSlow();
        await using var disk = await SmallDisk.MountAsync(megabytes: 8);
        await RunAsync(disk, Path.Combine(disk.Path, "support.db"), "sqlite", repairAsync: () => Task.CompletedTask);
    }

    [Fact]
    public async Task On_PostgreSQL()
    {
        Requirement.IsSlow();
        if (PostgresServer.OwnMissing is { } missing)
        {
            Requirement.IsMissing(missing);
        }

        await using var disk = await SmallDisk.MountAsync(megabytes: 160);
        await using var server = await PostgresServer.StartOwnAsync(disk.Path);
        await RunAsync(
            disk,
            await server.CreateDatabaseAsync(),
            "postgres",
            repairAsync: async () =>
            {
                // Without room for its log it has stopped, as it should.
                await server.StopAsync(immediate: true);
                await server.StartAsync();
            }
        );
    }

    private static async Task RunAsync(SmallDisk disk, string database, string store, Func<Task> repairAsync)
    {
        await using var sink = await Sink.StartAsync();
        await using var worker = await WorkerProcess.StartAsync(("Store", store), ("Database", database), ("Sink", sink.Address), ("Lease", "00:00:05"));
        await using var poster = new Poster(() => worker.Webhook);
        poster.Start();
        await Until.TrueAsync(() => poster.Acknowledged.Count > 20, () => worker.Said);

        disk.Fill();
        await Until.TrueAsync(() => poster.Refusals.Count > 5, () => "Nothing was refused. " + worker.Said);
        Assert.All(poster.Refusals, status => Assert.InRange(status, 500, 599));
        disk.Empty();
        await repairAsync();

        var acknowledged = poster.Acknowledged.Count;
        await Until.TrueAsync(() => poster.Acknowledged.Count > acknowledged + 20, () => "It does not go on. " + worker.Said);
        await poster.StopAsync();
        await Until.TrueAsync(
            () => poster.Acknowledged.All(sink.Orders().ContainsKey),
            () => $"{poster.Acknowledged.Count} acknowledged, {sink.Orders().Count} told. {worker.Said}"
        );
        Assert.All(sink.Orders(), order => Assert.Single(order.Value));
    }

    /// <summary>A file system of a few megabytes in memory.</summary>
    private sealed class SmallDisk : IAsyncDisposable
    {
        private SmallDisk(string path) => Path = path;

        public string Path { get; }

        private string Ballast => System.IO.Path.Combine(Path, "ballast");

        public static async Task<SmallDisk> MountAsync(int megabytes)
        {
            var folder = Directory.CreateTempSubdirectory("support-disk-").FullName;
            if (!Environment.IsPrivilegedProcess || await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=777", "tmpfs", folder) != 0)
            {
                Directory.Delete(folder);
                Requirement.IsMissing("A file system of its own (mount -t tmpfs) needs root.");
            }

            return new SmallDisk(folder);
        }

        public void Fill()
        {
            using var file = new FileStream(Ballast, FileMode.Create);
            var block = new byte[64 * 1024];
            try
            {
                while (true)
                {
                    file.Write(block);
                    file.Flush();
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void Empty() => File.Delete(Ballast);

        public async ValueTask DisposeAsync()
        {
            await RunAsync("umount", "--lazy", Path);
            Directory.Delete(Path);
        }

        private static async Task<int> RunAsync(string program, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(program, arguments);
                await process.WaitForExitAsync();
                return process.ExitCode;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return -1;
            }
        }
    }
}
