using System.Diagnostics;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>
/// Builds a peer's program when it is asked for. Its packages are no part of the solution, so that one that cannot be restored is
/// only missing from a table.
/// </summary>
internal static class PeerBuild
{
    /// <returns>The program, or why there is none.</returns>
    public static async Task<(string? Program, string? Fault)> RunAsync(string peer)
    {
        var folder = Path.Combine(Root(), "tests", "Support.Sdk.Benchmarks.Peers", peer);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])["build", "-c", "Release", "-v", "quiet", "-clp:NoSummary", folder])
        {
            start.ArgumentList.Add(argument);
        }

        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return build.ExitCode == 0 ? (Path.Combine(folder, "bin", "Release", "net10.0", $"Support.Sdk.Benchmarks.{peer}.dll"), null) : (null, Reason(output));
    }

    // The first error without the path before it and the project after it.
    private static string Reason(string output)
    {
        var line = output.Split('\n').FirstOrDefault(line => line.Contains("error ", StringComparison.Ordinal)) ?? "it could not be built.";
        line = line[Math.Max(0, line.IndexOf("error ", StringComparison.Ordinal))..];
        var project = line.LastIndexOf(" [", StringComparison.Ordinal);
        return (project < 0 ? line : line[..project]).Trim();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Support.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Support.Sdk.sln is in no folder above the benchmarks.");
    }
}
