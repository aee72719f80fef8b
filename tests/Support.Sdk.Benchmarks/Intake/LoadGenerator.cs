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
/// Posts webhooks over a fixed number of connections, each with one request under way. Runs in a process of its own; what it
/// sends is made before its clock runs.
/// </summary>
internal static class LoadGenerator
{
    public const string Secret = "benchmarks-sign-with-this-secret-0001";
    public const string Signed = "signed";
    public const string Path = "/support/webhooks/shop";

    /// <param name="arguments">The port, the number of connections, the number of the first event, how many at most, for how many seconds at most, and of which kind.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var numbers = arguments.Take(5).Select(argument => int.Parse(argument, CultureInfo.InvariantCulture)).ToList();
        var (port, connections, first, most, seconds) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        var requests = arguments is [.., Signed] ? Requests(first, most) : ShopifyLoad.Requests(arguments[^1]);
        var sockets = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => ConnectAsync(port)));
        var next = -1;
        var end = TimeSpan.FromSeconds(seconds);
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
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent.Sum()} {elapsed:R}"));
        return 0;
    }

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
