namespace Support.Sdk.Shopify;

/// <summary>The Admin API of a shop could not do what was asked.</summary>
public sealed class ShopifyException : Exception
{
    /// <summary>Creates an error without words.</summary>
    public ShopifyException() { }

    /// <summary>Creates an error.</summary>
    /// <param name="message">What happened and what to do, without personal data.</param>
    public ShopifyException(string message)
        : base(message) { }

    /// <summary>Whether the app lacks a permission for all that was asked.</summary>
    internal bool IsDenied { get; init; }

    /// <summary>Whether the shop no longer lets the app in, and is left alone for a while.</summary>
    internal bool IsPaused { get; init; }

    /// <summary>Creates an error with its cause.</summary>
    /// <param name="message">What happened and what to do, without personal data.</param>
    /// <param name="innerException">The cause.</param>
    public ShopifyException(string message, Exception innerException)
        : base(message, innerException) { }
}
