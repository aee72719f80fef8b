using System.Net.Sockets;

namespace Support.Sdk.Email.Smtp;

/// <summary>
/// A connection that ends when a server talks without end, because MailKit would keep all of it in memory, and that sends in one
/// packet what MailKit writes in pieces of 4 KB.
/// </summary>
internal sealed class WireStream(Socket socket) : Stream
{
    // A TLS handshake with its certificates takes some kilobytes, the longest sensible answer less.
    private const int MaxBytes = 128 * 1024;
    private readonly NetworkStream _network = new(socket, ownsSocket: true);
    private readonly byte[] _unsent = new byte[32 * 1024];
    private int _unsentLength;
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

    // Whoever waits for an answer has asked: what is unsent goes first.
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await FlushAsync(cancellationToken);
        return Counted(await _network.ReadAsync(buffer, cancellationToken));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        Flush();
        return Counted(_network.Read(buffer));
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        TryKeep(buffer.Span) ? ValueTask.CompletedTask : SendAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!TryKeep(buffer))
        {
            Flush();
            _network.Write(buffer);
        }
    }

    public override void Flush()
    {
        if (_unsentLength > 0)
        {
            _network.Write(_unsent.AsSpan(0, TakeUnsent()));
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        _unsentLength > 0 ? _network.WriteAsync(_unsent.AsMemory(0, TakeUnsent()), cancellationToken).AsTask() : Task.CompletedTask;

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

    private async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        await _network.WriteAsync(buffer, cancellationToken);
    }

    private bool TryKeep(ReadOnlySpan<byte> buffer)
    {
        if (!buffer.TryCopyTo(_unsent.AsSpan(_unsentLength)))
        {
            return false;
        }

        _unsentLength += buffer.Length;
        return true;
    }

    private int TakeUnsent()
    {
        var length = _unsentLength;
        _unsentLength = 0;
        return length;
    }

    private int Counted(int read)
    {
        _left -= read;
        return _left >= 0 ? read : throw new IOException("The mail server's answers have no end.");
    }
}
