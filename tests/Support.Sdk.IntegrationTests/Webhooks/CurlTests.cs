using System.Diagnostics;
using System.Text.RegularExpressions;
using MimeKit;
using Xunit;

namespace Support.Sdk.IntegrationTests.Webhooks;

/// <summary>The lines of the README, run by bash against the sample as its readers start it.</summary>
public sealed partial class CurlTests : IDisposable
{
    private const string Secret = "0f8fad5bd9cb469fa16570867728950e0f8fad5bd9cb469fa16570867728950e";
    private static readonly string Root = FindRoot();
    private readonly string _folder = Directory.CreateTempSubdirectory("quick-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_lines_of_the_README_take_a_late_order_to_a_delivered_mail()
    {
        if (OperatingSystem.IsWindows() || !File.Exists("/bin/bash") || !HasProgram("curl") || !HasProgram("openssl"))
        {
            Requirement.IsMissing("bash, curl and openssl are needed.");
        }

        var address = $"http://127.0.0.1:{Loopback.FreePort()}";
        using var shop = Start(address);
        try
        {
            await AnswersAsync(address, shop);

            var answer = await RunAsync(ReadmeLines(), ("SECRET", Secret), ("URL", address + "/support/webhooks/demo"));

            Assert.Equal("""{"accepted":1,"repeated":0}""", answer);
            var mail = await MailAsync();
            Assert.Equal("ada@example.com", Assert.Single(mail.To.Mailboxes).Address);
            Assert.Contains("W-1001", mail.Subject, StringComparison.Ordinal);
            Assert.Contains("Snow on the roads.", mail.TextBody, StringComparison.Ordinal);
        }
        finally
        {
            shop.Kill(entireProcessTree: true);
            await shop.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private Process Start(string address)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(Root, "samples", "QuickStart", "bin", configuration, "net10.0", "QuickStart.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", address])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["Support__Webhooks__demo__Secrets__0"] = Secret;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task AnswersAsync(string address, Process shop)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        for (var attempt = 0; !shop.HasExited; attempt++)
        {
            try
            {
                await client.GetStringAsync(new Uri("/support/webhooks/schemas/order-snapshot.json", UriKind.Relative), TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException) when (attempt < 300)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }

        Assert.Fail("The sample ended before it answered.");
    }

    private async Task<MimeMessage> MailAsync()
    {
        var mails = new DirectoryInfo(Path.Combine(_folder, "mails"));
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (mails.Exists && mails.EnumerateFiles("*.eml", SearchOption.AllDirectories).FirstOrDefault() is { } file)
            {
                return await MimeMessage.LoadAsync(file.FullName, TestContext.Current.CancellationToken);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("No mail came within a minute.");
    }

    private static async Task<string> RunAsync(string lines, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-euo", "pipefail", "-c", lines])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, $"{await output}{errors}");
        return await output;
    }

    private static string ReadmeLines()
    {
        var section = File.ReadAllText(Path.Combine(Root, "README.md")).Split("## Any store: a signed webhook")[1].Split("\n## ")[0];
        return BashBlock().Matches(section)[1].Groups["lines"].Value;
    }

    private static bool HasProgram(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Support.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Support.Sdk.sln is in no folder above the tests.");
    }

    [GeneratedRegex("```bash\n(?<lines>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BashBlock();
}
