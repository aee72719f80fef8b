using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Spectre.Console;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;
using Support.Sdk.Orders;

namespace Support.Sdk.Benchmarks;

/// <summary>
/// The channel, from the message to the server's answer, against MailKit's default connection and against a bare socket that has the
/// mail's bytes ready. All of them reach the same sink in a process of its own; the rounds take turns.
/// </summary>
internal static class SmtpBenchmark
{
    private const int Rounds = 5;
    private const double TimesDefault = 100;
    private const double OfRaw = 0.35;
    private const double AimOfRaw = 0.60;
    private static readonly int Connections = new EmailOptions().Connections;

    public static async Task<int> RunAsync()
    {
        using var plain = await Sink.StartAsync("data");
        using var chunking = await Sink.StartAsync("chunking");
        var mail = await WrittenAsync();
        using var key = RSA.Create(2048);
        var runs = new List<Run>
        {
            new("MailKit, default connection", 1, 20, await MailKitAsync(plain.Port, mail)),
            new("raw socket: MAIL, RCPT and DATA in one write, then the mail", Connections, 20_000, await RawAsync(plain.Port, mail)),
            new("AddEmail() (DATA)", Connections, 8_000, Ours(plain.Port)),
            new("AddEmail() (BDAT, where the server offers CHUNKING)", Connections, 8_000, Ours(chunking.Port)),
            new("AddEmail() (BDAT), signed with RSA 2048", Connections, 4_000, Ours(chunking.Port, key)),
            new("raw socket: everything in one write (BDAT)", Connections, 20_000, await RawChunkAsync(chunking.Port, mail)),
        };
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var run in runs)
            {
                await run.RoundAsync(isWarmUp: round == 0);
            }
        }

        return Report(runs, mail.Length);
    }

    private static int Report(List<Run> runs, int bytes)
    {
        var (byDefault, raw, ours) = (runs[0], runs[1], runs[2]);
        var table = new Table().AddColumns("what", "connections", "mails/s, median", "times MailKit's default", "of the raw socket");
        foreach (var run in runs)
        {
            table.AddRow(Markup.Escape(run.Name), $"{run.Workers}", Text(run.Median, "N0"), Text(run.Ratio(byDefault), "N0"), Text(run.Ratio(raw), "P0"));
        }

        AnsiConsole.Write(table);
        var (times, part) = (ours.Ratio(byDefault), ours.Ratio(raw));
        var passed = times >= TimesDefault && part >= OfRaw;
        AnsiConsole.MarkupLine($"[grey]{bytes:N0} bytes a mail; medians of the ratios of {Rounds} rounds; like for like is DATA against DATA.[/]");
        AnsiConsole.MarkupLine(
            $"[grey]Limits: {TimesDefault} times the default, {Text(OfRaw, "P0")} of the raw socket: {(passed ? "PASS" : "MISSED")}. Aim {Text(AimOfRaw, "P0")}: {(part >= AimOfRaw ? "PASS" : "MISSED")}.[/]"
        );
        return passed ? 0 : 1;
    }

    private static OutboundMessage Message() =>
        new()
        {
            Id = "0123456789abcdef0123456789abcdef01234567",
            Shop = "main",
            Order = new OrderKey("main", "1001"),
            Occasion = NoticeKinds.OrderDelayed,
            To = new ContactPoint("email", "ada@example.com"),
            ToName = "Ada Lovelace",
            From = "hello@shop.example",
            FromName = "Tiny Teapots",
            Culture = "en",
            Subject = "Your order 1001 will be late",
            Text = string.Concat(Enumerable.Repeat("Your order 1001 will arrive later than we promised, on Friday.\n", 12)),
            Html = string.Concat(Enumerable.Repeat("<p style=\"color:#1f4e79;font-size:16px\">Your order 1001 will arrive later than we promised.</p>\n", 30)),
            DecidedAt = new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero),
        };

    /// <summary>The mail as the pickup folder writes it, which is what the channel sends.</summary>
    private static async Task<byte[]> WrittenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("support-smtp-").FullName;
        try
        {
            var services = new ServiceCollection();
            services.AddSupport().AddPickupFolder(options => options.Path = folder);
            await using var provider = services.BuildServiceProvider();
            await provider.GetRequiredService<IChannel>().SendAsync(Message());
            return await File.ReadAllBytesAsync(Directory.EnumerateFiles(folder).Single());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<Func<Task>> Ours(int port, RSA? key = null)
    {
        var services = new ServiceCollection();
        services
            .AddSupport()
            .AddEmail(options =>
            {
                options.Host = "127.0.0.1";
                options.Port = port;
                options.Security = EmailSecurity.None;
                if (key is not null)
                {
                    options.Dkim.Add(
                        new DkimOptions
                        {
                            Domain = "shop.example",
                            Selector = "s",
                            PrivateKey = key.ExportPkcs8PrivateKeyPem(),
                        }
                    );
                }
            });
        var channel = services.BuildServiceProvider().GetRequiredService<IChannel>();
        return [.. Enumerable.Range(0, Connections).Select(_ => (Func<Task>)SendAsync)];

        async Task SendAsync()
        {
            var result = await channel.SendAsync(Message());
            if (result.Outcome != DeliveryOutcome.Accepted)
            {
                throw new InvalidOperationException(result.Reason);
            }
        }
    }

    private static async Task<List<Func<Task>>> MailKitAsync(int port, byte[] mail)
    {
        var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None);
        var message = await MimeMessage.LoadAsync(new MemoryStream(mail));
        return [() => client.SendAsync(message)];
    }

    private static Task<List<Func<Task>>> RawAsync(int port, byte[] mail)
    {
        var envelope = Encoding.ASCII.GetBytes("MAIL FROM:<hello@shop.example>\r\nRCPT TO:<ada@example.com>\r\nDATA\r\n");
        byte[] content = [.. mail, .. ".\r\n"u8];
        return SocketsAsync(
            port,
            async socket =>
            {
                await socket.SendAsync(envelope, answers: 3);
                await socket.SendAsync(content, answers: 1);
            }
        );
    }

    private static Task<List<Func<Task>>> RawChunkAsync(int port, byte[] mail)
    {
        byte[] all = [.. Encoding.ASCII.GetBytes($"MAIL FROM:<hello@shop.example>\r\nRCPT TO:<ada@example.com>\r\nBDAT {mail.Length} LAST\r\n"), .. mail];
        return SocketsAsync(port, socket => socket.SendAsync(all, answers: 3));
    }

    private static async Task<List<Func<Task>>> SocketsAsync(int port, Func<RawSocket, Task> send)
    {
        var workers = new List<Func<Task>>();
        for (var index = 0; index < Connections; index++)
        {
            var socket = await RawSocket.OpenAsync(port);
            workers.Add(() => send(socket));
        }

        return workers;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed class Run(string name, int workers, int mails, List<Func<Task>> send)
    {
        private readonly List<double> _rates = [];

        public string Name => name;

        public int Workers => workers;

        public double Median => _rates.Order().ElementAt(_rates.Count / 2);

        public double Ratio(Run other) => _rates.Zip(other._rates, (own, others) => own / others).Order().ElementAt(_rates.Count / 2);

        public async Task RoundAsync(bool isWarmUp)
        {
            var left = mails;
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(send.Select(one => Task.Run(() => WorkAsync(one))));
            if (!isWarmUp)
            {
                _rates.Add(mails / watch.Elapsed.TotalSeconds);
            }

            async Task WorkAsync(Func<Task> one)
            {
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    await one();
                }
            }
        }
    }

    private sealed class RawSocket(Socket socket)
    {
        private readonly byte[] _buffer = new byte[4096];

        public static async Task<RawSocket> OpenAsync(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            var raw = new RawSocket(socket);
            await raw.AnswersAsync("220 ", 1);
            await socket.SendAsync("EHLO bench\r\n"u8.ToArray());
            await raw.AnswersAsync("250 ", 1);
            return raw;
        }

        public async Task SendAsync(byte[] bytes, int answers)
        {
            await socket.SendAsync(bytes);
            var lines = 0;
            while (lines < answers)
            {
                lines += _buffer.AsSpan(0, await ReceiveAsync()).Count((byte)'\n');
            }
        }

        private async Task AnswersAsync(string last, int count)
        {
            for (var found = 0; found < count; )
            {
                found += Encoding.ASCII.GetString(_buffer, 0, await ReceiveAsync()).Split('\n').Count(line => line.StartsWith(last, StringComparison.Ordinal));
            }
        }

        private async Task<int> ReceiveAsync() =>
            await socket.ReceiveAsync(_buffer) is var received and > 0 ? received : throw new InvalidOperationException("The sink has left.");
    }

    private sealed class Sink(Process process, int port) : IDisposable
    {
        public int Port => port;

        public static async Task<Sink> StartAsync(string kind)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
            start.ArgumentList.Add(typeof(SmtpSink).Assembly.Location);
            start.ArgumentList.Add("smtp-sink");
            start.ArgumentList.Add(kind);
            var process = Process.Start(start) ?? throw new InvalidOperationException("The sink did not start.");
            return new Sink(process, int.Parse(await process.StandardOutput.ReadLineAsync() ?? "", CultureInfo.InvariantCulture));
        }

        public void Dispose()
        {
            process.Kill();
            process.Dispose();
        }
    }
}
