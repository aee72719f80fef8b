namespace Support.Sdk.Email.Smtp;

/// <summary>The connections that are open: no more than the settings say, and none that nobody needs.</summary>
internal sealed class SmtpConnections : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private readonly SmtpSettings _settings;
    private readonly int _mailsPerConnection;
    private readonly TimeSpan _keepIdle;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places;
    private readonly Lock _lock = new();
    private readonly ITimer _cleaner;

    // The one used last goes first, so that those which nobody needs grow old.
    private List<SmtpConnection> _idle = [];
    private bool _isClosed;

    public SmtpConnections(EmailOptions options, TimeProvider time)
    {
        _settings = SmtpSettings.Of(options);
        _mailsPerConnection = options.MailsPerConnection;
        _keepIdle = options.KeepIdle;
        _time = time;
        _places = new SemaphoreSlim(options.Connections);
        var period = _keepIdle > TimeSpan.Zero ? _keepIdle : Timeout.InfiniteTimeSpan;
        _cleaner = time.CreateTimer(_ => CloseUnused(), state: null, period, period);
    }

    /// <summary>Waits for a place, with the connection that is kept there, if there is one.</summary>
    public async Task<Place> TakeAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        return new Place(this, Pop());
    }

    public async ValueTask DisposeAsync()
    {
        await _cleaner.DisposeAsync();
        await Task.WhenAll(Close().Select(CloseAsync));
    }

    public void Dispose()
    {
        _cleaner.Dispose();
        foreach (var connection in Close())
        {
            connection.Dispose();
        }
    }

    private static async Task CloseAsync(SmtpConnection connection)
    {
        using (connection)
        using (var patience = new CancellationTokenSource(Farewell, TimeProvider.System))
        {
            await connection.QuitAsync(patience.Token);
        }
    }

    private List<SmtpConnection> Close()
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                _places.Dispose();
            }

            var open = _idle;
            _idle = [];
            return open;
        }
    }

    private SmtpConnection? Pop()
    {
        while (true)
        {
            SmtpConnection last;
            lock (_lock)
            {
                if (_idle.Count == 0)
                {
                    return null;
                }

                last = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
            }

            if (last.IsUsable && !IsOld(last))
            {
                return last;
            }

            last.Dispose();
        }
    }

    private bool TryKeep(SmtpConnection connection)
    {
        connection.UsedAt = _time.GetUtcNow();
        lock (_lock)
        {
            if (_isClosed || _keepIdle <= TimeSpan.Zero || connection.Mails >= _mailsPerConnection || !connection.IsUsable)
            {
                return false;
            }

            _idle.Add(connection);
            return true;
        }
    }

    private void CloseUnused()
    {
        List<SmtpConnection> old;
        lock (_lock)
        {
            old = _idle.FindAll(IsOld);
            _idle.RemoveAll(old.Contains);
        }

        // Nobody waits for a farewell.
        _ = Task.WhenAll(old.Select(CloseAsync));
    }

    private bool IsOld(SmtpConnection connection) => _time.GetUtcNow() - connection.UsedAt >= _keepIdle;

    private async ValueTask ReturnAsync(SmtpConnection? connection)
    {
        if (connection is not null && !TryKeep(connection))
        {
            await CloseAsync(connection);
        }

        lock (_lock)
        {
            if (!_isClosed)
            {
                _places.Release();
            }
        }
    }

    /// <summary>The right to one connection. At its end the connection is kept where it can be used again.</summary>
    internal sealed class Place(SmtpConnections owner, SmtpConnection? kept) : IAsyncDisposable
    {
        private SmtpConnection? _connection = kept;

        /// <summary>Whether the connection was there before.</summary>
        public bool IsKept { get; private set; } = kept is not null;

        public bool IsConnected => _connection is not null;

        public async ValueTask<SmtpConnection> ConnectAsync(bool needsUtf8, CancellationToken cancellationToken)
        {
            if (needsUtf8 && _connection is { TakesUtf8: true, SpeaksUtf8: false } deaf)
            {
                await CloseAsync(deaf);
                Clear();
            }

            return _connection ??= await SmtpConnection.OpenAsync(owner._settings, cancellationToken);
        }

        /// <summary>Gives the connection up, so that the next one is new.</summary>
        public void Clear()
        {
            _connection?.Dispose();
            _connection = null;
            IsKept = false;
        }

        public ValueTask DisposeAsync() => owner.ReturnAsync(_connection);
    }
}
