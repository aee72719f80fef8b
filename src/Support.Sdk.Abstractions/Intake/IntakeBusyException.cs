namespace Support.Sdk.Intake;

/// <summary>Events come in faster than they can be stored, and there is no room to keep more of them waiting. Nothing of the call was accepted.</summary>
public sealed class IntakeBusyException : Exception
{
    /// <summary>Creates the exception with a message of its own.</summary>
    public IntakeBusyException()
        : this("Events come in faster than they can be stored. Hand them over again later.") { }

    /// <summary>Creates the exception.</summary>
    public IntakeBusyException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    public IntakeBusyException(string message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>After how long to hand the events over again. Default: 5 seconds.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);
}
