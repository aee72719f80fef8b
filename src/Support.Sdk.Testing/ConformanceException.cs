namespace Support.Sdk.Testing;

/// <summary>Says which rule a channel or store breaks, and how.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public ConformanceException() { }

    /// <summary>Makes one.</summary>
    public ConformanceException(string message)
        : base(message) { }

    /// <summary>Makes one with the failure that led to it.</summary>
    public ConformanceException(string message, Exception innerException)
        : base(message, innerException) { }
}
