using System.Diagnostics;
using System.Text;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>The programs of <c>tests/peers</c>, which are written in Node.</summary>
internal static class Peers
{
    private static readonly string Folder = Path.Combine(Root, "tests", "peers");

    /// <summary>The root of the repository.</summary>
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Support.Sdk.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("Support.Sdk.sln is in no folder above the tests.");
            }

            return folder.FullName;
        }
    }

    /// <summary>Why they do not run here, or null when they do.</summary>
    public static string? Missing =>
        !HasNode() ? "Node 20 is not installed: apt-get install nodejs npm, then npm ci --prefix tests/peers."
        : !Directory.Exists(Path.Combine(Folder, "node_modules", "graphql")) ? "The peers are not installed: npm ci --prefix tests/peers."
        : null;

    /// <summary>Skips the running test where they do not run.</summary>
    public static void Require()
    {
        if (Missing is { } what)
        {
            Requirement.IsMissing(what);
        }
    }

    /// <summary>Starts one.</summary>
    /// <param name="program">Its path within <c>tests/peers</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Process Start(string program, params IEnumerable<string> arguments) =>
        Process.Start(
            new ProcessStartInfo("node", [Path.Combine(Folder, program), .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                StandardOutputEncoding = Encoding.UTF8,
                UseShellExecute = false,
            }
        ) ?? throw new InvalidOperationException($"{program} did not start.");

    private static bool HasNode() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));
}
