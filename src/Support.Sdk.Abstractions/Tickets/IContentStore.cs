namespace Support.Sdk.Tickets;

/// <summary>Keeps files that came with messages, in the database or in a folder.</summary>
/// <remarks>
/// What is saved and not named by a ticket within two days is removed: its message never came. Names and media types are kept as
/// data and never become part of a path.
/// </remarks>
public interface IContentStore
{
    /// <summary>Saves one file.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="name">The name that its sender gave it; a path before it, and control characters, are dropped.</param>
    /// <param name="contentType">The media type that its sender claims.</param>
    /// <param name="content">The bytes; read to their end, at most <see cref="ContentOptions.MaxBytes"/>.</param>
    /// <param name="cancellationToken">Stops the work; nothing is kept.</param>
    /// <exception cref="ContentTooLargeException">There are more bytes; nothing is kept.</exception>
    Task<ContentReference> SaveAsync(string shop, string name, string contentType, Stream content, CancellationToken cancellationToken = default);

    /// <summary>Opens a file, or gives null when there is no such one (any more).</summary>
    Task<Stream?> OpenAsync(string shop, string id, CancellationToken cancellationToken = default);

    /// <summary>Removes files; those that are not there are passed over.</summary>
    Task RemoveAsync(string shop, IReadOnlyList<string> ids, CancellationToken cancellationToken = default);

    /// <summary>Removes files that were saved until a moment and are named by no ticket.</summary>
    /// <returns>How many were removed; at most 1,000 at once.</returns>
    Task<int> RemoveUnusedAsync(DateTimeOffset savedUntil, CancellationToken cancellationToken = default);
}

/// <summary>Where files are kept, bound from <c>Support:Content</c>.</summary>
public sealed class ContentOptions
{
    /// <summary>The folder that files are kept in, or null to keep them in the database. Every process needs the same one. Default: null.</summary>
    public string? Folder { get; set; }

    /// <summary>How many bytes one file may have; 1 to 100 MB. Default: 10 MB.</summary>
    public long MaxBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>How many files one message may have; 0 to 20. Default: 5.</summary>
    public int MaxFiles { get; set; } = 5;
}

/// <summary>A file has more bytes than are kept.</summary>
public sealed class ContentTooLargeException : Exception
{
    /// <summary>Creates the exception with a message of its own.</summary>
    public ContentTooLargeException()
        : this("The file is larger than Support:Content:MaxBytes allows.") { }

    /// <summary>Creates the exception.</summary>
    public ContentTooLargeException(string message)
        : base(message) { }

    /// <summary>Creates the exception.</summary>
    public ContentTooLargeException(string message, Exception? innerException)
        : base(message, innerException) { }
}
