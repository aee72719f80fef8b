using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Support.Sdk.Benchmarks.Outbox;
using Support.Sdk.Benchmarks.Shopify;

namespace Support.Sdk.Benchmarks.Intake;

/// <summary>
/// Posts webhooks over a fixed number of connections, each with one request under way. Runs in a process of its own, which lives as
/// long as the benchmark does: a new one would spend its rounds on compiling itself, at the cost of the server that it measures.
/// </summary>
internal sealed class LoadGenerator : IAsyncDisposable
{
    public const string Secret = "benchmarks-sign-with-this-secret-0001";
    public const string Signed = "signed";
    public const string Path = "/support/webhooks/shop";

    private readonly Process _process;

    private LoadGenerator(Process process) => _process = process;

    public static LoadGenerator Start() =>
        new(
            Process.Start(
                new ProcessStartInfo("dotnet")
                {
                    ArgumentList = { typeof(LoadGenerator).Assembly.Location, "intake-load" },
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            )!
        );

    /// <summary>What runs in the process: a round for every line of its input.</summary>
    public static async Task<int> RunAsync()
    {
        while (await Console.In.ReadLineAsync() is { Length: > 0 } line)
        {
            var words = line.Split(' ');
            var numbers = words.SkipLast(1).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
            var (sent, seconds) = await SendAsync(numbers[0], numbers[1], Requests(words[^1], numbers[2], numbers[3]), numbers[3], numbers[4]);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{sent} {seconds:R}"));
        }

        return 0;
    }

    /// <summary>Posts until the time is over or all were sent.</summary>
    /// <param name="port">Where to.</param>
    /// <param name="connections">Over how many connections.</param>
    /// <param name="first">The number of the first event.</param>
    /// <param name="most">How many events at most.</param>
    /// <param name="seconds">For how many seconds at most.</param>
    /// <param name="load">Of which kind.</param>
    /// <returns>How many were acknowledged, and in how many seconds.</returns>
    public async Task<(int Count, double Seconds)> PostAsync(int port, int connections, int first, int most, int seconds, string load)
    {
        await _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{port} {connections} {first} {most} {seconds} {load}"));
        var answer = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The load generator failed.");
        var words = answer.Split(' ');
        return (int.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // What is sent is made before the clock runs.
    private static async Task<(int Sent, double Seconds)> SendAsync(int port, int connections, List<byte[]> requests, int most, int seconds)
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => ConnectAsync(port)));
        var next = -1;
        var end = TimeSpan.FromSeconds(seconds);
        GC.Collect();
        var watch = Stopwatch.StartNew();
        var senders = sockets.Select(async socket =>
        {
            var buffer = new byte[4096];
            var done = 0;
            while (watch.Elapsed < end && Interlocked.Increment(ref next) is var index && index < most)
            {
                await socket.SendAsync(requests[index % requests.Count]);
                await ReadAsync(socket, buffer);
                done++;
            }

            return done;
        });
        var sent = await Task.WhenAll(senders.ToList());
        var elapsed = watch.Elapsed.TotalSeconds;
        Array.ForEach(sockets, socket => socket.Dispose());
        return (sent.Sum(), elapsed);
    }

    private static List<byte[]> Requests(string load, int first, int count) => load is Signed ? Requests(first, count) : ShopifyLoad.Requests(load);

    private static List<byte[]> Requests(int first, int count)
    {
        var workload = new Workload(hasHtml: false);
        var key = Encoding.UTF8.GetBytes(Secret);
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return [.. Enumerable.Range(first, count).Select(number => Request(number, Encoding.UTF8.GetBytes(workload.Webhook(number)), key, time))];
    }

    private static byte[] Request(int number, byte[] body, byte[] key, long time)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"evt_{number:D12}");
        byte[] signed = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{time}.")), .. body];
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {Path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nwebhook-id: {id}\r\nwebhook-timestamp: {time}\r\nwebhook-signature: v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}\r\n\r\n"
        );
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    // One answer at a time, and short: its length, or the end of its chunks, tells where it ends.
    private static async Task ReadAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (!IsWhole(buffer.AsSpan(0, length)))
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            length += read > 0 ? read : throw new InvalidOperationException("The server closed a connection.");
        }

        if (!buffer.AsSpan().StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException($"The server refused: {Encoding.UTF8.GetString(buffer, 0, length)}");
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var field = answer[..head].IndexOf("Content-Length: "u8);
        if (field < 0)
        {
            return answer.EndsWith("0\r\n\r\n"u8);
        }

        var digits = answer[(field + 16)..head];
        var end = digits.IndexOf((byte)'\r');
        return answer.Length - head - 4 >= int.Parse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture);
    }
}
