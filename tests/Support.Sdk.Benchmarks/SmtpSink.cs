using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Support.Sdk.Benchmarks;

/// <summary>A mail server that takes everything and keeps nothing, as fast as it can. It runs in a process of its own.</summary>
internal static class SmtpSink
{
    /// <summary>Serves until the process is ended. Prints its port.</summary>
    /// <param name="offersChunking">Whether it offers CHUNKING, as Postfix does.</param>
    public static async Task<int> RunAsync(bool offersChunking)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(backlog: 128);
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
        while (true)
        {
            _ = ServeAsync(await listener.AcceptSocketAsync(), offersChunking);
        }
    }

    private static async Task ServeAsync(Socket socket, bool offersChunking)
    {
        await Task.Yield();
        using (socket)
        {
            socket.NoDelay = true;
            try
            {
                var conversation = new Conversation(offersChunking);
                var buffer = new byte[64 * 1024];
                var (start, end) = (0, 0);
                while (!conversation.IsOver)
                {
                    start += conversation.Read(buffer.AsSpan(start, end - start));
                    if (conversation.TakeAnswers() is { Length: > 0 } answers)
                    {
                        await socket.SendAsync(answers);
                    }

                    buffer.AsSpan(start, end - start).CopyTo(buffer);
                    (start, end) = (0, end - start);
                    var received = await socket.ReceiveAsync(buffer.AsMemory(end));
                    if (received == 0)
                    {
                        return;
                    }

                    end += received;
                }
            }
            catch (SocketException)
            {
                // The client has left.
            }
        }
    }

    private sealed class Conversation(bool offersChunking)
    {
        private readonly StringBuilder _answers = new("220 sink\r\n");
        private bool _isContent;
        private int _chunk;

        public bool IsOver { get; private set; }

        public byte[] TakeAnswers()
        {
            var answers = Encoding.ASCII.GetBytes(_answers.ToString());
            _answers.Clear();
            return answers;
        }

        /// <summary>Reads what is complete.</summary>
        /// <returns>How many bytes that was.</returns>
        public int Read(ReadOnlySpan<byte> bytes)
        {
            var read = 0;
            while (Step(bytes[read..]) is var step and > 0)
            {
                read += step;
            }

            return read;
        }

        private int Step(ReadOnlySpan<byte> bytes) =>
            bytes.IsEmpty ? 0
            : _chunk > 0 ? Chunk(bytes)
            : _isContent ? Content(bytes)
            : Command(bytes);

        private int Chunk(ReadOnlySpan<byte> bytes)
        {
            var length = Math.Min(_chunk, bytes.Length);
            _chunk -= length;
            if (_chunk == 0)
            {
                Taken();
            }

            return length;
        }

        private int Content(ReadOnlySpan<byte> bytes)
        {
            var end = bytes.IndexOf("\r\n.\r\n"u8);
            if (end < 0)
            {
                return Math.Max(0, bytes.Length - 4);
            }

            _isContent = false;
            Taken();
            return end + 5;
        }

        private int Command(ReadOnlySpan<byte> bytes)
        {
            var end = bytes.IndexOf("\r\n"u8);
            if (end < 0)
            {
                return 0;
            }

            var line = bytes[..end];
            if (line.StartsWith("EHLO"u8))
            {
                _answers.Append("250-sink\r\n250-PIPELINING\r\n250-SIZE 20480000\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n");
                _answers.Append(offersChunking ? "250-CHUNKING\r\n" : "").Append("250 SMTPUTF8\r\n");
            }
            else if (line.StartsWith("DATA"u8))
            {
                _isContent = true;
                _answers.Append("354 End data with <CR><LF>.<CR><LF>\r\n");
            }
            else if (line.StartsWith("BDAT"u8))
            {
                _chunk = int.Parse(Encoding.ASCII.GetString(line).Split(' ')[1], CultureInfo.InvariantCulture);
            }
            else
            {
                IsOver = line.StartsWith("QUIT"u8);
                _answers.Append("250 2.1.0 Ok\r\n");
            }

            return end + 2;
        }

        private void Taken() => _answers.Append("250 2.0.0 Ok: queued as 4XyZ12345\r\n");
    }
}
