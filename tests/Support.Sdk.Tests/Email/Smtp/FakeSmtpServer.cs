using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace Support.Sdk.Tests.Email.Smtp;

/// <summary>A mail server on a loopback port that does as it is told, and remembers what it heard.</summary>
internal sealed class FakeSmtpServer : IAsyncDisposable
{
    /// <summary>Instead of an answer: ends the connection.</summary>
    public const string Drop = "\u0001drop";

    /// <summary>Instead of an answer: says nothing any more.</summary>
    public const string Stall = "\u0001stall";

    /// <summary>The name of the moment before the greeting.</summary>
    public const string Greeting = "GREETING";

    /// <summary>The name of the moment after a mail's last byte.</summary>
    public const string End = "END";

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly ConcurrentQueue<byte[]> _mails = new();
    private readonly Task _accepting;
    private int _connections;
    private int _farewells;

    public FakeSmtpServer(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IList<string> Extensions { get; } = ["PIPELINING", "SIZE 20000000", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"];

    /// <summary>What it says to a command, or null for what a server that works says.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>What it encrypts with; without one it stalls when it should.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Encrypts from the first byte.</summary>
    public bool IsTls { get; init; }

    public int Connections => _connections;

    /// <summary>How many connections ended with QUIT.</summary>
    public int Farewells => _farewells;

    public IReadOnlyList<string> Heard => [.. _heard];

    public IReadOnlyList<byte[]> Mails => [.. _mails];

    public IReadOnlyList<string> MailIds => [.. Mails.Select(mail => MimeMessage.Load(new MemoryStream(mail)).MessageId!.Split('@')[0])];

    public int Count(string command) => Heard.Count(line => line.StartsWith(command, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                conversations.Add(ConverseAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        Interlocked.Increment(ref _connections);
        using (client)
        {
            client.NoDelay = true;
            try
            {
                Stream stream = client.GetStream();
                if (IsTls)
                {
                    stream = await EncryptAsync(stream);
                }

                await ConverseAsync(stream);
            }
            catch (Exception exception)
                when (exception
                        is IOException
                            or OperationCanceledException
                            or SocketException
                            or System.Security.Authentication.AuthenticationException
                            or EndOfStreamException
                )
            {
                // The client has left, or the test has ended.
            }
        }
    }

    private async Task<Stream> EncryptAsync(Stream stream)
    {
        if (Certificate is null)
        {
            await SayAsync(stream, Stall);
        }

        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
        return tls;
    }

    private async Task ConverseAsync(Stream stream)
    {
        var reader = new LineReader(stream, _stop.Token);
        await SayAsync(stream, Answer(Greeting) ?? "220 fake ESMTP");
        while (true)
        {
            var line = await reader.LineAsync();
            _heard.Enqueue(line);
            if (line.StartsWith("BDAT ", StringComparison.Ordinal))
            {
                var mail = await reader.BytesAsync(int.Parse(line.Split(' ')[1], provider: null));
                await EndAsync(stream, mail);
                continue;
            }

            // Counted first: whoever hears the answer may look at once.
            if (string.Equals(line, "QUIT", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _farewells);
            }

            var answer = Answer(line) ?? Usual(line);
            await SayAsync(stream, answer);
            switch (line)
            {
                case "DATA" when answer.StartsWith("354", StringComparison.Ordinal):
                    await EndAsync(stream, await reader.DataAsync());
                    break;
                case "STARTTLS" when answer.StartsWith("220", StringComparison.Ordinal):
                    stream = await EncryptAsync(stream);
                    reader = new LineReader(stream, _stop.Token);
                    break;
                case "QUIT":
                    return;
            }
        }
    }

    private async Task EndAsync(Stream stream, byte[] mail)
    {
        var answer = Answer(End) ?? "250 2.0.0 Ok: queued as 4XyZ12345";
        if (answer.StartsWith('2'))
        {
            _mails.Enqueue(mail);
        }

        await SayAsync(stream, answer);
    }

    private string Usual(string line) =>
        line.Split(' ')[0] switch
        {
            "EHLO" => string.Join("\r\n", Extensions.Prepend("fake").SkipLast(1).Select(extension => $"250-{extension}")) + $"\r\n250 {Extensions[^1]}",
            "DATA" => "354 go on",
            "STARTTLS" => "220 go on",
            "QUIT" => "221 bye",
            "AUTH" => "235 2.7.0 welcome",
            _ => "250 2.1.0 Ok",
        };

    private async Task SayAsync(Stream stream, string answer)
    {
        switch (answer)
        {
            case Drop:
                throw new IOException("Dropped.");
            case Stall:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                break;
            default:
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"{answer}\r\n"), _stop.Token);
                break;
        }
    }

    private sealed class LineReader(Stream stream, CancellationToken cancellationToken)
    {
        private readonly byte[] _buffer = new byte[64 * 1024];
        private int _start;
        private int _end;

        public async Task<string> LineAsync()
        {
            var line = new List<byte>();
            while (line.Count < 2 || line[^1] != '\n')
            {
                line.Add(await ByteAsync());
            }

            return Encoding.UTF8.GetString([.. line]).TrimEnd('\r', '\n');
        }

        public async Task<byte[]> BytesAsync(int count)
        {
            var bytes = new byte[count];
            for (var index = 0; index < count; index++)
            {
                bytes[index] = await ByteAsync();
            }

            return bytes;
        }

        public async Task<byte[]> DataAsync()
        {
            var mail = new List<byte>();
            while (true)
            {
                var line = await LineAsync();
                if (string.Equals(line, ".", StringComparison.Ordinal))
                {
                    return [.. mail];
                }

                mail.AddRange(Encoding.UTF8.GetBytes((line.StartsWith('.') ? line[1..] : line) + "\r\n"));
            }
        }

        private async ValueTask<byte> ByteAsync()
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await stream.ReadAsync(_buffer, cancellationToken);
                if (_end == 0)
                {
                    throw new EndOfStreamException();
                }
            }

            return _buffer[_start++];
        }
    }
}
