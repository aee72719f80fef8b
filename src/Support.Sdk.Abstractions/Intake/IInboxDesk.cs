namespace Support.Sdk.Intake;

/// <summary>What an operator does about events that could not be processed.</summary>
public interface IInboxDesk
{
    /// <summary>Lists parked events of a shop (null for all), oldest first, with the reason of each.</summary>
    Task<IReadOnlyList<InboxEntry>> ParkedAsync(string? shop = null, int max = 100, CancellationToken cancellationToken = default);

    /// <summary>Puts parked events back in line, for example once their shop is set up.</summary>
    /// <returns>How many were parked and are now in line.</returns>
    Task<int> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken = default);
}
