using System.Net.Sockets;

namespace Support.Sdk.Email.Smtp;

/// <summary>A connection that ends when a server talks without end; MailKit would keep all of it in memory.</summary>
internal sealed class ReplyLimitStream(Socket socket) : Stream
{
    // A TLS handshake with its certificates takes some kilobytes, the longest sensible answer less.
    private const int MaxBytes = 128 * 1024;
    private readonly NetworkStream _network = new(socket, ownsSocket: true);
    private int _left = MaxBytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Grants the server its share for the next mail.</summary>
    public void Renew() => _left = MaxBytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await _network.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Counted(_network.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Counted(_network.Read(buffer));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _network.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _network.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => _network.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _network.Write(buffer);

    public override void Flush() => _network.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _network.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _network.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Counted(int read)
    {
        _left -= read;
        return _left >= 0 ? read : throw new IOException("The mail server's answers have no end.");
    }
}
