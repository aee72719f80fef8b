namespace Support.Sdk.Testing;

/// <summary>Says which rule of a contract is broken, and what to do about it.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>A rule is broken.</summary>
    public ConformanceException()
        : base("A rule of the contract is broken.") { }

    /// <summary>A rule is broken, in words.</summary>
    public ConformanceException(string message)
        : base(message) { }

    /// <summary>A rule is broken, in words, because of another exception.</summary>
    public ConformanceException(string message, Exception innerException)
        : base(message, innerException) { }
}
