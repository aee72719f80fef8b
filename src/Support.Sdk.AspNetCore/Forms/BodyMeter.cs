namespace Support.Sdk.AspNetCore.Forms;

/// <summary>Reads a body up to a limit, and no further.</summary>
internal sealed class BodyMeter(Stream body, long max) : Stream
{
    private long _read;

    /// <summary>Somebody read as far as there is anything, and on.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>There was more than the limit.</summary>
    public bool IsOver { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        _read += read;
        IsAtEnd |= read == 0 && buffer.Length > 0;
        IsOver |= _read > max;
        return IsOver ? throw new InvalidDataException("The body is larger than is read.") : read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it with ReadAsync().");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
