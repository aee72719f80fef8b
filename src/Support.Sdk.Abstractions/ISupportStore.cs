namespace Support.Sdk;

/// <summary>What the database does as a whole: its start, its alarm clock and the secrets of the installation.</summary>
/// <remarks>Implemented by a storage package together with the inbox, order, outbox and shop stores.</remarks>
public interface ISupportStore
{
    /// <summary>Brings the schema up to date and takes over what a process that died left open. Idempotent.</summary>
    /// <exception cref="InvalidOperationException">Another process owns the database, or its schema is newer than this code.</exception>
    Task StartAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns the secret of that name, or keeps and returns the proposed one when there was none.</summary>
    Task<byte[]> GetOrAddSecretAsync(string name, byte[] proposed, CancellationToken cancellationToken = default);

    /// <summary>Tells the earliest moment at which anything stored is due, or null when nothing is.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default);

    /// <summary>Completes when another process has added work; a store that cannot hear of it completes by cancellation only.</summary>
    /// <remarks>Called by one caller at a time, again and again. Nothing may depend on it but a shorter wait.</remarks>
    Task WaitForNewsAsync(CancellationToken cancellationToken = default);
}
