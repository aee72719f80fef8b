namespace Support.Sdk.Email.Smtp;

/// <summary>
/// The time that one attempt has. Until the mail is handed over the caller may cancel it; afterwards only the server's answer counts,
/// and the time begins anew.
/// </summary>
internal sealed class SmtpAttempt : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _caller;
    private volatile bool _isHandedOver;

    public SmtpAttempt(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _timeout = timeout;
        _end = new CancellationTokenSource(timeout, time);
        _caller = cancellationToken.UnsafeRegister(static end => ((CancellationTokenSource?)end)?.Cancel(), _end);
    }

    public CancellationToken Token => _end.Token;

    /// <summary>Whether the server may have the mail.</summary>
    public bool IsHandedOver => _isHandedOver;

    /// <exception cref="OperationCanceledException">The attempt was cancelled just before.</exception>
    public void HandOver()
    {
        _caller.Unregister();
        _end.Token.ThrowIfCancellationRequested();
        _isHandedOver = true;
        _end.CancelAfter(_timeout);
    }

    public void Dispose()
    {
        _caller.Dispose();
        _end.Dispose();
    }
}
